'use strict';
// What the migration asks of AWS.

const { CloudFormationClient, DescribeStacksCommand } = require('@aws-sdk/client-cloudformation');
const { CloudWatchLogsClient, GetLogEventsCommand } = require('@aws-sdk/client-cloudwatch-logs');
const { DescribeImagesCommand, ECRClient } = require('@aws-sdk/client-ecr');
const ecs = require('@aws-sdk/client-ecs');
const { DescribeDBInstancesCommand, RDSClient } = require('@aws-sdk/client-rds');

const MOST_LINES = 20;
/** As many as ECS describes at once. */
const MOST_REVISIONS = 20;
/** By which a task is known as a migration. */
const STARTED_BY = 'migration';

const client = new ecs.ECSClient({});

exports.aws = {
  async isRollingBack(StackName) {
    const { Stacks = [] } = await new CloudFormationClient({}).send(new DescribeStacksCommand({ StackName }));
    return /ROLLBACK_IN_PROGRESS$/.test(Stacks[0]?.StackStatus);
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
    const { serviceDeployments = [] } = await client.send(
      new ecs.ListServiceDeploymentsCommand({ cluster, service, status: ['SUCCESSFUL'] }),
    );
    const newest = serviceDeployments.sort((one, other) => other.createdAt - one.createdAt).slice(0, MOST_REVISIONS);
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
      const { imageDetails = [] } = await new ECRClient({}).send(
        new DescribeImagesCommand({ repositoryName, imageIds: [imageId] }),
      );
      return { digest: imageDetails[0].imageDigest, at: imageDetails[0].imagePushedAt };
    } catch (error) {
      if (error.name === 'ImageNotFoundException') return undefined;
      throw error;
    }
  },

  async databaseStatus(DBInstanceIdentifier) {
    const { DBInstances = [] } = await new RDSClient({}).send(new DescribeDBInstancesCommand({ DBInstanceIdentifier }));
    return DBInstances[0]?.DBInstanceStatus;
  },

  async runningMigrations(cluster) {
    const { taskArns = [] } = await client.send(
      new ecs.ListTasksCommand({ cluster, startedBy: STARTED_BY, desiredStatus: 'RUNNING' }),
    );
    if (taskArns.length === 0) return [];
    return (await client.send(new ecs.DescribeTasksCommand({ cluster, tasks: taskArns }))).tasks ?? [];
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
      const { events = [] } = await new CloudWatchLogsClient({}).send(
        new GetLogEventsCommand({ logGroupName, logStreamName, limit: MOST_LINES, startFromHead: false }),
      );
      return events.map(({ message }) => message);
    } catch (error) {
      return [`(the log could not be read: ${error.name})`];
    }
  },
};
