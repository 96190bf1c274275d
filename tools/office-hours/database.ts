import {
  paginateDescribeDBInstances,
  RDSClient,
  StartDBInstanceCommand,
  StopDBInstanceCommand,
} from '@aws-sdk/client-rds';
import { awsClient, itemsOf } from '../shared/aws';
import { pause } from '../shared/pause';
import type { DeployedStack } from '../environment/deployed-stack';

const MINUTES = 30;
const SECONDS_BETWEEN = 5;

/** Something took longer than anybody would wait. */
export class TooLongError extends Error {
  public override readonly name = 'TooLongError';
}

/** Starts or stops the database and waits until it is done; one that is on its way to the other state gets there first. */
export async function bringDatabase(stack: DeployedStack, up: boolean, report: (state: string) => void): Promise<void> {
  const [DBInstanceIdentifier] = stack.ids('AWS::RDS::DBInstance');
  const client = awsClient(RDSClient, stack);
  const [from, to] = up ? ['stopped', 'available'] : ['available', 'stopped'];
  let asked = false;
  for (let left = (MINUTES * 60) / SECONDS_BETWEEN; ; left -= 1) {
    const found = paginateDescribeDBInstances({ client }, { DBInstanceIdentifier });
    const [database] = await itemsOf(found, (page) => page.DBInstances);
    const state = database?.DBInstanceStatus ?? 'not there';
    report(state);
    if (state === to) return;
    if (left <= 0) throw new TooLongError(`The database is ${state} after ${MINUTES} minutes, and not ${to}.`);
    if (state === from && !asked) {
      const it = { DBInstanceIdentifier };
      await (up ? client.send(new StartDBInstanceCommand(it)) : client.send(new StopDBInstanceCommand(it)));
      asked = true;
    } else await pause(SECONDS_BETWEEN);
  }
}
