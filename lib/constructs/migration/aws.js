'use strict';
// What the migration asks of AWS.

const { CloudFormationClient, paginateDescribeStacks } = require('@aws-sdk/client-cloudformation');
const { CloudWatchLogsClient, GetLogEventsCommand } = require('@aws-sdk/client-cloudwatch-logs');
const { ECRClient, paginateDescribeImages } = require('@aws-sdk/client-ecr');
const ecs = require('@aws-sdk/client-ecs');
const { paginateDescribeDBInstances, RDSClient } = require('@aws-sdk/client-rds');

const MOST_LINES = 20;
/** As many as ECS describes at once. */
const MOST_REVISIONS = 20;
/** By which a task is known as a migration. */
const STARTED_BY = 'migration';

/** How long AWS may take to answer, in milliseconds: the SDK by itself waits for ever. */
const PATIENCE = 10_000;
const requestHandler = { connectionTimeout: PATIENCE, requestTimeout: PATIENCE, throwOnRequestTimeout: true };
const connect = (Client) => new Client({ requestHandler });
const client = connect(ecs.ECSClient);

/** Reads a list to its end. */
async function itemsOf(pages, key) {
  const items = [];
  for await (const page of pages) items.push(...(page[key] ?? []));
  return items;
}

exports.aws = {
  async isRollingBack(StackName) {
    const pages = paginateDescribeStacks({ client: connect(CloudFormationClient) }, { StackName });
    const [stack] = await itemsOf(pages, 'Stacks');
    return /ROLLBACK_IN_PROGRESS$/.test(stack?.StackStatus);
  },

  async revision(arn) {
    const { serviceRevisions = [] } = await client.send(
      new ecs.DescribeServiceRevisionsCommand({ serviceRevisionArns: [arn] }),
    );
    if (!serviceRevisions[0]) throw new Error(`ECS knows no revision ${arn}`);
    return serviceRevisions[0];
  },

  /** What became stable, the newest first. */
  async goodRevisions(cluster, service) {
    const found = [];
    for (let nextToken, more = true; more; more = nextToken !== undefined) {
      const wanted = { cluster, service, status: ['SUCCESSFUL'], nextToken };
      // eslint-disable-next-line aws/all-pages -- the SDK has no paginator for it: the loop is one
      const page = await client.send(new ecs.ListServiceDeploymentsCommand(wanted));
      found.push(...page.serviceDeployments);
      nextToken = page.nextToken;
    }
    const newest = found.sort((one, other) => other.createdAt - one.createdAt).slice(0, MOST_REVISIONS);
    const serviceRevisionArns = newest.map(({ targetServiceRevisionArn }) => targetServiceRevisionArn);
    if (serviceRevisionArns.length === 0) return [];
    const { serviceRevisions = [] } = await client.send(
      new ecs.DescribeServiceRevisionsCommand({ serviceRevisionArns }),
    );
    return serviceRevisionArns
      .map((arn) => serviceRevisions.find(({ serviceRevisionArn }) => serviceRevisionArn === arn))
      .filter(Boolean);
  },

  /** When an image was pushed; `undefined` where the registry has it no more. */
  async pushed(repositoryName, imageId) {
    try {
      const pages = paginateDescribeImages({ client: connect(ECRClient) }, { repositoryName, imageIds: [imageId] });
      const [image] = await itemsOf(pages, 'imageDetails');
      return { digest: image.imageDigest, at: image.imagePushedAt };
    } catch (error) {
      if (error.name === 'ImageNotFoundException') return undefined;
      throw error;
    }
  },

  async databaseStatus(DBInstanceIdentifier) {
    const pages = paginateDescribeDBInstances({ client: connect(RDSClient) }, { DBInstanceIdentifier });
    const [database] = await itemsOf(pages, 'DBInstances');
    return database?.DBInstanceStatus;
  },

  async runningMigrations(cluster) {
    const wanted = { cluster, startedBy: STARTED_BY, desiredStatus: 'RUNNING' };
    const tasks = await itemsOf(ecs.paginateListTasks({ client }, wanted), 'taskArns');
    if (tasks.length === 0) return [];
    return (await client.send(new ecs.DescribeTasksCommand({ cluster, tasks }))).tasks ?? [];
  },

  /** Starts a task of the revision with another command; the token makes a second request find the first one's. */
  async run({ CLUSTER: cluster, CONTAINER: name }, revision, command, { own, token }) {
    const { tasks = [], failures = [] } = await client.send(
      new ecs.RunTaskCommand({
        cluster,
        taskDefinition: revision.taskDefinition,
        launchType: 'FARGATE',
        platformVersion: revision.platformVersion,
        networkConfiguration: revision.networkConfiguration,
        overrides: { containerOverrides: [{ name, command }] },
        startedBy: STARTED_BY,
        group: own,
        clientToken: token,
      }),
    );
    if (!tasks[0]) throw new Error(`ECS started no task: ${failures.map(({ reason }) => reason).join(', ')}`);
    return tasks[0].taskArn;
  },

  async task(cluster, arn) {
    const { tasks = [] } = await client.send(new ecs.DescribeTasksCommand({ cluster, tasks: [arn] }));
    if (!tasks[0]) throw new Error(`ECS knows no task ${arn}`);
    const { lastStatus, stoppedReason, containers = [] } = tasks[0];
    const { exitCode, reason } = containers[0] ?? {};
    return { status: lastStatus, exitCode, reason: [stoppedReason, reason].filter(Boolean).join(': ') };
  },

  stop(cluster, task, reason) {
    return client.send(new ecs.StopTaskCommand({ cluster, task, reason }));
  },

  /** What it printed last; nothing where it never started. */
  async lastLines({ LOG_GROUP: logGroupName, CONTAINER }, task) {
    const logStreamName = `ecs/${CONTAINER}/${task.split('/').at(-1)}`;
    try {
      const { events = [] } = await connect(CloudWatchLogsClient).send(
        // eslint-disable-next-line aws/all-pages -- the last lines are asked for
        new GetLogEventsCommand({ logGroupName, logStreamName, limit: MOST_LINES, startFromHead: false }),
      );
      return events.map(({ message }) => message);
    } catch (error) {
      return [`(the log could not be read: ${error.name})`];
    }
  },
};
