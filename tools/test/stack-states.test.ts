import type { StackStatus } from '@aws-sdk/client-cloudformation';
import type { Answer } from '../operate/health/answer';
import { lacksResources } from '../operate/health/questions/stack-deletion';
import { checkIsDeployed, checkStackIsIdle, checkStackStatus } from '../operate/release/stack-checks';
import { withoutBrackets } from '../../test/support/sentences';
import { ago, askQuestion, environmentWith } from './operate/health/aws-answers';
import { deployedHead, fetchDeployed, writeHead } from './workflows/review/support/fetch-deployed';

type Release = 'updates' | 'waits' | 'deploys first' | 'diagnoses' | 'rolls back' | 'deletes';

/** Each state of a stack: whether the review compares with it, how `status` reports it, and what a release, or a person before it, does. */
const STATES: Readonly<Record<StackStatus, readonly [isDeployed: boolean, status: Answer['result'], Release]>> = {
  CREATE_IN_PROGRESS: [true, 'look', 'waits'],
  CREATE_FAILED: [true, 'wrong', 'rolls back'],
  CREATE_COMPLETE: [true, 'well', 'updates'],
  ROLLBACK_IN_PROGRESS: [true, 'wrong', 'waits'],
  ROLLBACK_FAILED: [true, 'wrong', 'diagnoses'],
  ROLLBACK_COMPLETE: [false, 'wrong', 'deploys first'],
  DELETE_IN_PROGRESS: [true, 'wrong', 'waits'],
  DELETE_FAILED: [true, 'wrong', 'deletes'],
  DELETE_COMPLETE: [true, 'well', 'updates'],
  UPDATE_IN_PROGRESS: [true, 'look', 'waits'],
  UPDATE_COMPLETE_CLEANUP_IN_PROGRESS: [true, 'look', 'waits'],
  UPDATE_COMPLETE: [true, 'well', 'updates'],
  UPDATE_FAILED: [true, 'wrong', 'rolls back'],
  UPDATE_ROLLBACK_IN_PROGRESS: [true, 'wrong', 'waits'],
  UPDATE_ROLLBACK_FAILED: [true, 'wrong', 'rolls back'],
  UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS: [true, 'wrong', 'waits'],
  UPDATE_ROLLBACK_COMPLETE: [true, 'wrong', 'updates'],
  REVIEW_IN_PROGRESS: [false, 'wrong', 'deploys first'],
  IMPORT_IN_PROGRESS: [true, 'look', 'waits'],
  IMPORT_COMPLETE: [true, 'well', 'updates'],
  IMPORT_ROLLBACK_IN_PROGRESS: [true, 'wrong', 'waits'],
  IMPORT_ROLLBACK_FAILED: [true, 'wrong', 'diagnoses'],
  IMPORT_ROLLBACK_COMPLETE: [true, 'wrong', 'updates'],
};

const REFUSALS: Readonly<Record<Release, RegExp | undefined>> = {
  updates: undefined,
  waits: /: wait until that deployment has ended/,
  'deploys first': /was never deployed .* First: npx cdk deploy ProoflinkProd$/,
  diagnoses: /takes no deployment\.\nwhat it says: npx cdk --unstable=diagnose diagnose ProoflinkProd$/,
  'rolls back': /takes no deployment\.\nnpx cdk rollback ProoflinkProd\n.*A rollback that failed/,
  deletes: /takes no deployment\.\nnpx cdk destroy ProoflinkProd\n.*A deletion that failed/,
};

const head = writeHead();

test.each(Object.entries(STATES))('%s', async (state, [isDeployed, status, release]) => {
  const { stdout } = await fetchDeployed(head, { ProoflinkDev: { ...deployedHead, status: state } });
  expect(stdout).toContain(`ProoflinkDev: ${isDeployed ? 'fetched' : 'not deployed yet'}\n`);
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
  expect(refusal && withoutBrackets(refusal)).toEqual(REFUSALS[release] && expect.stringMatching(REFUSALS[release]));
});
