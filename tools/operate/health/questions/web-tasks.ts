import type { Environment } from '../../../deployed/environment';
import { type Answer, wrongAnswer } from '../answer';
import type { Question } from '../question';
import { WEB_TASKS } from './containers/kind';
import { containerQuestions } from './containers/questions';
import { checkOfficeHours } from './office-hours';
import { configuredTaskCount, scaleCommand } from './web-task-count';

/** From the number of web tasks to what they need. */
export const WEB_TASK_QUESTIONS: readonly Question[] = [
  {
    id: 'wanted',
    statement: 'Web tasks are wanted within their hours',
    depth: 'cause',
    ask: checkDesiredCount,
  },
  ...containerQuestions(WEB_TASKS),
];

async function checkDesiredCount(environment: Environment): Promise<Answer | undefined> {
  const { desiredCount = 0, serviceName = '' } = await environment.describeService();
  if (!environment.hasImage || desiredCount > 0) return undefined;
  const officeHours = await checkOfficeHours(environment);
  if (officeHours?.result === 'asleep') return officeHours;
  return wrongAnswer(`${serviceName} wants 0 web tasks.`, startCommand(environment));
}

function startCommand(environment: Environment): string {
  if (environment.config.officeHours) return environment.prooflinkCommand('start');
  const { minimum } = configuredTaskCount(environment.config);
  return scaleCommand(environment, minimum);
}
