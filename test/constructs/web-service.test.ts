import { Part } from '../../lib/contract';
import { at, deployed, firstDeploy } from '../support/deployed';
import { everyEnvironment, type TestEnvironment } from '../support/environments';

describe('while the registry is empty', () => {
  test.each(['dev', 'prod'] as const)('%s has no task, so that the very first deploy succeeds', (environment) => {
    expect(firstDeploy(environment).partAt(Part.webService, 'DesiredCount')).toBe(0);
  });

  test('the image reference does not end in a colon, which ECS may refuse', () => {
    expect(firstDeploy('dev').partAt(Part.webTaskDefinition, 'ContainerDefinitions.0.Image')).toMatch(
      /prooflink-dev-app:latest$/,
    );
  });

  test('prod’s scaling starts no task either', () => {
    expect(firstDeploy('prod').part(Part.scalableTarget).properties).toMatchObject({ MinCapacity: 0, MaxCapacity: 0 });
  });
});

describe('once an image runs', () => {
  // A deploy leaves prod's count alone, or a release under load would fall back to two tasks: test/guide, 5.3.
  test('prod follows its CPU between two and four tasks', () => {
    const stack = deployed('prod');
    expect(stack.part(Part.scalableTarget).properties).toMatchObject({ MinCapacity: 2, MaxCapacity: 4 });
    const path = 'TargetTrackingScalingPolicyConfiguration';
    expect(stack.partAt(Part.cpuScalingPolicy, path)).toEqual({
      PredefinedMetricSpecification: { PredefinedMetricType: 'ECSServiceAverageCPUUtilization' },
      TargetValue: 60,
    });
  });

  describe('scaling follows the requests beside the CPU', () => {
    const policies = deployed('testopen').all('AWS::ApplicationAutoScaling::ScalingPolicy');
    const tracking = policies.map(({ properties }) => at(properties, 'TargetTrackingScalingPolicyConfiguration'));
    const onRequests = tracking.filter((policy) => {
      return at(policy, 'PredefinedMetricSpecification.PredefinedMetricType') === 'ALBRequestCountPerTarget';
    });

    test('by one policy with the configured number a minute', () => {
      expect(onRequests.map((policy) => at(policy, 'TargetValue'))).toEqual([600]);
    });

    test('counted at the target group that the load balancer forwards to', () => {
      const label = at(onRequests[0], 'PredefinedMetricSpecification.ResourceLabel');
      // The listener's ARN names the load balancer, so that the policy waits until the target group is attached to it.
      expect(JSON.stringify(label)).toMatch(/(Listener|Https).*TargetGroupFullName/);
    });
  });
});

test.each(['dev', 'prod'] as const)(
  '%s: a deploy whose tasks do not start is rolled back, and none runs short meanwhile',
  (environment) => {
    expect(deployed(environment).partAt(Part.webService, 'DeploymentConfiguration')).toMatchObject({
      DeploymentCircuitBreaker: { Enable: true, Rollback: true },
      MinimumHealthyPercent: 100,
      MaximumPercent: 200,
    });
  },
);

test.each(Object.keys(everyEnvironment) as TestEnvironment[])(
  '%s: the application keeps idle connections for longer than the load balancer, which else answers 502 to some requests',
  (environment) => {
    const stack = deployed(environment);
    const attributes = stack.partAt(Part.loadBalancer, 'LoadBalancerAttributes') as { Key: string; Value: string }[];
    const idleTimeout = attributes.find(({ Key }) => Key === 'idle_timeout.timeout_seconds');
    const keepAlive = stack.partAt(
      Part.webTaskDefinition,
      'ContainerDefinitions.0.Environment.KEEP_ALIVE_TIMEOUT.Value',
    );
    const idleMilliseconds = 1000 * Number(idleTimeout?.Value);
    expect(Number(keepAlive)).toBeGreaterThan(idleMilliseconds);
  },
);

test.each(['dev', 'prod'] as const)(
  '%s: tasks that become healthy and die later fail a deployment, too: the circuit breaker never counts from zero again',
  (environment) => {
    const breaker = 'DeploymentConfiguration.DeploymentCircuitBreaker.ResetOnHealthyTask';
    expect(deployed(environment).partAt(Part.webService, breaker)).toBe(false);
  },
);

describe('a release watches itself', () => {
  const alarms = (stack = deployed('prod')) => stack.partAt(Part.webService, 'DeploymentConfiguration.Alarms');

  test('prod: errors or unhealthy targets roll it back, but no alarm that fires until the first release serves', () => {
    const names = ['unhealthy-targets', 'load-balancer-5xx-while-healthy', 'application-5xx'];
    expect(alarms()).toEqual({
      AlarmNames: names.map((name) => `prooflink-prod-${name}`),
      Enable: true,
      Rollback: true,
    });
  });

  test('the alarms are there before the service that names them', () => {
    const { resource } = deployed('prod').part(Part.webService);
    const names = at(resource.Properties, 'DeploymentConfiguration.Alarms.AlarmNames') as object[];
    expect(names.filter((name) => !('Ref' in name))).toEqual([]);
  });

  test('not the first deploy, which has no task and no earlier release: ECS may refuse a rollback on disabled alarms', () => {
    expect(alarms(firstDeploy('prod'))).toMatchObject({ Enable: false, Rollback: false });
  });

  test.each(['dev', 'testopen'] as const)(
    'not where there are no alarms, which ECS must be given explicitly, or it keeps those of before: %s',
    (environment) => {
      expect(alarms(deployed(environment))).toEqual({ AlarmNames: [], Enable: false, Rollback: false });
    },
  );
});

test.each([
  {
    environment: 'dev',
    zones: 'that of its database, since traffic between zones costs',
    subnets: ['prooflink-dev-subnet-public1-ap-northeast-1a'],
  },
  {
    environment: 'prod',
    zones: 'both, so that one zone may fail',
    subnets: ['prooflink-prod-subnet-public1-ap-northeast-1a', 'prooflink-prod-subnet-public2-ap-northeast-1c'],
  },
] as const)('the tasks of $environment run in these zones: $zones', ({ environment, subnets }) => {
  const path = 'NetworkConfiguration.AwsvpcConfiguration.Subnets';
  expect(deployed(environment).partAt(Part.webService, path)).toEqual(subnets);
});

test.each(['dev', 'prod'] as const)(
  '%s: tasks have the service’s tags, which ECS does not pass on by itself: their costs would be no environment’s',
  (environment) => {
    expect(deployed(environment).partAt(Part.webService, 'PropagateTags')).toBe('SERVICE');
  },
);

test('NEXTAUTH_SECRET is 64 letters and digits: a shell or a URL changes nothing in it', () => {
  const secret = deployed('dev').partAt(Part.sessionSecret, 'GenerateSecretString');
  expect(secret).toEqual({ ExcludePunctuation: true, PasswordLength: 64 });
});

describe('the parameters', () => {
  const { AppImageTag: appImageTag, BatchImageTag: batchImageTag } = deployed('dev').template.Parameters ?? {};
  const patternOfApp = new RegExp(appImageTag?.AllowedPattern ?? '');
  const patternOfBatch = new RegExp(batchImageTag?.AllowedPattern ?? '');

  test('have no web image and the latest import by default', () => {
    expect(appImageTag?.Default).toBe('');
    expect(batchImageTag?.Default).toBe('latest');
  });

  test('take an image tag', () => {
    expect('2026-01-23.4_a').toMatch(patternOfApp);
    expect('2026-01-23.4_a').toMatch(patternOfBatch);
  });

  test('take no web image, under which no task runs, but always one of the import', () => {
    expect('').toMatch(patternOfApp);
    expect('').not.toMatch(patternOfBatch);
  });

  test.each([
    { title: 'a space', tag: 'a b' },
    { title: 'a colon', tag: ':latest' },
    { title: 'a dot at its beginning', tag: '.hidden' },
    { title: '129 characters', tag: 'a'.repeat(129) },
  ])('refuse a tag with $title: ECR has none', ({ tag }) => {
    expect(tag).not.toMatch(patternOfApp);
    expect(tag).not.toMatch(patternOfBatch);
  });
});
