import { ECSClient, UpdateServiceCommand, waitUntilServicesStable } from '@aws-sdk/client-ecs';
import { ElasticLoadBalancingV2Client, waitUntilTargetInService } from '@aws-sdk/client-elastic-load-balancing-v2';
import { awsClient } from '../shared/aws';
import { type DeployedStack, errorText, readStack } from '../environment/deployed-stack';
import type { EnvironmentName } from '../shared/environment-argument';
import { CannotTellError, type Outcome } from '@infra/common/outcome';
import { readSchedules, type Schedule } from '../environment/schedules';
import { runSteps, type Step } from '../shared/steps';
import { inTokyo } from '../shared/times';
import { webService } from '../environment/web-service';
import { bringDatabase, TooLongError } from './database';
import { Output } from '../../lib/contract';

/** Actions outside the office hours, or within. */
export type Action = 'start' | 'stop';

/** Timeout of the web tasks. */
const MINUTES = 15;

/** Does what an environment's schedules do, in their order, and waits until it is done. */
export async function runOfficeHours(
  environment: EnvironmentName,
  action: Action,
  minutes = MINUTES,
): Promise<Outcome> {
  const stack = await readStack(environment);
  const all = await readSchedules(stack);
  const own = all.filter(({ starts }) => starts === (action === 'start'));
  if (own.length === 0) {
    throw new CannotTellError(`${environment} has no office hours: it always runs (officeHours in lib/config).`);
  }
  try {
    await runSteps(own.map((schedule) => stepOf(stack, schedule, minutes)));
  } catch (error) {
    if (!(error instanceof Error) || !['TimeoutError', TooLongError.name].includes(error.name)) {
      throw new CannotTellError(`${environment} could not be brought to ${action}: ${errorText(error)}`);
    }
    const says =
      error instanceof TooLongError ? error.message : `The web tasks did not come to rest in ${minutes} minutes.`;
    return { exitCode: 1, stdout: '', stderr: `${says} What is wrong: npm run prooflink -- doctor ${environment}\n` };
  }
  const until = all.find(
    ({ of, starts, enabled }) => of === 'tasks' && enabled && starts === (action === 'stop'),
  )?.next;
  const how = action === 'start' ? `runs: ${stack.outputs[Output.applicationUrl] ?? ''}` : 'sleeps';
  const next = until ? `\nIts hours ${action === 'start' ? 'end' : 'begin'} next at ${inTokyo(until)}.` : '';
  return { exitCode: 0, stdout: `${environment} ${how}${next}\n`, stderr: '' };
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
  return {
    title: starts ? `Start the web tasks, ${count}` : 'Stop the web tasks',
    work: () => scale(stack, count, minutes),
  };
}

async function scale(stack: DeployedStack, desiredCount: number, minutes: number): Promise<void> {
  const { cluster, service } = webService(stack);
  const patience = { maxWaitTime: minutes * 60, minDelay: 2, maxDelay: 15 };
  const client = awsClient(ECSClient, stack);
  await client.send(new UpdateServiceCommand({ cluster, service, desiredCount }));
  await waitUntilServicesStable({ client, ...patience }, { cluster, services: [service] });
  if (desiredCount === 0) return;
  const [TargetGroupArn] = stack.ids('AWS::ElasticLoadBalancingV2::TargetGroup');
  const balancer = awsClient(ElasticLoadBalancingV2Client, stack);
  await waitUntilTargetInService({ client: balancer, ...patience }, { TargetGroupArn });
}
