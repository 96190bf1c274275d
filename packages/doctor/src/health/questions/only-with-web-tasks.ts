import type { Environment } from '@infra/operate/deployed/environment';
import { webImageTag } from '@infra/operate/deployed/deployed-stack';
import { prooflinkCommand } from '@infra/operate/deployed/printed-commands';
import { describeService } from '@infra/operate/deployed/web-service';
import { type Answer, personMustLook } from '../answer';
import type { Question } from '../question';
import { words } from './words';
import { checkWebTaskHours } from './office-hours';

/** Limits a question's `ask` to environments with web tasks: without them, the answer says why there are none. */
export function onlyWithWebTasks(ask: Question['ask']): Question['ask'] {
  return async (environment) => {
    const answer = await answerWithoutWebTasks(environment);
    return answer ?? (await ask(environment));
  };
}

/** Answer on why ECS is to run no web task; `undefined` if it is to run some. */
export async function answerWithoutWebTasks(environment: Environment): Promise<Answer | undefined> {
  if (webImageTag(environment) === '') return personMustLook({ says: words.withoutTasks.noRelease });
  const { desiredCount = 0 } = await describeService(environment);
  if (desiredCount > 0) return undefined;
  const officeHours = await checkWebTaskHours(environment);
  if (officeHours.result === 'asleep') return officeHours;
  const startCommand = prooflinkCommand(environment.environmentName, 'start');
  return personMustLook({ says: words.withoutTasks.noTaskWanted({ startCommand }) });
}
