import { Match, Template } from 'aws-cdk-lib/assertions';
import { Alarm, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Repository } from 'aws-cdk-lib/aws-ecr';
import {
  ApplicationLoadBalancer,
  ApplicationProtocol,
  ApplicationTargetGroup,
  TargetType,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Duration, RemovalPolicy, Size } from 'aws-cdk-lib/core';
import { WebService, type WebServiceProps } from '../../lib/constructs/web-service';
import { ImageTags } from '../../lib/image-tags';
import { importSecret, importSecurityGroup, importVpc, names, newStack } from '../support/construct';

const SERVICE = 'AWS::ECS::Service';
const TASK_DEFINITION = 'AWS::ECS::TaskDefinition';
const SCALABLE_TARGET = 'AWS::ApplicationAutoScaling::ScalableTarget';
const SCALING_POLICY = 'AWS::ApplicationAutoScaling::ScalingPolicy';

/** A web service behind a listener of a load balancer. */
function build(props: Partial<WebServiceProps> = {}, rolledBackBy: readonly string[] = []): Template {
  const stack = newStack();
  const vpc = importVpc(stack);
  const securityGroup = importSecurityGroup(stack);
  const targetGroup = new ApplicationTargetGroup(stack, 'TargetGroup', {
    vpc,
    targetType: TargetType.IP,
    protocol: ApplicationProtocol.HTTP,
  });
  const loadBalancer = new ApplicationLoadBalancer(stack, 'LoadBalancer', { vpc, securityGroup });
  loadBalancer.addListener('Http', {
    protocol: ApplicationProtocol.HTTP,
    defaultTargetGroups: [targetGroup],
    open: false,
  });
  const imageTags = new ImageTags(stack, { migrates: props.migration !== undefined, importsUsers: false });
  const web = new WebService(stack, 'Web', {
    names,
    size: { cpu: 512, memory: Size.gibibytes(1) },
    tasks: { mode: 'fixed', desiredCount: 3 },
    zones: 'all',
    containerInsights: false,
    executeCommand: false,
    healthCheckGracePeriod: Duration.seconds(150),
    migration: undefined,
    databaseVariable: undefined,
    settings: undefined,
    cpuArchitecture: 'X86_64',
    vpc,
    subnets: vpc.publicSubnets,
    securityGroup,
    targetGroup,
    repository: Repository.fromRepositoryName(stack, 'Repository', 'test-app'),
    imageTags,
    bucket: Bucket.fromBucketName(stack, 'Bucket', 'files'),
    databaseUrl: importSecret(stack, 'database-url'),
    settingsSecret: undefined,
    applicationUrl: 'https://test.example.com',
    keepAlive: Duration.seconds(65),
    extraEnvironment: {},
    logRetention: RetentionDays.TWO_WEEKS,
    removalPolicy: RemovalPolicy.DESTROY,
    ...props,
  });
  if (rolledBackBy.length > 0) {
    const metric = new Metric({ namespace: 'Test', metricName: 'Errors' });
    const alarms = rolledBackBy.map(
      (alarmName) => new Alarm(stack, alarmName, { alarmName, metric, threshold: 1, evaluationPeriods: 1 }),
    );
    web.rollBackOn(alarms, imageTags);
  }
  return Template.fromStack(stack);
}

const template = build();
const scaled = build({
  tasks: { mode: 'scaled', minCapacity: 3, maxCapacity: 7, targetCpuPercent: 55, targetRequestsPerMinute: 900 },
});

/** The service has these properties for its deployments. */
function deploys(built: Template, configuration: Record<string, unknown>): void {
  built.hasResourceProperties(SERVICE, { DeploymentConfiguration: configuration });
}

const onceThereIsAnImage = (value: unknown) => ({ 'Fn::If': ['HasAppImage', value, 0] });

describe('the number of tasks', () => {
  test('is the configured one where it is fixed, and zero without an image', () => {
    // The very first deploy succeeds with an empty registry.
    template.hasResourceProperties(SERVICE, { DesiredCount: onceThereIsAnImage(3) });
    template.resourceCountIs(SCALABLE_TARGET, 0);
  });

  test('is left alone by a deploy where it is scaled', () => {
    // A release under load would fall back to the configured number.
    scaled.hasResourceProperties(SERVICE, { DesiredCount: onceThereIsAnImage({ Ref: 'AWS::NoValue' }) });
  });

  test('is scaled within the configured bounds, and to zero without an image', () => {
    scaled.hasResourceProperties(SCALABLE_TARGET, {
      MinCapacity: onceThereIsAnImage(3),
      MaxCapacity: onceThereIsAnImage(7),
    });
  });

  test('follows the CPU', () => {
    scaled.hasResourceProperties(SCALING_POLICY, {
      TargetTrackingScalingPolicyConfiguration: {
        PredefinedMetricSpecification: { PredefinedMetricType: 'ECSServiceAverageCPUUtilization' },
        TargetValue: 55,
      },
    });
  });

  test('follows the requests at the target group, too, where a number is configured', () => {
    // The listener's ARN names the load balancer: the policy waits until the target group is attached to it.
    const listener = { Ref: Match.stringLikeRegexp('^LoadBalancerHttp') };
    const [targetGroup = ''] = Object.keys(scaled.findResources('AWS::ElasticLoadBalancingV2::TargetGroup'));
    const loadBalancerName = Match.objectLike({ 'Fn::Select': [1, { 'Fn::Split': ['/', listener] }] });
    scaled.hasResourceProperties(SCALING_POLICY, {
      TargetTrackingScalingPolicyConfiguration: {
        PredefinedMetricSpecification: {
          PredefinedMetricType: 'ALBRequestCountPerTarget',
          ResourceLabel: {
            'Fn::Join': [
              '',
              Match.arrayWith([loadBalancerName, { 'Fn::GetAtt': [targetGroup, 'TargetGroupFullName'] }]),
            ],
          },
        },
        TargetValue: 900,
      },
    });
    scaled.resourceCountIs(SCALING_POLICY, 2);
  });
});

describe('a deployment', () => {
  test('whose tasks do not start is rolled back, and no task is missing meanwhile', () => {
    const DeploymentCircuitBreaker = { Enable: true, Rollback: true };
    deploys(template, { DeploymentCircuitBreaker, MinimumHealthyPercent: 100, MaximumPercent: 200 });
  });

  test('fails, too, if tasks become healthy and die later', () => {
    // By default the circuit breaker counts from zero again once a task is healthy.
    deploys(template, { DeploymentCircuitBreaker: { ResetOnHealthyTask: false } });
  });

  test('without alarms says so', () => {
    // ECS keeps what an update leaves out: alarms that are gone would stay.
    deploys(template, { Alarms: { AlarmNames: [], Enable: false, Rollback: false } });
  });

  test('is rolled back by the given alarms once there is an image', () => {
    // The first deploy has nothing to go back to, and ECS may refuse a rollback on disabled alarms.
    const alarms = ['early', 'late'];
    const AlarmNames = alarms.map((id) => ({ Ref: Match.stringLikeRegexp(`^${id}`) }));
    const hasImage = { 'Fn::If': ['HasAppImage', true, false] };
    deploys(build({}, alarms), { Alarms: { AlarmNames, Enable: hasImage, Rollback: hasImage } });
  });

  test('gives a new task the configured time to start', () => {
    template.hasResourceProperties(SERVICE, { HealthCheckGracePeriodSeconds: 150 });
  });
});

test.each([
  { zones: 'first', subnets: ['subnet-public-a'], rebalancing: 'DISABLED' },
  { zones: 'all', subnets: ['subnet-public-a', 'subnet-public-c'], rebalancing: 'ENABLED' },
] as const)('tasks run in these zones: $zones, rebalancing $rebalancing', ({ zones, subnets, rebalancing }) => {
  // Beside a database in one zone, since traffic between zones costs; or in all, so that one may fail.
  build({ zones }).hasResourceProperties(SERVICE, {
    AvailabilityZoneRebalancing: rebalancing,
    NetworkConfiguration: { AwsvpcConfiguration: { Subnets: subnets, AssignPublicIp: 'ENABLED' } },
  });
});

test('tasks have the service’s tags', () => {
  // ECS passes none on by itself: their costs would be no environment's.
  template.hasResourceProperties(SERVICE, { PropagateTags: 'SERVICE' });
});

test('the service waits for all policies of its roles', () => {
  // A task that starts earlier may not read its secrets.
  const policies = Object.keys(template.findResources('AWS::IAM::Policy'));
  expect(policies).toHaveLength(2);
  const [service] = Object.values(template.findResources(SERVICE)) as { DependsOn: string[] }[];
  expect(service?.DependsOn).toEqual(expect.arrayContaining(policies));
});

test('NEXTAUTH_SECRET is 64 letters and digits: a shell or a URL changes nothing in it', () => {
  template.hasResourceProperties('AWS::SecretsManager::Secret', {
    GenerateSecretString: { ExcludePunctuation: true, PasswordLength: 64 },
  });
});

describe('a migration', () => {
  const migrating = build({ migration: { command: ['node', 'migrate.js'], timeout: Duration.minutes(30) } });
  const tasks = Object.values(migrating.findResources(TASK_DEFINITION)) as {
    readonly Properties: { readonly Family: string; readonly ContainerDefinitions: Record<string, unknown>[] };
  }[];
  const webTask = tasks.find(({ Properties }) => Properties.Family === names.taskFamily);
  const migrationTask = tasks.find(({ Properties }) => Properties.Family === names.migrationFamily);
  const [application] = webTask?.Properties.ContainerDefinitions ?? [];
  const [migration] = migrationTask?.Properties.ContainerDefinitions ?? [];

  test('has a task definition of its own family', () => {
    // The service would take the migration for its newest revision.
    expect(tasks).toHaveLength(2);
    expect(migrationTask).toBeDefined();
  });

  test('runs with the size, processor and roles of a web task', () => {
    const apart = { ContainerDefinitions: [], Family: '' };
    expect({ ...migrationTask?.Properties, ...apart }).toEqual({ ...webTask?.Properties, ...apart });
  });

  test.each(['Name', 'Environment', 'Secrets', 'Essential'])('has the web container’s %s', (property) => {
    expect(migration?.[property]).toEqual(application?.[property]);
  });

  test('runs the image whose tag a release migrates', () => {
    // The image that serves stays meanwhile.
    expect(JSON.stringify(migration?.['Image'])).toContain('MigrationImageTag');
    expect(JSON.stringify(application?.['Image'])).not.toContain('MigrationImageTag');
  });

  test('opens no port', () => {
    expect(migration).not.toHaveProperty('PortMappings');
  });
});
