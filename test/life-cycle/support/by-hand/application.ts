import type { Action } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { ImageProgram } from '@infra/local-aws';
import type { DomainConfig } from '../../../../lib/config/sections/load-balancer';
import { pushImage } from '../../../../tools/deploy-local/images';
import { sdk } from '../sdk';
import type { Network } from './network';

const TASKS = 'ecs-tasks.amazonaws.com';
const EXECUTION_POLICY = 'arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy';
const FILES = 'arn:aws:s3:::prooflink-*-files-*';

export type Variables = Readonly<Record<string, string>>;

export const nameValue = (variables: Variables) => Object.entries(variables).map(([name, value]) => ({ name, value }));

/** Steps 5 and 12-4: the execution and the task role of `ecs-task` or `batch`; returns their ARNs. */
export async function makeRoles(kind: 'ecs-task' | 'batch'): Promise<{ execution: string; task: string }> {
  const { iam } = sdk;
  const policy = (Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement });
  const trust = policy([{ Effect: 'Allow', Principal: { Service: TASKS }, Action: 'sts:AssumeRole' }]);
  const role = async (RoleName: string) =>
    (await iam.createRole({ RoleName, AssumeRolePolicyDocument: trust })).Role?.Arn ?? '';
  const execution = `prooflink-${kind}-execution-role`;
  const task = kind === 'batch' ? 'prooflink-batch-task-role' : 'prooflink-ecs-task-role';
  const arns = { execution: await role(execution), task: await role(task) };
  await iam.attachRolePolicy({ RoleName: execution, PolicyArn: EXECUTION_POLICY });
  const Action = ['s3:GetObject', 's3:PutObject', 's3:DeleteObject', 's3:ListBucket'];
  const PolicyDocument = policy([{ Sid: 'S3Access', Effect: 'Allow', Action, Resource: [FILES, `${FILES}/*`] }]);
  await iam.putRolePolicy({ RoleName: task, PolicyName: 'ProoflinkECSTaskPolicy', PolicyDocument });
  return arns;
}

/** Steps 6 and 12-5, 7-2 and 12-6: a registry with an image `latest`, and a log group; returns the image's URI. */
export async function makeImage(repositoryName: string, logGroupName: string, program: ImageProgram): Promise<string> {
  const { repository: { repositoryUri: uri = '' } = {} } = await sdk.ecr.createRepository({ repositoryName });
  await pushImage(uri, 'latest', program);
  await sdk.logs.createLogGroup({ logGroupName });
  return `${uri}:latest`;
}

export interface ApplicationProps {
  readonly environment: 'dev' | 'prod';
  readonly network: Network;
  readonly variables: Variables;
  readonly program: ImageProgram;
  readonly domain: DomainConfig | undefined;
}

/** Steps 5 to 10 of the guide: the application behind its load balancer; returns the name of its service. */
export async function makeApplication(props: ApplicationProps): Promise<string> {
  const { environment, network, variables, program, domain } = props;
  const { ecs } = sdk;
  const prefix = `prooflink-${environment}`;
  const [cluster, serviceName] = [`${prefix}-cluster`, `${prefix}-service`];
  const roles = await makeRoles('ecs-task');
  const group = `/ecs/${prefix}-app`;
  const image = await makeImage(`${prefix}-app`, group, program);
  await ecs.createCluster({ clusterName: cluster });
  const { taskDefinition } = await ecs.registerTaskDefinition({
    family: `${prefix}-task`,
    networkMode: 'awsvpc',
    requiresCompatibilities: ['FARGATE'],
    cpu: '512',
    memory: '1024',
    taskRoleArn: roles.task,
    executionRoleArn: roles.execution,
    containerDefinitions: [
      {
        name: 'prooflink-app',
        image,
        portMappings: [{ containerPort: 3000 }],
        environment: nameValue(variables),
        logConfiguration: {
          logDriver: 'awslogs',
          options: { 'awslogs-group': group, 'awslogs-region': 'ap-northeast-1', 'awslogs-stream-prefix': 'ecs' },
        },
      },
    ],
  });
  const targetGroupArn = await makeLoadBalancer(network, domain);
  const { publicSubnets: subnets, groups } = network;
  await ecs.createService({
    cluster,
    serviceName,
    taskDefinition: taskDefinition?.taskDefinitionArn,
    desiredCount: 1,
    launchType: 'FARGATE',
    networkConfiguration: {
      awsvpcConfiguration: { subnets, securityGroups: [groups.ecs], assignPublicIp: 'ENABLED' },
    },
    loadBalancers: [{ targetGroupArn, containerName: 'prooflink-app', containerPort: 3000 }],
  });
  return serviceName;
}

/** Steps 8 to 10; returns the target group's ARN. */
async function makeLoadBalancer({ vpc, publicSubnets, groups }: Network, domain: DomainConfig | undefined) {
  const { elb } = sdk;
  const { TargetGroups: [target] = [] } = await elb.createTargetGroup({
    Name: 'prooflink-tg',
    TargetType: 'ip',
    Protocol: 'HTTP',
    Port: 3000,
    VpcId: vpc,
    HealthCheckPath: '/api/health',
    HealthyThresholdCount: 2,
    UnhealthyThresholdCount: 3,
  });
  const { LoadBalancers: [balancer] = [] } = await elb.createLoadBalancer({
    Name: 'prooflink-alb',
    Subnets: publicSubnets,
    SecurityGroups: [groups.alb],
  });
  const DefaultActions: Action[] = [{ Type: 'forward', TargetGroupArn: target?.TargetGroupArn }];
  const listener = { LoadBalancerArn: balancer?.LoadBalancerArn, DefaultActions };
  if (domain) {
    const { CertificateArn } = await sdk.acm.requestCertificate({
      DomainName: domain.domainName,
      ValidationMethod: 'DNS',
    });
    await elb.createListener({ ...listener, Protocol: 'HTTPS', Port: 443, Certificates: [{ CertificateArn }] });
    const AliasTarget = {
      HostedZoneId: 'Z14GRHDCWA56QT',
      DNSName: balancer?.DNSName,
      EvaluateTargetHealth: false,
    };
    const ResourceRecordSet = { Name: domain.domainName, Type: 'A' as const, AliasTarget };
    await sdk.route53.changeResourceRecordSets({
      HostedZoneId: domain.hostedZoneId,
      ChangeBatch: { Changes: [{ Action: 'CREATE', ResourceRecordSet }] },
    });
  } else {
    await elb.createListener({ ...listener, Protocol: 'HTTP', Port: 80 });
  }
  return target?.TargetGroupArn;
}
