import { ECS, waitUntilServicesStable } from '@aws-sdk/client-ecs';
import { ElasticLoadBalancingV2, waitUntilTargetInService } from '@aws-sdk/client-elastic-load-balancing-v2';
import { RDS } from '@aws-sdk/client-rds';
import { CannotTellError, type Outcome } from '@infra/common/outcome';
import { Output } from '../../lib/contract';
import { describeDatabase } from '../deployed/database';
import { type DeployedStack, errorText, readStack } from '../deployed/deployed-stack';
import { readSchedules, type Schedule } from '../deployed/schedules';
import { webServiceOf } from '../deployed/web-service';
import type { EnvironmentName } from '../program/environment-argument';
import { pause } from '../program/pause';
import { runSteps, type Step } from '../program/steps';
import { inTokyo } from '../deployed/times';

/** Actions outside the office hours, or within. */
export type Action = 'start' | 'stop';

/** Timeouts of the web tasks and of the database. */
const MINUTES = 15;
const DATABASE_MINUTES = 30;
const SECONDS_BETWEEN = 5;

/** Something took longer than its timeout. */
class TooLongError extends Error {}

/** Does what an environment's schedules do, in their order, and waits until it is done. */
export async function runOfficeHours(
  environmentName: EnvironmentName,
  action: Action,
  minutes = MINUTES,
): Promise<Outcome> {
  const stack = await readStack(environmentName);
  const all = await readSchedules(stack);
  const isStart = action === 'start';
  const own = all.filter(({ starts }) => starts === isStart);
  if (own.length === 0)
    throw new CannotTellError(`${environmentName} has no office hours: it always runs (officeHours in lib/config).`);
  try {
    await runSteps(own.map((schedule) => stepOf(stack, schedule, minutes)));
  } catch (error) {
    if (!(error instanceof TooLongError))
      throw new CannotTellError(`${environmentName} could not be brought to ${action}: ${errorText(error)}`);
    const stderr = `${error.message} What is wrong: npm run prooflink -- doctor ${environmentName}\n`;
    return { exitCode: 1, stdout: '', stderr };
  }
  const until = all.find(({ of, starts, enabled }) => of === 'tasks' && enabled && starts !== isStart)?.next;
  const how = isStart ? `runs: ${stack.outputs[Output.applicationUrl] ?? ''}` : 'sleeps';
  const next = until ? `\nIts hours ${isStart ? 'end' : 'begin'} next at ${inTokyo(until)}.` : '';
  return { exitCode: 0, stdout: `${environmentName} ${how}${next}\n`, stderr: '' };
}

function stepOf(stack: DeployedStack, { of, starts, count }: Schedule, minutes: number): Step {
  if (of === 'database') {
    const title = `${starts ? 'Start' : 'Stop'} the database`;
    return {
      title,
      work: (say) =>
        bringDatabase(stack, starts, (state) => {
          say(`${title}: ${state}`);
        }),
    };
  }
  if (starts && count === 0)
    return { title: 'No image tag yet: there is no web task to start', work: () => Promise.resolve() };
  const title = starts ? `Start the web tasks, ${count}` : 'Stop the web tasks';
  return { title, work: () => scale(stack, count, minutes) };
}

/** Starts or stops the database; one that is on its way to the other state gets there first. */
async function bringDatabase(stack: DeployedStack, up: boolean, report: (state: string) => void): Promise<void> {
  const [from, to] = up ? ['stopped', 'available'] : ['available', 'stopped'];
  const rds = stack.client(RDS);
  let asked = false;
  for (let left = (DATABASE_MINUTES * 60) / SECONDS_BETWEEN; ; left -= 1) {
    const { DBInstanceIdentifier, DBInstanceStatus: state = '' } = await describeDatabase(stack);
    report(state);
    if (state === to) return;
    if (left <= 0) throw new TooLongError(`The database is ${state} after ${DATABASE_MINUTES} minutes, and not ${to}.`);
    if (state === from && !asked) {
      await (up ? rds.startDBInstance({ DBInstanceIdentifier }) : rds.stopDBInstance({ DBInstanceIdentifier }));
      asked = true;
    } else await pause(SECONDS_BETWEEN);
  }
}

async function scale(stack: DeployedStack, desiredCount: number, minutes: number): Promise<void> {
  const { cluster, service } = webServiceOf(stack);
  const patience = { maxWaitTime: minutes * 60, minDelay: 2, maxDelay: 15 };
  const client = stack.client(ECS);
  await client.updateService({ cluster, service, desiredCount });
  const tooLong = (error: unknown) => {
    if (!(error instanceof Error) || error.name !== 'TimeoutError') throw error;
    throw new TooLongError(`The web tasks did not come to rest in ${minutes} minutes.`);
  };
  await waitUntilServicesStable({ client, ...patience }, { cluster, services: [service] }).catch(tooLong);
  if (desiredCount === 0) return;
  const [TargetGroupArn] = stack.ids('AWS::ElasticLoadBalancingV2::TargetGroup');
  const balancer = stack.client(ElasticLoadBalancingV2);
  await waitUntilTargetInService({ client: balancer, ...patience }, { TargetGroupArn }).catch(tooLong);
}
