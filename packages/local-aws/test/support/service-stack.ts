import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ECS, type Service } from '@aws-sdk/client-ecs';
import { temporaryFolder } from '@infra/common/testing';
import type { Account, Resources } from './account';
import { prepareAccount } from './containers';
import { until } from './until';

/** Web application that is healthy while its database is awake. */
const PROGRAM = `
const { readFileSync } = require('node:fs');
const isAwake = () => readFileSync(process.env.DATABASE, 'utf8') === 'awake';
require('node:http').createServer((_, response) => response.writeHead(isAwake() ? 204 : 503).end()).listen(process.env.PORT);`;

export const CRASHES = `console.error('no such table'); process.exit(1);`;

const CIRCUIT_BREAKER = { Enable: true, Rollback: true, ResetOnHealthyTask: false };

/** Parameters of a stack with a service. */
interface ServiceParameters {
  /** Tag of the image. */
  readonly Tag: string;
  /** Repository of the image; that of `push` by default. */
  readonly Repository?: string;
  /** Desired number of tasks. */
  readonly Count: string;
}

/** A stack with a service, whose image tag and number of tasks are parameters. */
export class ServiceStack {
  readonly ecs: ECS;
  private containers!: Awaited<ReturnType<typeof prepareAccount>>;
  private repository = '';
  private readonly folder = temporaryFolder('service-stack-');
  private readonly database = join(this.folder, 'database');

  constructor(
    private readonly account: Account,
    readonly name: string,
  ) {
    this.ecs = new ECS(account.client);
  }

  async prepare(): Promise<void> {
    this.containers = await prepareAccount(this.account);
    this.setDatabase('awake');
    await this.push('v1');
  }

  setDatabase(state: 'awake' | 'asleep'): void {
    writeFileSync(this.database, state);
  }

  /** Pushes an image of the web application, or of another program. */
  async push(tag: string, program = PROGRAM): Promise<void> {
    const image = await this.containers.push(tag, {
      command: ['-e', program],
      environment: { DATABASE: this.database },
    });
    this.repository = image.slice(0, -tag.length - 1);
  }

  /** @param breaker - Circuit breaker of the service's deployments. */
  template(breaker: Resources = CIRCUIT_BREAKER): Resources {
    const { executionRole, subnets, logConfiguration } = this.containers;
    return {
      Parameters: {
        Tag: { Type: 'String' },
        Repository: { Type: 'String', Default: this.repository },
        Count: { Type: 'Number' },
      },
      Resources: {
        Cluster: { Type: 'AWS::ECS::Cluster', Properties: { ClusterName: this.name } },
        TargetGroup: {
          Type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
          Properties: {
            Protocol: 'HTTP',
            Port: 3000,
            TargetType: 'ip',
            VpcId: this.containers.vpc,
            HealthCheckIntervalSeconds: 5,
            HealthCheckTimeoutSeconds: 2,
            HealthyThresholdCount: 2,
            UnhealthyThresholdCount: 2,
            Matcher: { HttpCode: '204' },
            TargetGroupAttributes: [{ Key: 'deregistration_delay.timeout_seconds', Value: '0' }],
          },
        },
        TaskDefinition: {
          Type: 'AWS::ECS::TaskDefinition',
          Properties: {
            Family: this.name,
            NetworkMode: 'awsvpc',
            RequiresCompatibilities: ['FARGATE'],
            Cpu: '256',
            Memory: '512',
            ExecutionRoleArn: executionRole,
            ContainerDefinitions: [
              {
                Name: 'web',
                Image: { 'Fn::Sub': '${Repository}:${Tag}' },
                PortMappings: [{ ContainerPort: 3000 }],
                LogConfiguration: { LogDriver: 'awslogs', Options: logConfiguration.options },
              },
            ],
          },
        },
        Service: {
          Type: 'AWS::ECS::Service',
          Properties: {
            ServiceName: this.name,
            Cluster: { Ref: 'Cluster' },
            LaunchType: 'FARGATE',
            TaskDefinition: { Ref: 'TaskDefinition' },
            DesiredCount: { Ref: 'Count' },
            DeploymentConfiguration: { DeploymentCircuitBreaker: breaker },
            NetworkConfiguration: { AwsvpcConfiguration: { Subnets: subnets, SecurityGroups: [] } },
            LoadBalancers: [{ TargetGroupArn: { Ref: 'TargetGroup' }, ContainerName: 'web', ContainerPort: 3000 }],
          },
        },
        Later: {
          Type: 'AWS::Logs::LogGroup',
          DependsOn: 'Service',
          Properties: { LogGroupName: { 'Fn::Sub': `${this.name}-\${Tag}` } },
        },
      },
    };
  }

  /** Creates the stack, or updates it; returns its status. */
  async deploy(parameters: ServiceParameters, breaker?: Resources): Promise<string | undefined> {
    const input = {
      StackName: this.name,
      TemplateBody: JSON.stringify(this.template(breaker)),
      Parameters: Object.entries(parameters).map(([ParameterKey, ParameterValue]: [string, string]) => ({
        ParameterKey,
        ParameterValue,
      })),
    };
    const exists = (await this.account.statusOf(this.name)) !== undefined;
    await (exists ? this.account.cloudFormation.updateStack(input) : this.account.cloudFormation.createStack(input));
    return await this.account.statusOf(this.name);
  }

  async service(): Promise<Service> {
    const { services = [] } = await this.ecs.describeServices({ cluster: this.name, services: [this.name] });
    return services[0] ?? {};
  }

  /** State of the service's deployment, its number of tasks that run, and the tag of its image. */
  async deployment(): Promise<{ rolloutState?: string; runningCount?: number; tag?: string }> {
    const { deployments: [primary] = [], taskDefinition, runningCount } = await this.service();
    const described = await this.ecs.describeTaskDefinition({ taskDefinition });
    const [container] = described.taskDefinition?.containerDefinitions ?? [];
    return { rolloutState: primary?.rolloutState, runningCount, tag: container?.image?.split(':').at(-1) };
  }

  /** Ends all tasks as office hours do. */
  async stopTasks(): Promise<void> {
    await this.ecs.updateService({ cluster: this.name, service: this.name, desiredCount: 0 });
    await until(
      () => this.service(),
      ({ deployments = [] }) => deployments[0]?.rolloutState === 'COMPLETED',
    );
  }
}
