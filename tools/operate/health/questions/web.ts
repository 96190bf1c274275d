import { ApplicationAutoScaling } from '@aws-sdk/client-application-auto-scaling';
import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import type { Task } from '@aws-sdk/client-ecs';
import { Output } from '../../../../lib/contract';
import { lastPart } from '../../../deployed/deployed-stack';
import { readAll } from '../../../deployed/aws';
import type { Environment } from '../../../deployed/environment';
import { inTokyo } from '../../../deployed/times';
import { cause, has, isRealAws, look, well, when, wrong } from '../question';
import { containerQuestions, type Kind } from './containers';
import { sleep, whileAwake } from './office-hours';

const DAY = 24 * 3_600_000;
const awake = whileAwake();
const execAwake = whileAwake(({ config }) => config.webService.executeCommand && isRealAws());
const scaled = when(has('AWS::ApplicationAutoScaling::ScalableTarget'));
const web: Kind = {
  who: 'web tasks',
  tagOption: '--app',
  container: (environment) => environment.webContainer(),
  fix: (it) => it.redeployCommand,
};

/** From the number of web tasks to what they need. */
export const WEB = [
  cause('wanted', 'Web tasks are wanted within their hours', async (environment) => {
    const { desiredCount = 0, serviceName = '' } = await environment.describeService();
    if (!environment.hasImage || desiredCount > 0) return undefined;
    const night = await sleep(environment);
    if (night?.result === 'asleep') return night;
    const start = environment.config.officeHours
      ? environment.prooflinkCommand('start')
      : scaleTo(countsOf(environment)[0], environment);
    return wrong(`${serviceName} wants 0 web tasks.`, start);
  }),
  ...containerQuestions(web),
];

/** Sets the number of web tasks by hand. */
export function scaleTo(count: number, environment: Environment): string {
  return environment.awsCommand('ecs update-service', `${service(environment)} --desired-count ${count}`);
}
const service = ({ webService: { cluster, service } }: Environment) => `--cluster ${cluster} --service ${service}`;

/** Number of web tasks that the config wants, at least and at most. */
export function countsOf({ config }: Environment): readonly [number, number] {
  const { tasks } = config.webService;
  return tasks.mode === 'fixed' ? [tasks.desiredCount, tasks.desiredCount] : [tasks.minCapacity, tasks.maxCapacity];
}

/** Symptoms that no question before explains. */
export const HEALTH = [
  awake.status('healthy', "ProofLink's image starts and becomes healthy", async (environment) => {
    const {
      desiredCount = 0,
      runningCount = 0,
      deployments = [],
      events = [],
      serviceName = '',
    } = await environment.describeService();
    const { arn, image } = await environment.webContainer();
    const targets = await environment.describeTargets();
    const listed = await environment.describeTasks();
    const states = targets.map(({ TargetHealth }) => TargetHealth?.State ?? '');
    const healthy = states.filter((state) => state === 'healthy').length;
    const ill = targets.filter((_, index) => !['healthy', 'draining', 'initial'].includes(states[index] ?? ''));
    const tag = lastPart(image);
    const counts = `${tag} (${arn.split('/').at(-1) ?? ''}): ${runningCount} of ${desiredCount} tasks run, ${healthy} of ${targets.length} targets healthy`;
    const primary = deployments.find(({ status }) => status === 'PRIMARY');
    const { rolloutState, rolloutStateReason = 'tasks end', failedTasks = 0 } = primary ?? {};
    const isUnderway = rolloutState === 'IN_PROGRESS' && failedTasks === 0;
    if (isUnderway) return look(`A deployment is underway. ${counts}: ask again after it.`);
    const isFailing = rolloutState === 'FAILED' || rolloutState === 'IN_PROGRESS';
    // A local AWS counts a task of an image that has no program, and lists none.
    if (!isFailing && runningCount >= desiredCount && listed.length === 0 && targets.length === 0)
      return look(`${counts}, and ECS lists no task: nothing of it runs here.`);
    const serving = [...new Set(listed.map(({ containers: [one] = [] }) => lastPart(one?.image)))].join(' and ');
    const serves = serving && serving !== tag ? `${serving} serves.` : 'Nothing else serves.';
    const fault = [
      isFailing && `The deployment of ${tag} fails: ${rolloutStateReason}. ${serves}`,
      environment.tag !== tag && `The stack wants ${environment.tag}, and ${tag} runs.`,
      runningCount < desiredCount && `${runningCount} of ${desiredCount} web tasks run.`,
      healthy === 0 && `No target of ${serviceName} is healthy.`,
      ill.length > 0 && `${ill.length} of ${targets.length} targets are not healthy.`,
    ].find((each) => each !== false);
    if (!fault) return well(`${counts}.`);
    const { Reason, Description } =
      ill.find(({ TargetHealth }) => TargetHealth?.State === 'unhealthy')?.TargetHealth ?? {};
    const [event] = events[0]?.message?.split('\n') ?? [];
    const said = [event && `ECS says: ${event}`, Reason, Description, await stoppedReason(environment)];
    const says = said.reduce<string>((all, each) => (each && !all.includes(each) ? `${all} ${each}` : all), fault);
    return wrong(says, await fixOf(environment, says, ill.length > 0));
  }),
  /** `lastEventTimestamp` of a stream is late by up to an hour: the lines themselves are asked for. */
  awake.contact('log-lines', 'Its log lines arrive', async (environment) => {
    const logGroupName = environment.names.logGroups.app;
    const wanted = { logGroupName, startTime: environment.now.getTime() - DAY };
    for await (const { events: [line] = [] } of environment.client(CloudWatchLogs).paginateFilterLogEvents(wanted))
      if (line) return well(`One is of ${inTokyo(line.timestamp ?? 0)}.`);
    return look(
      `No line within a day, though tasks run: does the application write any? aws logs tail ${logGroupName}`,
    );
  }),
  execAwake.contact('shell', 'A shell opens in a task', async (environment) => {
    const containers = (await environment.describeTasks()).flatMap((task) => task.containers ?? []);
    const agents = containers.map((each) => each.managedAgents?.find(({ name }) => name === 'ExecuteCommandAgent'));
    if (agents.length === 0) return wrong('No task runs.');
    const broken = agents.find((agent) => agent?.lastStatus !== 'RUNNING');
    if (agents.every((agent) => agent?.lastStatus === 'RUNNING')) return well('Its agent runs in every task.');
    if (broken?.lastStatus === 'PENDING') return look('Its agent is still starting: ask again in a minute.');
    const why = [broken?.lastStatus ?? 'a task has none', broken?.reason].filter(Boolean).join(', ');
    return wrong(
      `Its agent does not run: ${why}. A task that was started before ECS Exec was on needs a restart.`,
      environment.awsCommand('ecs update-service', `${service(environment)} --force-new-deployment`),
    );
  }),
  scaled.contact('scaling', 'The number of tasks follows the load', async (environment) => {
    const { cluster, service } = environment.webService;
    const wanted = { ServiceNamespace: 'ecs', ResourceId: `service/${cluster}/${service}` } as const;
    const pages = environment.client(ApplicationAutoScaling).paginateDescribeScalingActivities(wanted);
    const activities = await readAll(pages, 'ScalingActivities');
    const [newest] = activities;
    if (newest?.StatusCode === 'Failed') return wrong(`The last change failed: ${newest.StatusMessage ?? ''}`);
    const byLoad = activities.find((each) => each.StatusCode === 'Successful' && /alarm/i.test(each.Cause ?? ''));
    if (byLoad) return well(`${byLoad.Description ?? ''} ${inTokyo(byLoad.StartTime ?? 0)}`);
    return look(
      'No load has changed it yet. CloudWatch: CPUUtilization of the service, and the tasks that it asks for.',
    );
  }),
];

async function fixOf(environment: Environment, says: string, isIll: boolean): Promise<string> {
  const { HealthCheckPath = '', Port = 0 } = await environment.describeTargetGroup();
  const log = `Its log: ${environment.outputs[Output.appLogs] ?? ''}`;
  if (/with these codes/.test(says)) return `the application: it must answer GET ${HealthCheckPath} with 200. ${log}`;
  if (isIll || /health checks/.test(says)) return `the application: it must listen on port ${Port} of 0.0.0.0. ${log}`;
  return `what the application says. ${log}`;
}

/** Why the last task ended; ECS knows it for an hour. */
async function stoppedReason(environment: Environment): Promise<string> {
  const time = ({ stoppedAt, createdAt }: Task) => (stoppedAt ?? createdAt)?.getTime() ?? 0;
  // Tasks that ECS ends by itself, for a new version or a smaller number, are no fault.
  const [last] = (await environment.describeTasks('STOPPED'))
    .filter((task) => !task.stoppedReason?.startsWith('Scaling activity'))
    .sort((one, other) => time(other) - time(one));
  return [last?.stoppedReason, last?.containers?.[0]?.reason].filter(Boolean).join(': ');
}
