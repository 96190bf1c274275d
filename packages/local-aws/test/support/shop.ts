import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DescribeSubnetsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { DescribeTasksCommand, ECSClient, ListTasksCommand, type Task } from '@aws-sdk/client-ecs';
import type { Account, Resources } from './account';
import { prepareAccount } from './containers';
import { functionWith } from './resources';

/** Stays, unless it is told to end. */
const PROGRAM = `
const [how = 'stay', code] = process.argv.slice(2);
console.log(how, process.env.VERSION);
if (how === 'end') process.exit(Number(code));
setInterval(() => undefined, 1000);`;

/** Wants to be asked twice, and lets the way back pass. */
const HOOK = `
let refused = false;
exports.handler = async (event) => {
  console.log(JSON.stringify(event));
  if (refused) return { hookStatus: 'SUCCEEDED' };
  refused = Boolean(event.hookDetails) && process.env.ANSWER !== 'SUCCEEDED';
  if (event.hookDetails) return { hookStatus: process.env.ANSWER };
  return { hookStatus: 'IN_PROGRESS', callBackDelay: 6, hookDetails: { asked: 'once' } };
};`;

export interface Variant {
  readonly version?: string;
  readonly answer?: string;
  /** What ECS may do with the role that stands beside the function. */
  readonly may?: string;
}

/** The images, in a folder, of a service `shop` without a load balancer, which asks a function first. */
export async function openShop(account: Account, directory: string) {
  const containers = await prepareAccount(account.aws);
  const ecs = new ECSClient(account.client);
  const images: Record<string, string> = {};
  writeFileSync(join(directory, 'program.js'), PROGRAM);
  for (const version of ['v1', 'v2']) {
    const program = { directory, entrypoint: ['node', 'program.js'], environment: { VERSION: version } };
    images[version] = await containers.push(version, program);
  }
  const { Subnets = [] } = await new EC2Client(account.client).send(new DescribeSubnetsCommand({}));
  const subnets = [Subnets[0]?.SubnetId ?? ''];

  async function runningTasks(): Promise<Task[]> {
    const { taskArns = [] } = await ecs.send(new ListTasksCommand({ cluster: 'shop' }));
    if (taskArns.length === 0) return [];
    const { tasks = [] } = await ecs.send(new DescribeTasksCommand({ cluster: 'shop', tasks: taskArns }));
    return tasks.filter(({ lastStatus, group }) => lastStatus === 'RUNNING' && group === 'service:shop');
  }

  const service = (variant: Variant = {}) => shopOf(images, subnets, containers, variant);
  return { containers, ecs, images, subnets, service, runningTasks };
}

function shopOf(
  images: Readonly<Record<string, string>>,
  Subnets: readonly string[],
  containers: Awaited<ReturnType<typeof prepareAccount>>,
  { version = 'v1', answer = 'SUCCEEDED', may = 'lambda:InvokeFunction' }: Variant,
): Resources {
  const policy = (statement: object) => ({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...statement }] });
  const logsOnly = { PolicyName: 'logs', PolicyDocument: policy({ Action: 'logs:*', Resource: '*' }) };
  const function_ = functionWith(
    { Policies: [logsOnly] },
    { FunctionName: 'hook', Code: { ZipFile: HOOK }, Environment: { Variables: { ANSWER: answer } } },
  );
  return {
    ...function_,
    Caller: {
      Type: 'AWS::IAM::Role',
      Properties: {
        RoleName: 'caller',
        AssumeRolePolicyDocument: policy({ Principal: { Service: 'ecs.amazonaws.com' }, Action: 'sts:AssumeRole' }),
        Policies: [{ PolicyName: 'call', PolicyDocument: policy({ Action: may, Resource: '*' }) }],
      },
    },
    Cluster: { Type: 'AWS::ECS::Cluster', Properties: { ClusterName: 'shop' } },
    Definition: {
      Type: 'AWS::ECS::TaskDefinition',
      Properties: {
        Family: 'shop',
        NetworkMode: 'awsvpc',
        RequiresCompatibilities: ['FARGATE'],
        Cpu: '256',
        Memory: '512',
        ExecutionRoleArn: containers.executionRole,
        ContainerDefinitions: [
          {
            Name: 'web',
            Image: images[version],
            LogConfiguration: {
              LogDriver: 'awslogs',
              Options: containers.logConfiguration.options,
            },
          },
        ],
      },
    },
    Service: {
      Type: 'AWS::ECS::Service',
      Properties: {
        ServiceName: 'shop',
        Cluster: { Ref: 'Cluster' },
        TaskDefinition: { Ref: 'Definition' },
        DesiredCount: 1,
        LaunchType: 'FARGATE',
        NetworkConfiguration: { AwsvpcConfiguration: { Subnets, SecurityGroups: [] } },
        DeploymentConfiguration: {
          LifecycleHooks: [
            {
              HookTargetArn: { 'Fn::GetAtt': ['Function', 'Arn'] },
              RoleArn: { 'Fn::GetAtt': ['Caller', 'Arn'] },
              LifecycleStages: ['PRE_SCALE_UP'],
            },
          ],
        },
      },
    },
  };
}
