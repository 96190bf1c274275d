import type { EnvironmentConfig } from '../../lib/config/environment';
import { Part } from '../../lib/contract';
import { template } from '../support/assembly';
import { at, type Deployed, deployed } from '../support/deployed';
import { everyEnvironment } from '../support/environments';
import { pathOf, text } from '../support/template';

// Rules between constructs; test/constructs has those of each by itself.

type Environment = keyof typeof everyEnvironment;

const environments = Object.keys(everyEnvironment) as Environment[];

/** Environments in which a rule does not hold: a red test names them. */
function environmentsWhere(isBroken: (stack: Deployed, config: EnvironmentConfig) => boolean): Environment[] {
  return environments.filter((name) => isBroken(deployed(name), everyEnvironment[name]));
}

/** Construct paths of all resources. */
function pathsIn(stack: Deployed): string[] {
  return Object.values(stack.template.Resources).map(pathOf);
}

/** Logical ids on which a resource depends, through others, too. */
function dependenciesOf(stack: Deployed, logicalId: string): string[] {
  const { DependsOn: direct = [] } = stack.template.Resources[logicalId] ?? {};
  return [direct].flat().flatMap((dependency) => [dependency, ...dependenciesOf(stack, dependency)]);
}

describe('a section of the config that is undefined makes no resource', () => {
  test.each<{ construct: string; section: (config: EnvironmentConfig) => object | undefined }>([
    { construct: 'Firewall', section: ({ loadBalancer }) => loadBalancer.firewall },
    { construct: 'LoadBalancer/Edge', section: ({ loadBalancer }) => loadBalancer.edge && {} },
    { construct: 'LoadBalancer/Domain', section: ({ loadBalancer }) => loadBalancer.domain },
    { construct: 'Settings', section: ({ webService, userImport }) => webService.settings ?? userImport?.settings },
    { construct: 'Web/Migration', section: ({ webService }) => webService.migration },
    { construct: 'UserImport', section: ({ userImport }) => userImport },
    { construct: 'Alarms', section: ({ alarms }) => alarms },
    { construct: 'Alarms/FailedImports', section: ({ alarms, userImport }) => alarms && userImport },
    { construct: 'Budget', section: ({ budget }) => budget },
    { construct: 'OfficeHours', section: ({ officeHours }) => officeHours },
  ])('$construct', ({ construct, section }) => {
    // Anything that is left costs, or waits for what is not there.
    const isIn = (path: string) => path === construct || path.startsWith(`${construct}/`);
    const broken = environmentsWhere((stack, config) => pathsIn(stack).some(isIn) !== (section(config) !== undefined));
    expect(broken).toEqual([]);
  });
});

test('CloudFront gets its origin once the VPC has an internet gateway', () => {
  // It takes no origin of a VPC without one.
  const stack = deployed('testweekdays');
  const resources = Object.entries(stack.template.Resources);
  const idOf = (path: string) => resources.find(([, resource]) => pathOf(resource) === path)?.[0] ?? '';
  const origin = idOf('LoadBalancer/Edge/Resource/Origin1/VpcOrigin');
  expect(dependenciesOf(stack, origin)).toContain(idOf('Network/Vpc/VPCGW'));
});

test('behind CloudFront, the load balancer is internal and in private subnets', () => {
  // An internet-facing one would have two public addresses, which cost, and let users past CloudFront.
  const { properties } = deployed('testweekdays').part(Part.loadBalancer);
  const place = 'prooflink-testweekdays-subnet-private';
  const Subnets = [`${place}1-ap-northeast-1a`, `${place}2-ap-northeast-1c`];
  expect(properties).toMatchObject({ Scheme: 'internal', Subnets });
});

test('a domain at its zone’s own name has its record, and proves its certificate, in that zone', () => {
  // In another zone nobody finds the record, and the deploy waits for the certificate in vain.
  const stack = deployed('testopen');
  const zone = { HostedZoneId: 'Z0123456789EXAMPLE00' };
  expect(stack.part(Part.domainRecord).properties).toMatchObject({ ...zone, Name: 'example.com.' });
  expect(stack.part(Part.certificate).properties).toMatchObject({
    DomainName: 'example.com',
    // A team may add names.
    DomainValidationOptions: expect.arrayContaining([{ ...zone, DomainName: 'example.com' }]) as unknown,
  });
});

test('the secret of the settings is generated once, as an object without a setting', () => {
  // With another recipe CloudFormation would write over what people have set.
  const { properties } = deployed('testopen').part(Part.settingsSecret);
  expect(properties['GenerateSecretString']).toEqual({ SecretStringTemplate: '{}', GenerateStringKey: 'unused' });
});

test('a scheduled import is submitted to the queue of imports at Japan’s time, with the key to read', () => {
  const { properties } = deployed('testweekdays').part(Part.importSchedule);
  expect(properties).toMatchObject({
    ScheduleExpression: 'cron(30 10 ? * MON-FRI *)',
    ScheduleExpressionTimezone: 'Asia/Tokyo',
    // No retry reaches into the night.
    Target: {
      Arn: 'arn:aws:scheduler:::aws-sdk:batch:submitJob',
      RetryPolicy: { MaximumRetryAttempts: 3, MaximumEventAgeInSeconds: 900 },
    },
  });
  expect(JSON.parse(text(at(properties, 'Target.Input')))).toEqual({
    JobName: 'user-import',
    JobQueue: 'prooflink-testweekdays-job-queue',
    JobDefinition: 'prooflink-testweekdays-user-import',
    ContainerOverrides: { Environment: [{ Name: 'IMPORT_FILE_KEY', Value: 'imports/users.csv' }] },
  });
});

test('an environment without a user import has no role, right, variable, command or alarm for one', () => {
  const words = ['-batch-', 'StartImports', 'BATCH_JOB', 'SubmitImport', 'import-failed'];
  const templateText = JSON.stringify(template('testlean'));
  expect(words.filter((word) => templateText.includes(word))).toEqual([]);
});

test('findings are mailed of both registries where images are scanned, else of none', () => {
  const registries = (environment: 'prod' | 'testlean') => {
    const rules = deployed(environment).all('AWS::Events::Rule');
    return rules.flatMap(({ properties }) => at(properties, 'EventPattern.detail.repository-name') ?? []);
  };
  expect(registries('prod')).toEqual(expect.arrayContaining(['prooflink-prod-app', 'prooflink-prod-batch']));
  expect(registries('testlean')).toEqual([]);
});

describe('a first deploy of prod whose certificate fails', () => {
  const stack = deployed('prod');
  const certificate = stack.part(Part.certificate).logicalId;

  test('has made no database yet, which could not be deleted', () => {
    expect(dependenciesOf(stack, stack.part(Part.database).logicalId)).toContain(certificate);
  });

  test('has made no folder yet: a bucket that is not empty stops the rollback', () => {
    const folders = stack.all('Custom::AWS').filter(({ path }) => path.startsWith('FileStorage/Folders/'));
    expect(folders).toHaveLength(4);
    for (const { logicalId } of folders) expect(dependenciesOf(stack, logicalId)).toContain(certificate);
  });
});

describe('custom resources of our constructs', () => {
  const OURS = /^Custom::(AWS|S3AutoDeleteObjects|VpcRestrictDefaultSG)$/;

  /** A team's own wait for what it wants, and log where it wants, even below the bucket, as notifications do. */
  const customResourcesOf = (stack: Deployed) =>
    Object.values(stack.template.Resources).filter(
      (resource) => OURS.test(resource.Type) && /^(Network|FileStorage)\//.test(pathOf(resource)),
    );

  /** Logical ids of the roles of their functions. */
  const rolesOf = (stack: Deployed) =>
    customResourcesOf(stack).map(({ Properties }) => {
      const functionId = at(Properties, 'ServiceToken.Fn::GetAtt.0') as string;
      return at(stack.template.Resources[functionId]?.Properties, 'Role.Fn::GetAtt.0') as string;
    });

  test('wait for the database, which takes minutes', () => {
    // The rights of a role that was just made are not in force at once.
    const broken = environmentsWhere((stack) => {
      const database = stack.part(Part.database).logicalId;
      const resources = customResourcesOf(stack);
      return resources.length < 5 || resources.some(({ DependsOn = [] }) => !DependsOn.includes(database));
    });
    expect(broken).toEqual([]);
  });

  test('have functions that cannot make a log group', () => {
    // A late line would make the deleted group anew, whose name fails the next deploy.
    const mayCreate = /logs:CreateLogGroup|AWSLambdaBasicExecutionRole/;
    const broken = environmentsWhere((stack) => {
      const roles = rolesOf(stack).map((id) => stack.template.Resources[id]);
      return mayCreate.test(JSON.stringify(roles));
    });
    expect(broken).toEqual([]);
  });

  test('have functions whose roles have their rights inline', () => {
    // A policy of its own could be created after the first call.
    const broken = environmentsWhere((stack) => {
      const policies = JSON.stringify(
        stack.all('AWS::IAM::Policy').map(({ logicalId }) => stack.template.Resources[logicalId]),
      );
      const isWrong = (id: string) =>
        at(stack.template.Resources[id]?.Properties, 'Policies') === undefined || policies.includes(`"Ref":"${id}"`);
      return rolesOf(stack).some(isWrong);
    });
    expect(broken).toEqual([]);
  });
});

test.each([Part.webService, Part.jobQueue])('$path is deleted before dev’s bucket is emptied', (writer) => {
  // A file that it writes later would stop the deletion.
  const stack = deployed('dev');
  expect(stack.part(writer).resource.DependsOn).toContain(stack.part(Part.emptiedBucket).logicalId);
});

test('the application keeps idle connections for longer than the load balancer', () => {
  // Otherwise the load balancer sends requests on connections that are just closed, and answers 502.
  const broken = environmentsWhere((stack) => {
    const attributes = stack.partAt(Part.loadBalancer, 'LoadBalancerAttributes') as { Key: string; Value: string }[];
    const idleTimeout = attributes.find(({ Key }) => Key === 'idle_timeout.timeout_seconds')?.Value;
    const keepAlive = 'ContainerDefinitions.0.Environment.KEEP_ALIVE_TIMEOUT.Value';
    return !(Number(stack.partAt(Part.webTaskDefinition, keepAlive)) > 1000 * Number(idleTimeout));
  });
  expect(broken).toEqual([]);
});

test('the number of tasks follows the requests at the target group, too, where a number is configured', () => {
  // The listener's ARN names the load balancer: the policy waits until the target group is attached to it.
  const policies = deployed('testopen')
    .all('AWS::ApplicationAutoScaling::ScalingPolicy')
    .map(({ properties }) => properties);
  const requests = policies.map((policy) => at(policy, 'TargetTrackingScalingPolicyConfiguration'));
  expect(requests).toContainEqual({
    PredefinedMetricSpecification: {
      PredefinedMetricType: 'ALBRequestCountPerTarget',
      ResourceLabel: 'Resource/Https//prooflink-testopen-tg.TargetGroupFullName',
    },
    TargetValue: 600,
  });
});

describe('a release', () => {
  const alarms = (stack: Deployed) => stack.partAt(Part.webService, 'DeploymentConfiguration.Alarms');

  test('of prod is rolled back by alarms that exist before the service', () => {
    // ECS refuses a name of which there is no alarm.
    expect(alarms(deployed('prod'))).toEqual({
      AlarmNames: ['unhealthy-targets', 'connection-errors', 'application-5xx'].map(
        (alarm) => `prooflink-prod-${alarm}`,
      ),
      Enable: true,
      Rollback: true,
    });
    const { resource } = deployed('prod').part(Part.webService);
    const names = at(resource.Properties, 'DeploymentConfiguration.Alarms.AlarmNames') as object[];
    expect(names.filter((name) => !('Ref' in name))).toEqual([]);
  });

  test('is not watched before the first image', () => {
    // There is no earlier release, and ECS may refuse a rollback on disabled alarms.
    expect(alarms(deployed('prod', {}))).toMatchObject({ Enable: false, Rollback: false });
  });
});
