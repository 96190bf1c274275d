import { DescribeTasksCommand, ECSClient, ListTasksCommand, type Task } from '@aws-sdk/client-ecs';
import { targetsOf, webServicePart } from '../shared/health/web-service';
import { webService } from '../shared/web-service';
import type { Cause, Check } from './check';
import { type Containers, containerChecks, taskRights } from './containers';
import { databaseChecks, wayToDatabase } from './database';
import type { Facts } from './facts';

/** From the number of web tasks to what they say themselves, for which nothing before was the cause. */
export function webTaskChecks(facts: Facts): Check[] {
  const web: Containers = {
    who: 'web tasks',
    image: { parameter: 'AppImageTag', option: '--app' },
    definition: facts.webDefinition,
    network: async () => {
      const { networkConfiguration } = await facts.service();
      const { subnets = [], securityGroups: groups = [] } = networkConfiguration?.awsvpcConfiguration ?? {};
      return { subnets, groups };
    },
    mend: () => facts.redeploy,
  };
  return [
    { question: 'Are there web tasks in their hours?', ask: () => wanted(facts) },
    ...containerChecks(facts, web),
    wayToDatabase(facts, web),
    ...databaseChecks(facts, web),
    { question: 'May the web tasks use their bucket?', ask: () => taskRights(facts, web) },
    { question: 'Are the web tasks healthy?', ask: () => health(facts) },
  ];
}

async function wanted(facts: Facts): Promise<Cause | undefined> {
  const { environment, region } = facts.stack;
  const { desiredCount = 0, serviceName = '' } = await facts.service();
  if (!facts.hasImage || desiredCount > 0) return undefined;
  const { tasks } = facts.config.webService;
  if (facts.config.officeHours === undefined) {
    const { cluster, service } = webService(facts.stack);
    const count = tasks.mode === 'fixed' ? tasks.desiredCount : tasks.minCapacity;
    const update = `aws ecs update-service --region ${region} --cluster ${cluster} --service ${service}`;
    return { says: `${serviceName} wants 0 web tasks.`, mend: `${update} --desired-count ${count}` };
  }
  if ((await facts.hours()).wrong.length === 0) return undefined;
  return { says: `${serviceName} wants 0 web tasks in its hours.`, mend: `npm run prooflink -- start ${environment}` };
}

/** What load balancer and ECS say, once nothing was found that explains it. */
async function health(facts: Facts): Promise<Cause | undefined> {
  const { stack } = facts;
  const { wrong } = await webServicePart(stack, await facts.service());
  if (wrong.length === 0) return undefined;
  const { HealthCheckPath = '', Port = 0 } = await facts.targetGroup();
  const ill = (await targetsOf(stack)).find(({ TargetHealth }) => TargetHealth?.State === 'unhealthy')?.TargetHealth;
  const more = [ill?.Description, await stoppedReason(stack)].filter((each) => each && !wrong.join().includes(each));
  const said = [...wrong, ...more].join(' ');
  const log = stack.outputs['AppLogs'] ?? '';
  if (ill?.Reason === 'Target.ResponseCodeMismatch' || /these codes/.test(said)) {
    return { says: said, mend: `the application: it must answer GET ${HealthCheckPath} with 200. Its log: ${log}` };
  }
  if (ill || /ELB health checks/.test(said)) {
    return { says: said, mend: `the application: it must listen on port ${Port} of 0.0.0.0. Its log: ${log}` };
  }
  return { says: said, mend: `what the application says: ${log}` };
}

/** Why the last task ended; ECS knows it for an hour. */
async function stoppedReason(stack: Facts['stack']): Promise<string | undefined> {
  const { cluster, service: serviceName } = webService(stack);
  const ecs = new ECSClient(stack.clientConfig);
  const wanted = new ListTasksCommand({ cluster, serviceName, desiredStatus: 'STOPPED', maxResults: 100 });
  const { taskArns: tasks = [] } = await ecs.send(wanted);
  if (tasks.length === 0) return undefined;
  const { tasks: ended = [] } = await ecs.send(new DescribeTasksCommand({ cluster, tasks }));
  // What ECS ends by itself, for a new version or a smaller number, is no trouble.
  const [last] = ended
    .filter(({ stoppedReason: reason = '' }) => !reason.startsWith('Scaling activity'))
    .sort((one, other) => time(other) - time(one));
  return [last?.stoppedReason, last?.containers?.[0]?.reason].filter(Boolean).join(': ');
}

const time = ({ stoppedAt, createdAt }: Task) => (stoppedAt ?? createdAt)?.getTime() ?? 0;
