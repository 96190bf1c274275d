import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EC2 } from '@aws-sdk/client-ec2';
import { ECS } from '@aws-sdk/client-ecs';
import type { Account, Resources } from './account';
import { prepareAccount } from './containers';

/** Program that runs until its arguments end it. */
const PROGRAM = `
const [mode = 'stay', code] = process.argv.slice(2);
console.log(mode, process.env.VERSION);
if (mode === 'end') process.exit(Number(code));
setInterval(() => undefined, 1000);`;

/** Image with a program in the folder, and a service `shop` without a load balancer. */
export async function openShop(account: Account, directory: string) {
  const containers = await prepareAccount(account.aws);
  const ecs = new ECS(account.client);
  writeFileSync(join(directory, 'program.js'), PROGRAM);
  const program = { directory, entrypoint: ['node', 'program.js'], environment: { VERSION: 'v1' } };
  const image = await containers.push('v1', program);
  const { Subnets = [] } = await new EC2(account.client).describeSubnets({});
  const subnets = [Subnets[0]?.SubnetId ?? ''];
  return { containers, ecs, image, subnets, service: () => shopOf(image, subnets, containers) };
}

function shopOf(
  Image: string,
  Subnets: readonly string[],
  containers: Awaited<ReturnType<typeof prepareAccount>>,
): Resources {
  return {
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
            Image,
            LogConfiguration: { LogDriver: 'awslogs', Options: containers.logConfiguration.options },
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
      },
    },
  };
}
