import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { scratch } from './apps';

/** A waiter of the AWS CLI: an operation, and what its answer must be for the wait to end. */
interface Waiter {
  readonly operation: string;
  /** JMESPath expression on the answer. */
  readonly argument: string;
  readonly expected: unknown;
  /** Error of the operation that ends the wait, too. */
  readonly orError?: string;
}

const STABLE = 'length(services[?!(length(deployments) == `1` && runningCount == desiredCount)]) == `0`';

/** The waiters of the AWS CLI that pages use, by service and version of its API: the CLI asks each 15 or 30 seconds. */
const WAITERS: Readonly<Record<string, Readonly<Record<string, Waiter>>>> = {
  'cloudformation/2010-05-15': {
    StackDeleteComplete: {
      operation: 'DescribeStacks',
      argument: 'Stacks[].StackStatus',
      expected: 'DELETE_COMPLETE',
      orError: 'ValidationError',
    },
  },
  'ecs/2014-11-13': { ServicesStable: { operation: 'DescribeServices', argument: STABLE, expected: true } },
  'rds/2014-10-31': {
    DBInstanceAvailable: {
      operation: 'DescribeDBInstances',
      argument: 'DBInstances[].DBInstanceStatus',
      expected: 'available',
    },
    DBInstanceDeleted: {
      operation: 'DescribeDBInstances',
      argument: 'DBInstances[].DBInstanceStatus',
      expected: 'deleted',
      orError: 'DBInstanceNotFound',
    },
    DBSnapshotAvailable: {
      operation: 'DescribeDBSnapshots',
      argument: 'DBSnapshots[].Status',
      expected: 'available',
    },
  },
};

/** Folder of the same waiters, which ask each second; the variable AWS_DATA_PATH leads the CLI there. */
export const waiters = join(scratch, 'waiters');

export function writeWaiters(): void {
  for (const [service, waitersOfService] of Object.entries(WAITERS)) {
    const entries = Object.entries(waitersOfService).map(([name, waiter]) => [name, definitionOf(waiter)]);
    const text = JSON.stringify({ version: 2, waiters: Object.fromEntries(entries) as unknown });
    mkdirSync(join(waiters, service), { recursive: true });
    writeFileSync(join(waiters, service, 'waiters-2.json'), text);
  }
}

/** A waiter as the data files of botocore define it. */
function definitionOf({ operation, argument, expected, orError }: Waiter): object {
  const matcher = expected === true ? 'path' : 'pathAll';
  const acceptors: object[] = [{ argument, expected, matcher, state: 'success' }];
  if (orError !== undefined) acceptors.push({ expected: orError, matcher: 'error', state: 'success' });
  return { operation, delay: 1, maxAttempts: 120, acceptors };
}
