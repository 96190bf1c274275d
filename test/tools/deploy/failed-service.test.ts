import { CloudWatchLogsClient, CreateLogStreamCommand, PutLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { ECSClient, RegisterTaskDefinitionCommand, RunTaskCommand, StopTaskCommand } from '@aws-sdk/client-ecs';
import { type LocalAws, startLocalAws } from '@infra/local-aws';
import { writeAssembly } from '@infra/change-review/testing';
import { Runner } from './runner';

const LOG_GROUP = '/ecs/prooflink-dev-app';
let aws: LocalAws;
let runner: Runner;

const service = (taskDefinition: unknown) => ({
  Cluster: { Type: 'AWS::ECS::Cluster', Properties: { ClusterName: 'cluster' } },
  Logs: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: LOG_GROUP } },
  Task: {
    Type: 'AWS::ECS::TaskDefinition',
    Properties: {
      Family: 'task',
      ContainerDefinitions: [
        {
          Name: 'prooflink-app',
          Image: 'image',
          Memory: 128,
          LogConfiguration: {
            LogDriver: 'awslogs',
            Options: {
              'awslogs-group': { Ref: 'Logs' },
              'awslogs-stream-prefix': 'ecs',
              'awslogs-region': 'ap-northeast-1',
            },
          },
        },
      ],
    },
  },
  Service: {
    Type: 'AWS::ECS::Service',
    Metadata: { 'aws:cdk:path': 'ProoflinkDev/Web/Service/Service' },
    Properties: {
      ServiceName: 'service',
      Cluster: { Ref: 'Cluster' },
      TaskDefinition: taskDefinition,
      DesiredCount: 0,
    },
  },
});
const assembly = (taskDefinition: unknown) =>
  writeAssembly({ stacks: { ProoflinkDev: { resources: service(taskDefinition), template: OUTPUT } } });
const OUTPUT = { Outputs: { ApplicationUrl: { Value: 'http://example.com' } } };

/** A task that ended, as a service's tasks do when its health check fails, and what it had logged. */
async function taskThatEnded(): Promise<void> {
  const client = {
    region: 'ap-northeast-1',
    endpoint: aws.endpoint,
    credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
  };
  const [ecs, logs] = [new ECSClient(client), new CloudWatchLogsClient(client)];
  const containerDefinitions = [{ name: 'prooflink-app', image: 'image', memory: 128, cpu: 10 }];
  await ecs.send(new RegisterTaskDefinitionCommand({ family: 'ended', containerDefinitions }));
  const { tasks = [] } = await ecs.send(
    new RunTaskCommand({ cluster: 'cluster', taskDefinition: 'ended', launchType: 'FARGATE' }),
  );
  const task = tasks[0]?.taskArn ?? '';
  await ecs.send(new StopTaskCommand({ cluster: 'cluster', task, reason: 'Task failed ELB health checks' }));
  const stream = { logGroupName: LOG_GROUP, logStreamName: `ecs/prooflink-app/${task.split('/').at(-1) ?? ''}` };
  await logs.send(new CreateLogStreamCommand(stream));
  const messages = ['> next start', 'no route to postgresql://prooflink:hunter2@db/prooflink', 'giving up'];
  const logEvents = messages.map((message, index) => ({ message, timestamp: Date.now() + index }));
  await logs.send(new PutLogEventsCommand({ ...stream, logEvents }));
}

beforeAll(async () => {
  aws = await startLocalAws({ usedBefore: true });
  // The local CloudFormation needs no change sets.
  const env = {
    ...aws.env,
    STACK: 'ProoflinkDev',
    ENVIRONMENT: 'dev',
    APP_TAG: '',
    BATCH_TAG: '',
    CDK_METHOD: 'direct',
  };
  runner = new Runner('deploy-stack.yml', env);
}, 240_000);

afterAll(async () => {
  await aws.stop();
  runner.remove();
});

it('the workflow’s own steps deploy an assembly, and tell the diff before and the outputs after it', () => {
  runner.download(assembly({ Ref: 'Task' }));
  expect(runner.run('Diff')).toMatchObject({ exitCode: 0 });
  const planned = runner.read('summary');
  expect(planned).toMatch(/^## What a deployment of `ProoflinkDev` would change\n/);
  expect(planned).toMatch(/### The diff to what is deployed[^#]*\[\+\] AWS::ECS::Service Web\/Service\/Service/);
  const deployed = runner.run('Deploy');
  expect(deployed).toMatchObject({ exitCode: 0 });
  expect(runner.run('Summary', { RESULT: 'success' })).toMatchObject({ exitCode: 0 });
  const summary = runner.read('summary').slice(planned.length);
  expect(summary).toMatch(/^## `ProoflinkDev` was deployed\n/);
  expect(summary).toContain('### Outputs\n\n```\nApplicationUrl\n  http://example.com\n```');
}, 240_000);

it('a service that did not start is told with the stopped tasks’ reasons and the last log lines, without secrets', async () => {
  await taskThatEnded();
  // What CloudFormation cannot bring about, so that it fails as a service does, and rolls back.
  runner.download(assembly('task:99'));
  runner.run('Diff');
  expect(runner.run('Deploy').exitCode).toBe(1);
  const { output } = runner.run('Summary', { RESULT: 'failure' });
  expect(output).toContain('## `ProoflinkDev` was not deployed');
  expect(output).toContain('ProoflinkDev/Web/Service/Service');
  expect(output).toContain('Task stopped: Task failed ELB health checks');
  expect(output).toMatch(/> next start\n.*\(hidden value 1\)\n\s+giving up/);
  expect(output).not.toContain('hunter2');
  expect(output).toMatch(/### The diff to what is deployed[^#]*"task:99"/);
}, 240_000);
