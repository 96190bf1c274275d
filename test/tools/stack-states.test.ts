import type { StackStatus } from '@aws-sdk/client-cloudformation';
import type { Answer } from '../../tools/health/question';
import { askQuestion, standing } from './health/aws-answers';
import { deployedHead, fetchDeployed, writeHead } from './review/support/fetch-deployed';

/** Each state of a stack: whether the review compares with it, and how `status` reports it. */
const STATES: Readonly<Record<StackStatus, readonly [isDeployed: boolean, status: Answer['result']]>> = {
  CREATE_IN_PROGRESS: [true, 'look'],
  CREATE_FAILED: [true, 'wrong'],
  CREATE_COMPLETE: [true, 'well'],
  ROLLBACK_IN_PROGRESS: [true, 'wrong'],
  ROLLBACK_FAILED: [true, 'wrong'],
  ROLLBACK_COMPLETE: [false, 'wrong'],
  DELETE_IN_PROGRESS: [true, 'look'],
  DELETE_FAILED: [true, 'wrong'],
  DELETE_COMPLETE: [true, 'well'],
  UPDATE_IN_PROGRESS: [true, 'look'],
  UPDATE_COMPLETE_CLEANUP_IN_PROGRESS: [true, 'look'],
  UPDATE_COMPLETE: [true, 'well'],
  UPDATE_FAILED: [true, 'wrong'],
  UPDATE_ROLLBACK_IN_PROGRESS: [true, 'wrong'],
  UPDATE_ROLLBACK_FAILED: [true, 'wrong'],
  UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS: [true, 'wrong'],
  UPDATE_ROLLBACK_COMPLETE: [true, 'wrong'],
  REVIEW_IN_PROGRESS: [false, 'look'],
  IMPORT_IN_PROGRESS: [true, 'look'],
  IMPORT_COMPLETE: [true, 'well'],
  IMPORT_ROLLBACK_IN_PROGRESS: [true, 'wrong'],
  IMPORT_ROLLBACK_FAILED: [true, 'wrong'],
  IMPORT_ROLLBACK_COMPLETE: [true, 'wrong'],
};

const head = writeHead();

test.each(Object.entries(STATES))('%s', async (state, [isDeployed, status]) => {
  const { stdout } = await fetchDeployed(head, { ProoflinkDev: { ...deployedHead, status: state } });
  expect(stdout).toContain(`ProoflinkDev: ${isDeployed ? 'fetched' : 'not deployed yet'}\n`);
  const answers = { DescribeStackEvents: { StackEvents: [] } };
  const given = standing({ description: { StackName: 'ProoflinkProd', StackStatus: state } });
  expect((await askQuestion('deployment', answers, given))?.result).toBe(status);
});
