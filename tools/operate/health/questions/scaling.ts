import { ApplicationAutoScaling, type ScalingActivity } from '@aws-sdk/client-application-auto-scaling';
import { Part } from '../../../../lib/contract';
import { readAll } from '../../../deployed/pages';
import type { Environment } from '../../../deployed/environment';
import { formatInTokyo } from '../../../deployed/tokyo-time';
import { type Answer, personMustLook, wellAnswer, wrongAnswer } from '../answer';
import { isConfiguredOrDeployed, type Question } from '../question';
import { words } from './words';

/**
 * Question on the scaling activities of the web service. An environment that scales has no office hours, so that the
 * question need not wait for web tasks (onlyWithWebTasks). AWS keeps activities for six weeks, even if no task runs.
 */
export const SCALING: Question = {
  id: 'scaling',
  statement: words.statements.scaling,
  confirms: ['scaling'],
  firstAskedBy: 'first-contact',
  applies: isConfiguredOrDeployed(Part.scalableTarget, ({ webService }) => webService.tasks.mode === 'scaled'),
  ask: checkScaling,
};

async function checkScaling(environment: Environment): Promise<Answer> {
  const { cluster, service } = environment.webServiceNames();
  const pages = environment.client(ApplicationAutoScaling).paginateDescribeScalingActivities({
    ServiceNamespace: 'ecs',
    ResourceId: `service/${cluster}/${service}`,
  });
  // AWS lists the newest activity first.
  const activities = await readAll(pages, 'ScalingActivities');
  const newestActivity = activities[0];
  if (newestActivity?.StatusCode === 'Failed') {
    return wrongAnswer({ says: words.scaling.failed({ reason: newestActivity.StatusMessage ?? '' }) });
  }
  const changeByLoad = activities.find(isChangeByLoad);
  if (!changeByLoad) {
    return personMustLook({ says: words.scaling.noLoadYet() });
  }
  const { Description: description = '', StartTime } = changeByLoad;
  const start = StartTime === undefined ? '' : formatInTokyo(StartTime);
  return wellAnswer(words.scaling.changed({ description, start }));
}

/**
 * Cause of a change by load: `monitor alarm <name> in state ALARM triggered policy <name>`. The cause of a change by a
 * deployment is `minimum capacity was set to 2`.
 */
const CAUSED_BY_ALARM = /alarm/i;

function isChangeByLoad({ StatusCode, Cause = '' }: ScalingActivity): boolean {
  return StatusCode === 'Successful' && CAUSED_BY_ALARM.test(Cause);
}
