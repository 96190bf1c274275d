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

  test('scaling follows the requests beside the CPU, counted at the target group that the load balancer forwards to', () => {
    const [label, ...others] = deployed('testopen')
      .all('AWS::ApplicationAutoScaling::ScalingPolicy')
      .map((policy) => at(policy.properties, 'TargetTrackingScalingPolicyConfiguration'))
      .filter((one) => at(one, 'PredefinedMetricSpecification.PredefinedMetricType') === 'ALBRequestCountPerTarget');
    expect(others).toEqual([]);
    expect(at(label, 'TargetValue')).toBe(600);
    const resource = JSON.stringify(at(label, 'PredefinedMetricSpecification.ResourceLabel'));
    // The listener's ARN names the load balancer, so that the policy waits until the target group is attached to it.
    expect(resource).toMatch(/(Listener|Https).*TargetGroupFullName/);
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
    const idleTimeout = attributes.find(({ Key }) => Key === 'idle_timeout.timeout_seconds')?.Value;
    const variables = stack.partAt(Part.webTaskDefinition, 'ContainerDefinitions.0.Environment');
    const keepAlive = (variables as { Name: string; Value: string }[]).find(
      ({ Name }) => Name === 'KEEP_ALIVE_TIMEOUT',
    );
    expect(Number(keepAlive?.Value)).toBeGreaterThan(1000 * Number(idleTimeout));
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
    const names = at(
      deployed('prod').part(Part.webService).resource.Properties,
      'DeploymentConfiguration.Alarms.AlarmNames',
    );
    expect((names as object[]).every((name) => 'Ref' in name)).toBe(true);
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
  ['dev', ['public1-ap-northeast-1a']],
  ['prod', ['public1-ap-northeast-1a', 'public2-ap-northeast-1c']],
] as const)(
  '%s’s tasks run in these zones: in dev beside the database, since traffic between zones costs: %s',
  (name, subnets) => {
    expect(deployed(name).partAt(Part.webService, 'NetworkConfiguration.AwsvpcConfiguration.Subnets')).toEqual(
      subnets.map((subnet) => `prooflink-${name}-subnet-${subnet}`),
    );
  },
);

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

test('the parameters take an image tag and nothing else', () => {
  const { AppImageTag: app, BatchImageTag: batch } = deployed('dev').template.Parameters ?? {};
  expect([app?.Default, batch?.Default]).toEqual(['', 'latest']);
  const [appPattern, batchPattern] = [app, batch].map((parameter) => new RegExp(parameter?.AllowedPattern ?? ''));
  expect(appPattern?.test('') && appPattern.test('2026-01-23.4_a')).toBe(true);
  expect(batchPattern?.test('')).toBe(false);
  expect(['a b', ':latest', '.hidden', 'a'.repeat(129)].filter((tag) => appPattern?.test(tag))).toEqual([]);
});
