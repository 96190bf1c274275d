import { ACMClient, RequestCertificateCommand } from '@aws-sdk/client-acm';
import { CloudWatchLogsClient, CreateLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs';
import { CreateRepositoryCommand, ECRClient } from '@aws-sdk/client-ecr';
import {
  CreateClusterCommand,
  CreateServiceCommand,
  ECSClient,
  RegisterTaskDefinitionCommand,
} from '@aws-sdk/client-ecs';
import {
  type Action,
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateTargetGroupCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { AttachRolePolicyCommand, CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { ChangeResourceRecordSetsCommand, Route53Client } from '@aws-sdk/client-route-53';
import type { DomainConfig } from '../../../../lib/config/sections/load-balancer';
import { pushImage } from '../../../../tools/deploy-local/images';
import type { ImageProgram } from '@infra/local-aws';
import type { Network } from './network';

const TASKS = 'ecs-tasks.amazonaws.com';
const EXECUTION_POLICY = 'arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy';
const FILES = 'arn:aws:s3:::prooflink-*-files-*';

/** Steps 5 and 12-4: the execution and the task role of `ecs-task` or `batch`; returns their ARNs. */
export async function makeRoles(kind: 'ecs-task' | 'batch'): Promise<{ execution: string; task: string }> {
  const iam = new IAMClient({});
  const trust = [{ Effect: 'Allow', Principal: { Service: TASKS }, Action: 'sts:AssumeRole' }];
  const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: trust });
  const role = async (RoleName: string) =>
    (await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }))).Role?.Arn ?? '';
  const [execution, task] = [
    `prooflink-${kind}-execution-role`,
    kind === 'batch' ? 'prooflink-batch-task-role' : 'prooflink-ecs-task-role',
  ];
  const arns = { execution: await role(execution), task: await role(task) };
  await iam.send(new AttachRolePolicyCommand({ RoleName: execution, PolicyArn: EXECUTION_POLICY }));
  const Action = ['s3:GetObject', 's3:PutObject', 's3:DeleteObject', 's3:ListBucket'];
  const Statement = [{ Sid: 'S3Access', Effect: 'Allow', Action, Resource: [FILES, `${FILES}/*`] }];
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
  await iam.send(new PutRolePolicyCommand({ RoleName: task, PolicyName: 'ProoflinkECSTaskPolicy', PolicyDocument }));
  return arns;
}

/** Steps 6 and 12-5, 7-2 and 12-6: a registry with an image `latest`, and a log group; returns the image's URI. */
export async function makeImage(repositoryName: string, logGroupName: string, program: ImageProgram): Promise<string> {
  const made = await new ECRClient({}).send(new CreateRepositoryCommand({ repositoryName }));
  const uri = made.repository?.repositoryUri ?? '';
  await pushImage(uri, 'latest', program);
  await new CloudWatchLogsClient({}).send(new CreateLogGroupCommand({ logGroupName }));
  return `${uri}:latest`;
}

export interface ApplicationProps {
  readonly environment: 'dev' | 'prod';
  readonly network: Network;
  readonly variables: Readonly<Record<string, string>>;
  readonly program: ImageProgram;
  readonly domain: DomainConfig | undefined;
}

/** Steps 5 to 10 of the guide: the application behind its load balancer; returns the name of its service. */
export async function makeApplication(props: ApplicationProps): Promise<string> {
  const { environment, network, variables, program, domain } = props;
  const prefix = `prooflink-${environment}`;
  const roles = await makeRoles('ecs-task');
  const group = `/ecs/${prefix}-app`;
  const image = await makeImage(`${prefix}-app`, group, program);
  const ecs = new ECSClient({});
  const cluster = `${prefix}-cluster`;
  await ecs.send(new CreateClusterCommand({ clusterName: cluster }));
  const definition = await ecs.send(
    new RegisterTaskDefinitionCommand({
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
          environment: Object.entries(variables).map(([name, value]) => ({ name, value })),
          logConfiguration: {
            logDriver: 'awslogs',
            options: { 'awslogs-group': group, 'awslogs-region': 'ap-northeast-1', 'awslogs-stream-prefix': 'ecs' },
          },
        },
      ],
    }),
  );
  const targetGroupArn = await makeLoadBalancer(network, domain);
  const service = `${prefix}-service`;
  await ecs.send(
    new CreateServiceCommand({
      cluster,
      serviceName: service,
      taskDefinition: definition.taskDefinition?.taskDefinitionArn,
      desiredCount: 1,
      launchType: 'FARGATE',
      networkConfiguration: {
        awsvpcConfiguration: {
          subnets: [...network.publicSubnets],
          securityGroups: [network.groups.ecs],
          assignPublicIp: 'ENABLED',
        },
      },
      loadBalancers: [{ targetGroupArn, containerName: 'prooflink-app', containerPort: 3000 }],
    }),
  );
  return service;
}

/** Steps 8 to 10; returns the target group's ARN. */
async function makeLoadBalancer({ vpc, publicSubnets, groups }: Network, domain: DomainConfig | undefined) {
  const elb = new ElasticLoadBalancingV2Client({});
  const target = await elb.send(
    new CreateTargetGroupCommand({
      Name: 'prooflink-tg',
      TargetType: 'ip',
      Protocol: 'HTTP',
      Port: 3000,
      VpcId: vpc,
      HealthCheckPath: '/api/health',
      HealthyThresholdCount: 2,
      UnhealthyThresholdCount: 3,
    }),
  );
  const TargetGroupArn = target.TargetGroups?.[0]?.TargetGroupArn ?? '';
  const made = await elb.send(
    new CreateLoadBalancerCommand({ Name: 'prooflink-alb', Subnets: [...publicSubnets], SecurityGroups: [groups.alb] }),
  );
  const { LoadBalancerArn, DNSName = '' } = made.LoadBalancers?.[0] ?? {};
  const forward: Action[] = [{ Type: 'forward', TargetGroupArn }];
  if (!domain) {
    await elb.send(new CreateListenerCommand({ LoadBalancerArn, Protocol: 'HTTP', Port: 80, DefaultActions: forward }));
    return TargetGroupArn;
  }
  const { CertificateArn } = await new ACMClient({}).send(
    new RequestCertificateCommand({ DomainName: domain.domainName, ValidationMethod: 'DNS' }),
  );
  const https = { LoadBalancerArn, Protocol: 'HTTPS' as const, Port: 443, DefaultActions: forward };
  await elb.send(new CreateListenerCommand({ ...https, Certificates: [{ CertificateArn }] }));
  const AliasTarget = { HostedZoneId: 'Z14GRHDCWA56QT', DNSName, EvaluateTargetHealth: false };
  const ResourceRecordSet = { Name: domain.domainName, Type: 'A' as const, AliasTarget };
  await new Route53Client({}).send(
    new ChangeResourceRecordSetsCommand({
      HostedZoneId: domain.hostedZoneId,
      ChangeBatch: { Changes: [{ Action: 'CREATE', ResourceRecordSet }] },
    }),
  );
  return TargetGroupArn;
}
