import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { scratch } from './apps';

type Waiter = readonly [operation: string, argument: string, expected: unknown, orError?: string];

const STABLE = 'length(services[?!(length(deployments) == `1` && runningCount == desiredCount)]) == `0`';

/** The waiters of the AWS CLI that pages use, by service and version of its API: the CLI asks each 15 or 30 seconds. */
const WAITERS: Readonly<Record<string, Readonly<Record<string, Waiter>>>> = {
  'cloudformation/2010-05-15': {
    StackDeleteComplete: ['DescribeStacks', 'Stacks[].StackStatus', 'DELETE_COMPLETE', 'ValidationError'],
  },
  'ecs/2014-11-13': { ServicesStable: ['DescribeServices', STABLE, true] },
  'rds/2014-10-31': {
    DBInstanceAvailable: ['DescribeDBInstances', 'DBInstances[].DBInstanceStatus', 'available'],
    DBInstanceDeleted: ['DescribeDBInstances', 'DBInstances[].DBInstanceStatus', 'deleted', 'DBInstanceNotFound'],
    DBSnapshotAvailable: ['DescribeDBSnapshots', 'DBSnapshots[].Status', 'available'],
  },
};

/** Folder of the same waiters, which ask each second; the variable AWS_DATA_PATH leads the CLI there. */
export const waiters = join(scratch, 'waiters');

export function writeWaiters(): void {
  for (const [service, each] of Object.entries(WAITERS)) {
    const entries = Object.entries(each).map(([name, [operation, argument, expected, orError]]) => [
      name,
      {
        operation,
        delay: 1,
        maxAttempts: 120,
        acceptors: [
          { argument, expected, matcher: expected === true ? 'path' : 'pathAll', state: 'success' },
          ...(orError === undefined ? [] : [{ expected: orError, matcher: 'error', state: 'success' }]),
        ],
      },
    ]);
    mkdirSync(join(waiters, service), { recursive: true });
    const text = JSON.stringify({ version: 2, waiters: Object.fromEntries(entries) as unknown });
    writeFileSync(join(waiters, service, 'waiters-2.json'), text);
  }
}
