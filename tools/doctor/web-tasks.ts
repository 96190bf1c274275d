import type { Task } from '@aws-sdk/client-ecs';
import { targetsOf, webServicePart } from '../shared/health/web-service';
import { tasksOf, webService } from '../shared/web-service';
import { cause, type Check, type Found } from './check';
import type { Containers } from './container';
import { containerChecks } from './containers';
import { databaseChecks } from './database';
import type { Facts } from './facts';
import { taskRights } from './rights';
import { Output } from '../../lib/contract';

/** From the number of web tasks to what they say themselves, for which nothing before was the cause. */
export function webTaskChecks(facts: Facts): Check[] {
  const web: Containers = {
    who: 'web tasks',
    tagOption: '--app',
    definition: facts.webDefinition,
    network: async () => {
      const { awsvpcConfiguration: network } = (await facts.service()).networkConfiguration ?? {};
      return { subnets: network?.subnets ?? [], groups: network?.securityGroups ?? [] };
    },
    mend: () => facts.redeploy,
  };
  return [
    ['Are there web tasks in their hours?', () => wanted(facts)],
    ...containerChecks(facts, web),
    ...databaseChecks(facts, web),
    ['May the web tasks use their bucket?', () => taskRights(facts, web)],
    ['Are the web tasks healthy?', () => health(facts)],
  ];
}

/** Sets the number of web tasks by hand. */
export function scaleTo(count: number, { aws, stack }: Facts): string {
  const { cluster, service } = webService(stack);
  return aws('ecs update-service', `--cluster ${cluster} --service ${service} --desired-count ${count}`);
}

async function wanted(facts: Facts): Found {
  const { desiredCount = 0, serviceName = '' } = await facts.service();
  if (!facts.hasImage || desiredCount > 0) return undefined;
  const { officeHours, webService: config } = facts.config;
  if (officeHours && (await facts.hours()).wrong.length === 0) return undefined;
  const fewest = config.tasks.mode === 'fixed' ? config.tasks.desiredCount : config.tasks.minCapacity;
  const start = `npm run prooflink -- start ${facts.stack.environment}`;
  return cause(`${serviceName} wants 0 web tasks.`, officeHours ? start : scaleTo(fewest, facts));
}

/** What load balancer and ECS say, once nothing was found that explains it. */
async function health(facts: Facts): Found {
  const { stack } = facts;
  const { wrong } = await webServicePart(stack, await facts.service());
  if (wrong.length === 0) return undefined;
  const { HealthCheckPath = '', Port = 0 } = await facts.targetGroup();
  const ill = (await targetsOf(stack)).find(({ TargetHealth }) => TargetHealth?.State === 'unhealthy')?.TargetHealth;
  const more = [ill?.Description, await stoppedReason(facts)].filter((each) => each && !wrong.join().includes(each));
  const says = [...wrong, ...more].join(' ');
  const log = `Its log: ${stack.outputs[Output.appLogs] ?? ''}`;
  if (/with these codes/.test(says)) {
    return cause(says, `the application: it must answer GET ${HealthCheckPath} with 200. ${log}`);
  }
  if (ill || /health checks/.test(says)) {
    return cause(says, `the application: it must listen on port ${Port} of 0.0.0.0. ${log}`);
  }
  return cause(says, `what the application says. ${log}`);
}

/** Why the last task ended; ECS knows it for an hour. */
async function stoppedReason({ stack }: Facts): Promise<string> {
  const ended = await tasksOf(stack, 'STOPPED');
  const time = ({ stoppedAt, createdAt }: Task) => (stoppedAt ?? createdAt)?.getTime() ?? 0;
  // What ECS ends by itself, for a new version or a smaller number, is no trouble.
  const [last] = ended
    .filter((task) => !task.stoppedReason?.startsWith('Scaling activity'))
    .sort((one, other) => time(other) - time(one));
  return [last?.stoppedReason, last?.containers?.[0]?.reason].filter(Boolean).join(': ');
}
