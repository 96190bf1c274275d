import { at, deployed, firstDeploy } from '../support/deployed';

describe('while the registry is empty', () => {
  test.each(['dev', 'prod'] as const)('%s has no task, so that the very first deploy succeeds', (environment) => {
    const service = firstDeploy(environment).one('AWS::ECS::Service').properties;
    expect(service['DesiredCount']).toBe(0);
  });

  test('the image reference does not end in a colon, which ECS may refuse', () => {
    const task = firstDeploy('dev').one('AWS::ECS::TaskDefinition', 'Web/TaskDefinition').properties;
    expect(at(task, 'ContainerDefinitions.0.Image')).toMatch(/prooflink-dev-app:latest$/);
  });

  test('prod’s scaling starts no task either', () => {
    const target = firstDeploy('prod').one('AWS::ApplicationAutoScaling::ScalableTarget').properties;
    expect(target).toMatchObject({ MinCapacity: 0, MaxCapacity: 0 });
  });
});

describe('once an image runs', () => {
  test('a deploy leaves prod’s count alone, or a release under load would fall back to two tasks', () => {
    expect(deployed('prod').one('AWS::ECS::Service').properties).not.toHaveProperty('DesiredCount');
  });

  test('prod follows its CPU between two and four tasks', () => {
    const stack = deployed('prod');
    expect(stack.one('AWS::ApplicationAutoScaling::ScalableTarget').properties).toMatchObject({
      MinCapacity: 2,
      MaxCapacity: 4,
    });
    const policy = stack.one('AWS::ApplicationAutoScaling::ScalingPolicy').properties;
    expect(policy['TargetTrackingScalingPolicyConfiguration']).toEqual({
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
    // The listener's ARN tells the load balancer, so that the policy waits until the target group is attached to it.
    expect(resource).toMatch(/Listener|Https/);
    expect(resource).toContain('TargetGroupFullName');
  });
});

test.each(['dev', 'prod'] as const)(
  '%s: a deploy whose tasks do not start is rolled back, and none runs short meanwhile',
  (environment) => {
    expect(deployed(environment).one('AWS::ECS::Service').properties['DeploymentConfiguration']).toMatchObject({
      DeploymentCircuitBreaker: { Enable: true, Rollback: true },
      MinimumHealthyPercent: 100,
      MaximumPercent: 200,
    });
  },
);

describe('a release watches itself', () => {
  const alarms = (stack = deployed('prod')) =>
    at(stack.one('AWS::ECS::Service').properties, 'DeploymentConfiguration.Alarms');

  test('prod: errors or unhealthy targets roll it back, but no alarm that fires until the first release serves', () => {
    expect(alarms()).toEqual({
      AlarmNames: ['unhealthy-targets', 'load-balancer-5xx-while-healthy', 'application-5xx'].map(
        (name) => `prooflink-prod-${name}`,
      ),
      Enable: true,
      Rollback: true,
    });
  });

  test('the alarms are there before the service that names them', () => {
    const names = at(deployed('prod').one('AWS::ECS::Service').resource.Properties, 'DeploymentConfiguration.Alarms');
    expect((names as { AlarmNames: object[] }).AlarmNames.every((name) => 'Ref' in name)).toBe(true);
  });

  test('not the first deploy, which has no task and nothing to turn back to', () => {
    expect(alarms(firstDeploy('prod'))).toMatchObject({ Enable: false });
  });

  test.each(['dev', 'testopen'] as const)(
    'not where there are no alarms, which ECS has to be told, or it keeps those of before: %s',
    (environment) => {
      expect(alarms(deployed(environment))).toEqual({ AlarmNames: [], Enable: false, Rollback: false });
    },
  );
});

test('prod’s tasks stand in both zones', () => {
  const service = deployed('prod').one('AWS::ECS::Service').properties;
  expect(at(service, 'NetworkConfiguration.AwsvpcConfiguration.Subnets')).toEqual([
    'prooflink-prod-subnet-public1-ap-northeast-1a',
    'prooflink-prod-subnet-public2-ap-northeast-1c',
  ]);
});

test('NEXTAUTH_SECRET is 64 letters and digits: a shell or a URL changes nothing in it', () => {
  const { properties } = deployed('dev').one('AWS::SecretsManager::Secret', 'Web/SessionSecret');
  expect(properties['GenerateSecretString']).toEqual({ ExcludePunctuation: true, PasswordLength: 64 });
});

test('the parameters take an image tag and nothing else', () => {
  const { AppImageTag: app, BatchImageTag: batch } = deployed('dev').template.Parameters ?? {};
  expect([app?.Default, batch?.Default]).toEqual(['', 'latest']);
  const [appPattern, batchPattern] = [app, batch].map((parameter) => new RegExp(parameter?.AllowedPattern ?? ''));
  expect(appPattern?.test('') && appPattern.test('2026-01-23.4_a')).toBe(true);
  expect(batchPattern?.test('')).toBe(false);
  expect(['a b', ':latest', '.hidden', 'a'.repeat(129)].filter((tag) => appPattern?.test(tag))).toEqual([]);
});
