import {
  ApplicationAutoScalingClient,
  paginateDescribeScalingActivities,
} from '@aws-sdk/client-application-auto-scaling';
import { CloudWatchLogsClient, DescribeLogStreamsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { awsClient, itemsOf } from '../shared/aws';
import { targetsOf } from '../shared/health/web-service';
import { inTokyo } from '../shared/times';
import { tasksOf, webService } from '../shared/web-service';
import { type Answer, type Contact, DAY, fail, look, noTaskYet, pass, type Row } from './row';
import { Parameter } from '../../lib/contract';

async function healthy(contact: Contact): Promise<Answer> {
  const waits = await noTaskYet(contact);
  if (waits) return waits;
  const { parameters } = contact.stack;
  const { desiredCount = 0, deployments = [], events = [] } = await contact.service();
  const primary = deployments.find(({ status }) => status === 'PRIMARY');
  const said = events[0]?.message ? ` ECS says: ${events[0].message.split('\n')[0] ?? ''}` : '';
  if (primary?.rolloutState === 'FAILED')
    return fail(`Its deployment failed: ${primary.rolloutStateReason ?? 'without a reason'}.${said}`);
  const targets = await targetsOf(contact.stack);
  const count = targets.filter(({ TargetHealth }) => TargetHealth?.State === 'healthy').length;
  const version = `${count} of ${desiredCount} tasks of ${parameters[Parameter.appImageTag] ?? ''}`;
  if (count >= desiredCount) return pass(`${version} are healthy.`);
  if (primary?.rolloutState === 'IN_PROGRESS' && !primary.failedTasks)
    return look(`${version} are healthy, and ECS is still at it: ask again in some minutes.`);
  const ill = targets.find(({ TargetHealth }) => TargetHealth?.State === 'unhealthy')?.TargetHealth;
  const why = ill ? ` ${[ill.Reason, ill.Description].filter(Boolean).join(': ')}.` : '';
  return fail(`Only ${version} are healthy.${why}${said}`);
}

async function logLines({ stack, names, now, service }: Contact): Promise<Answer> {
  const logGroupName = names.logGroups.app;
  const client = awsClient(CloudWatchLogsClient, stack);
  // eslint-disable-next-line aws/all-pages -- the newest stream is the first
  const newest = new DescribeLogStreamsCommand({ logGroupName, orderBy: 'LastEventTime', descending: true, limit: 1 });
  const [stream] = (await client.send(newest)).logStreams ?? [];
  const last = stream?.lastEventTimestamp;
  if (last !== undefined && last > now.getTime() - DAY) return pass(`The newest one is of ${inTokyo(last)}.`);
  const { runningCount = 0 } = await service();
  if (runningCount === 0) return look('No task runs now: ask again when one does.');
  if (!stream) return fail(`${runningCount} tasks run, and ${logGroupName} has no log stream of any.`);
  return look(`No line within a day, though tasks run: does the application write any? aws logs tail ${logGroupName}`);
}

async function shell(contact: Contact): Promise<Answer> {
  const waits = await noTaskYet(contact);
  if (waits) return waits;
  const tasks = await tasksOf(contact.stack);
  if (tasks.length === 0) return fail('No task runs.');
  const agents = tasks
    .flatMap(({ containers = [] }) => containers)
    .map(({ managedAgents = [] }) => managedAgents.find(({ name }) => name === 'ExecuteCommandAgent'));
  const broken = agents.find((agent) => agent?.lastStatus !== 'RUNNING');
  if (agents.every((agent) => agent?.lastStatus === 'RUNNING')) return pass('Its agent runs in every task.');
  if (broken?.lastStatus === 'PENDING') return look('Its agent is still starting: ask again in a minute.');
  return fail(
    `Its agent does not run: ${[broken?.lastStatus ?? 'a task has none', broken?.reason].filter(Boolean).join(', ')}. ` +
      'A task that was started before ECS Exec was on needs a restart.',
  );
}

async function scaling({ stack }: Contact): Promise<Answer> {
  const { cluster, service } = webService(stack);
  const client = awsClient(ApplicationAutoScalingClient, stack);
  const wanted = { ServiceNamespace: 'ecs', ResourceId: `service/${cluster}/${service}` } as const;
  const pages = paginateDescribeScalingActivities({ client }, wanted);
  const activities = await itemsOf(pages, (page) => page.ScalingActivities);
  const [newest] = activities;
  if (newest?.StatusCode === 'Failed') return fail(`The last change failed: ${newest.StatusMessage ?? ''}`);
  const byLoad = activities.find(({ StatusCode, Cause = '' }) => StatusCode === 'Successful' && /alarm/i.test(Cause));
  if (byLoad) return pass(`${byLoad.Description ?? ''} ${inTokyo(byLoad.StartTime ?? 0)}`);
  return look('No load has changed it yet. CloudWatch: CPUUtilization of the service, and the tasks that it asks for.');
}

/** The web tasks. */
export const WEB: readonly Row[] = [
  {
    sees: "ProofLink's image starts and becomes healthy",
    told: 'deployment and tasks of ECS, targets of the load balancer',
    ask: healthy,
  },
  { sees: 'Its log lines arrive', told: 'newest stream of its log group', ask: logLines },
  {
    sees: 'A shell opens in a task',
    told: 'agent of ECS Exec in every task',
    applies: ({ config }) => config.webService.executeCommand,
    ask: shell,
  },
  {
    sees: 'The number of tasks follows the load',
    told: 'scaling activities; a person, until there was load',
    applies: ({ stack }) => stack.ids('AWS::ApplicationAutoScaling::ScalableTarget').length > 0,
    ask: scaling,
  },
];
