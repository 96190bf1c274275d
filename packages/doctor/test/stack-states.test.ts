import type { StackStatus } from '@aws-sdk/client-cloudformation';
import type { Answer } from '../src/health/answer';
import { lacksResources } from '../src/health/questions/stack-deletion';
import { checkIsDeployed, checkStackIsIdle, checkStackStatus } from '@infra/operate/release/stack-checks';
import { ago, askQuestion, environmentWith } from './health/aws-answers';

type Release = 'updates' | 'waits' | 'deploys first' | 'diagnoses' | 'rolls back' | 'deletes';

/** Each state of a stack: how `status` reports it, and what a release, or a person before it, does. */
const STATES: Readonly<Record<StackStatus, readonly [status: Answer['result'], Release]>> = {
  CREATE_IN_PROGRESS: ['underway', 'waits'],
  CREATE_FAILED: ['wrong', 'rolls back'],
  CREATE_COMPLETE: ['well', 'updates'],
  ROLLBACK_IN_PROGRESS: ['wrong', 'waits'],
  ROLLBACK_FAILED: ['wrong', 'diagnoses'],
  ROLLBACK_COMPLETE: ['wrong', 'deploys first'],
  DELETE_IN_PROGRESS: ['wrong', 'waits'],
  DELETE_FAILED: ['wrong', 'deletes'],
  DELETE_COMPLETE: ['well', 'updates'],
  UPDATE_IN_PROGRESS: ['underway', 'waits'],
  UPDATE_COMPLETE_CLEANUP_IN_PROGRESS: ['underway', 'waits'],
  UPDATE_COMPLETE: ['well', 'updates'],
  UPDATE_FAILED: ['wrong', 'rolls back'],
  UPDATE_ROLLBACK_IN_PROGRESS: ['wrong', 'waits'],
  UPDATE_ROLLBACK_FAILED: ['wrong', 'rolls back'],
  UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS: ['wrong', 'waits'],
  UPDATE_ROLLBACK_COMPLETE: ['wrong', 'updates'],
  REVIEW_IN_PROGRESS: ['wrong', 'deploys first'],
  IMPORT_IN_PROGRESS: ['underway', 'waits'],
  IMPORT_COMPLETE: ['well', 'updates'],
  IMPORT_ROLLBACK_IN_PROGRESS: ['wrong', 'waits'],
  IMPORT_ROLLBACK_FAILED: ['wrong', 'diagnoses'],
  IMPORT_ROLLBACK_COMPLETE: ['wrong', 'updates'],
};

const REFUSALS: Readonly<Record<Release, RegExp | undefined>> = {
  updates: undefined,
  waits: /: wait until that deployment has ended/,
  'deploys first': /was never deployed .* First: npx cdk deploy ProoflinkProd$/,
  diagnoses: /takes no deployment\.\nwhat it says: npx cdk --unstable=diagnose diagnose ProoflinkProd$/,
  'rolls back': /takes no deployment\.\nnpx cdk rollback ProoflinkProd\n.*A rollback that failed/,
  deletes: /takes no deployment\.\n.*data.*\nnpx cdk destroy ProoflinkProd\n.*A deletion that failed/,
};

test.each(Object.entries(STATES))('%s', async (state, [status, release]) => {
  const answers = { DescribeStackEvents: { StackEvents: [] } };
  const given = environmentWith({
    description: { StackName: 'ProoflinkProd', StackStatus: state, LastUpdatedTime: ago(0.1) },
  });
  const lastDeployment = await askQuestion('deployment', answers, given);
  const stack = lacksResources(given().environment) ? await askQuestion('stack', answers, given) : undefined;
  expect((stack ?? lastDeployment)?.result).toBe(status);
  const { environment } = given();
  const update = { stack: environment, config: environment.config };
  const refusal = checkStackIsIdle(environment) ?? checkIsDeployed(update) ?? (await checkStackStatus(update));
  expect(refusal).toEqual(REFUSALS[release] && expect.stringMatching(REFUSALS[release]));
});
