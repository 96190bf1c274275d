import type { Environment } from '@infra/operate/deployed/environment';
import { webImageTag } from '@infra/operate/deployed/deployed-stack';
import { describeService } from '@infra/operate/deployed/web-service';
import { type Answer, NOTHING_WRONG, wrongAnswer } from '../../answer';
import type { Question } from '../../question';
import { WEB_TASKS } from '../containers/container-kind';
import { containerQuestions } from '../containers/container-questions';
import { checkWebTaskHours } from '../office-hours';
import { configuredTaskCount, scaleCommand } from '@infra/operate/deployed/web-task-count';
import { words } from './words';

/** Questions on the number of web tasks that ECS is to run, and on what their containers need. */
export const WEB_TASK_QUESTIONS: readonly Question[] = [
  {
    id: 'wanted',
    statement: words.taskCount.statement,
    firstAskedBy: 'status',
    ask: checkDesiredCount,
  },
  ...containerQuestions(WEB_TASKS),
];

async function checkDesiredCount(environment: Environment): Promise<Answer> {
  const { desiredCount = 0, serviceName = '' } = await describeService(environment);
  // Before the first release there is no image, and 0 is right.
  if (webImageTag(environment) === '') return NOTHING_WRONG;
  const { minimum } = configuredTaskCount(environment.config);
  if (desiredCount >= minimum) return NOTHING_WRONG;
  if (desiredCount === 0) {
    const officeHours = await checkWebTaskHours(environment);
    if (officeHours.result === 'asleep' || officeHours.result === 'wrong') return officeHours;
  }
  return wrongAnswer({
    says: words.taskCount.fewer({ serviceName, desiredCount, minimum }),
    fix: scaleCommand(environment, minimum),
  });
}
