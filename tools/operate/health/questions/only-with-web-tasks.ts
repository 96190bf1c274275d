import type { Environment } from '../../../deployed/environment';
import { type Answer, lookAnswer } from '../answer';
import type { Question } from '../question';
import { checkOfficeHours } from './office-hours';

/** Makes a question's `ask` that waits for web tasks: without them, the answer says why there are none. */
export function onlyWithWebTasks(ask: Question['ask']): Question['ask'] {
  return async (environment) => {
    const answer = await answerWithoutWebTasks(environment);
    return answer ?? (await ask(environment));
  };
}

/** The reason for which there is no web task to ask about; `undefined` where there should be one. */
export async function answerWithoutWebTasks(environment: Environment): Promise<Answer | undefined> {
  if (!environment.hasImage) {
    return lookAnswer('There was no release yet: push an image, release it, and ask again.');
  }
  const { desiredCount = 0 } = await environment.describeService();
  if (desiredCount > 0) return undefined;
  const officeHours = await checkOfficeHours(environment);
  if (officeHours?.result === 'asleep') return officeHours;
  return lookAnswer(`No task is wanted now. Ask again after: ${environment.prooflinkCommand('start')}`);
}
