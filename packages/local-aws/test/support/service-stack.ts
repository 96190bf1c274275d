import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ECS, type Service } from '@aws-sdk/client-ecs';
import { temporaryFolder } from '@infra/common/testing';
import { type Account, CAPABILITIES, type Resources } from './account';
import { prepareAccount } from './containers';
import { until } from './until';

/** Web application that is healthy while its database is awake. */
const PROGRAM = `
const { createServer } = require('node:http');
const { readFileSync } = require('node:fs');
const isAwake = () => readFileSync(process.env.DATABASE, 'utf8') === 'awake';
const server = createServer((_, response) => response.writeHead(isAwake() ? 204 : 503).end());
server.listen(process.env.PORT);`;

export const CRASHING_PROGRAM = `console.error('no such table'); process.exit(1);`;

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

/** State of a service's deployment. */
interface DeploymentState {
  readonly rolloutState: string | undefined;
  readonly runningCount: number | undefined;
  /** Tag of its image. */
  readonly tag: string | undefined;
}

/** A stack with a service, whose image tag and number of tasks are parameters. */
export class ServiceStack {
  readonly ecs: ECS;
  private containers!: Awaited<ReturnType<typeof prepareAccount>>;
  private repository = '';
  private readonly folder = temporaryFolder('service-stack-');
  private readonly databaseFile = join(this.folder, 'database');

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
    writeFileSync(this.databaseFile, state);
  }

  /** Pushes an image of the web application, or of another program. */
  async push(tag: string, program = PROGRAM): Promise<void> {
    const image = await this.containers.push(tag, {
      command: ['-e', program],
      environment: { DATABASE: this.databaseFile },
    });
    this.repository = image.slice(0, -`:${tag}`.length);
  }

  private targetGroup(): Resources {
    return {
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
    };
  }

  private taskDefinition(): Resources {
    const container = {
      Name: 'web',
      Image: { 'Fn::Sub': '${Repository}:${Tag}' },
      PortMappings: [{ ContainerPort: 3000 }],
      LogConfiguration: { LogDriver: 'awslogs', Options: this.containers.logConfiguration.options },
    };
    return {
      Type: 'AWS::ECS::TaskDefinition',
      Properties: {
        Family: this.name,
        NetworkMode: 'awsvpc',
        RequiresCompatibilities: ['FARGATE'],
        Cpu: '256',
        Memory: '512',
        ExecutionRoleArn: this.containers.executionRole,
        ContainerDefinitions: [container],
      },
    };
  }

  private ecsService(circuitBreaker: Resources): Resources {
    const { subnets } = this.containers;
    return {
      Type: 'AWS::ECS::Service',
      Properties: {
        ServiceName: this.name,
        Cluster: { Ref: 'Cluster' },
        LaunchType: 'FARGATE',
        TaskDefinition: { Ref: 'TaskDefinition' },
        DesiredCount: { Ref: 'Count' },
        DeploymentConfiguration: { DeploymentCircuitBreaker: circuitBreaker },
        NetworkConfiguration: { AwsvpcConfiguration: { Subnets: subnets, SecurityGroups: [] } },
        LoadBalancers: [{ TargetGroupArn: { Ref: 'TargetGroup' }, ContainerName: 'web', ContainerPort: 3000 }],
      },
    };
  }

  private template(circuitBreaker: Resources): Resources {
    return {
      Parameters: {
        Tag: { Type: 'String' },
        Repository: { Type: 'String', Default: this.repository },
        Count: { Type: 'Number' },
      },
      Resources: {
        Cluster: { Type: 'AWS::ECS::Cluster', Properties: { ClusterName: this.name } },
        TargetGroup: this.targetGroup(),
        TaskDefinition: this.taskDefinition(),
        Service: this.ecsService(circuitBreaker),
      },
    };
  }

  /** Creates the stack, or updates it; returns its status. */
  async deploy(
    parameters: ServiceParameters,
    circuitBreaker: Resources = CIRCUIT_BREAKER,
  ): Promise<string | undefined> {
    const { cloudFormation } = this.account;
    const stack = {
      StackName: this.name,
      TemplateBody: JSON.stringify(this.template(circuitBreaker)),
      ...CAPABILITIES,
      Parameters: Object.entries(parameters).map(([key, value]: [string, string]) => ({
        ParameterKey: key,
        ParameterValue: value,
      })),
    };
    const exists = (await this.account.statusOf(this.name)) !== undefined;
    await (exists ? cloudFormation.updateStack(stack) : cloudFormation.createStack(stack));
    return await this.account.statusOf(this.name);
  }

  async service(): Promise<Service> {
    const { services = [] } = await this.ecs.describeServices({ cluster: this.name, services: [this.name] });
    return services[0] ?? {};
  }

  async deployment(): Promise<DeploymentState> {
    const { deployments = [], taskDefinition, runningCount } = await this.service();
    const described = await this.ecs.describeTaskDefinition({ taskDefinition });
    const containers = described.taskDefinition?.containerDefinitions ?? [];
    const web = containers.find(({ name }) => name === 'web');
    return {
      rolloutState: deployments[0]?.rolloutState,
      runningCount,
      tag: web?.image?.split(':').at(-1),
    };
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
