import { RDSClient, StartDBInstanceCommand, StopDBInstanceCommand } from '@aws-sdk/client-rds';
import type { DeployedStack } from '../environment/deployed-stack';
import { databaseOf } from '../environment/database';
import { pause } from '../shared/pause';

const MINUTES = 30;
const SECONDS_BETWEEN = 5;

/** Something took longer than its timeout. */
export class TooLongError extends Error {
  public override readonly name = 'TooLongError';
}

/** Starts or stops the database and waits until it is done; one that is on its way to the other state gets there first. */
export async function bringDatabase(stack: DeployedStack, up: boolean, report: (state: string) => void): Promise<void> {
  const [from, to] = up ? ['stopped', 'available'] : ['available', 'stopped'];
  let asked = false;
  for (let left = (MINUTES * 60) / SECONDS_BETWEEN; ; left -= 1) {
    const { DBInstanceIdentifier, DBInstanceStatus: state = '' } = await databaseOf(stack);
    report(state);
    if (state === to) return;
    if (left <= 0) throw new TooLongError(`The database is ${state} after ${MINUTES} minutes, and not ${to}.`);
    if (state === from && !asked) {
      const Command = up ? StartDBInstanceCommand : StopDBInstanceCommand;
      await stack.client(RDSClient).send(new Command({ DBInstanceIdentifier }));
      asked = true;
    } else await pause(SECONDS_BETWEEN);
  }
}
