/* eslint-disable @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-call, @typescript-eslint/no-unsafe-return -- a test knows the template that it changes */
import { removeAssemblies } from './support/assemblies';
import { type Change, levelOf, type RealStack, reviewChange } from './support/real-stack';

afterAll(removeAssemblies);

const DB = 'Database/Instance';
const BUCKET = 'FileStorage/Bucket';
const TASK = 'Web/TaskDefinition';
const POLICY = 'Web/Roles/TaskPolicy';
const HANDLER = 'Custom::VpcRestrictDefaultSGCustomResourceProvider/Handler';
const FUNCTION = 'AWS679f53fac002430cb0da5b7982bd22872D164C4C';

const text = (stack: RealStack, path: string, property: string, change: (json: string) => string) => {
  const properties = stack.of(path);
  properties[property] = JSON.parse(change(JSON.stringify(properties[property]))) as unknown;
  return stack;
};
const statements = (stack: RealStack) => stack.of(POLICY).PolicyDocument.Statement as Record<string, unknown>[];
const hasImage = (value: number) => ({ 'Fn::If': ['HasAppImage', value, 0] });

/** With a direction: the other way round it is not harmless. */
const ONE_WAY: readonly (readonly [what: string, change: Change])[] = [
  ['more time for a job', (s) => s.set('UserImport/JobDefinition', { Timeout: { AttemptDurationSeconds: 9000 } })],
  ['more vCPUs for jobs', (s) => (s.of('UserImport/ComputeEnvironment').ComputeResources.MaxvCpus = 32)],
  ['logs for a year', (s) => s.set('Web/Logs', { RetentionInDays: 365 })],
  ['logs for ever', (s) => s.set('Web/Logs', { RetentionInDays: undefined })],
  [
    'more images',
    (s) =>
      text(s, 'AppRegistry/Repository', 'LifecyclePolicy', (json) =>
        json
          .replace('countNumber\\\\\\":30', 'countNumber\\\\\\":50')
          .replace('countNumber\\":30', 'countNumber\\":50'),
      ),
  ],
  [
    'untagged images for longer',
    (s) =>
      text(s, 'AppRegistry/Repository', 'LifecyclePolicy', (json) =>
        json.replace('countNumber\\":14', 'countNumber\\":30'),
      ),
  ],
  ['backups for longer', (s) => s.set(DB, { BackupRetentionPeriod: 14 })],
  ['more storage', (s) => s.set(DB, { AllocatedStorage: '200' })],
  ['more storage to grow to', (s) => s.set(DB, { MaxAllocatedStorage: 1000 })],
  [
    'earlier versions for longer',
    (s) => (s.of(BUCKET).LifecycleConfiguration.Rules[1].NoncurrentVersionExpiration.NoncurrentDays = 365),
  ],
  ['more tasks at most', (s) => s.set('Web/Service/TaskCount/Target', { MaxCapacity: hasImage(8) })],
  ['more tasks at least', (s) => s.set('Web/Service/TaskCount/Target', { MinCapacity: hasImage(3) })],
  ['a tag more', (s) => s.set(BUCKET, { Tags: [{ Key: 'Team', Value: 'x' }] })],
  [
    'one more to wait for',
    (s) =>
      (s.at('Web/Service/Service').DependsOn = [...[s.at('Web/Service/Service').DependsOn ?? []].flat(), s.id(DB)]),
  ],
  ['a map more', (s) => (s.template.Mappings = { Map: { a: { b: 'c' } } })],
  ['an alarm more', (s) => s.add('New', 'AWS::CloudWatch::Alarm', { AlarmName: 'x', Threshold: 1 })],
  ['a log group more', (s) => s.add('New', 'AWS::Logs::LogGroup', { LogGroupName: 'x' })],
  ['an output more', (s) => (s.template.Outputs = { ...s.template.Outputs, New: { Value: 'x' } })],
  [
    'a parameter more',
    (s) => (s.template.Parameters = { ...s.template.Parameters, New: { Type: 'String', Default: 'x' } }),
  ],
];

/** Either way. */
const EITHER_WAY: readonly (readonly [what: string, change: Change])[] = [
  ['another size of tasks', (s) => s.set(TASK, { Cpu: '2048', Memory: '4096' })],
  [
    'another size of jobs',
    (s) => text(s, 'UserImport/JobDefinition', 'ContainerProperties', (json) => json.replace('"2048"', '"4096"')),
  ],
  ["another size of a function's memory", (s) => s.set(HANDLER, { MemorySize: 256 })],
  [
    'the description of a rule of a registry',
    (s) =>
      text(s, 'AppRegistry/Repository', 'LifecyclePolicy', (json) => json.replace('Keep the newest 30', 'Keep 30')),
  ],
  [
    "a bucket's ARN from its reference",
    (s) => s.replace(JSON.stringify(s.arn(BUCKET)), `{"Fn::Sub":"arn:aws:s3:::\${${s.id(BUCKET)}}"}`),
  ],
  [
    "a bucket's ARN from its name",
    (s) =>
      s.replace(JSON.stringify(s.arn(BUCKET)), '{"Fn::Sub":"arn:aws:s3:::prooflink-prod-files-${AWS::AccountId}"}'),
  ],
  [
    "a role's ARN from its name",
    (s) =>
      s.set(TASK, { TaskRoleArn: { 'Fn::Sub': 'arn:aws:iam::${AWS::AccountId}:role/prooflink-prod-ecs-task-role' } }),
  ],
  [
    "a log group's ARN from its name",
    (s) =>
      s.replace(
        JSON.stringify(s.arn('Web/Logs')),
        '{"Fn::Sub":"arn:aws:logs:${AWS::Region}:${AWS::AccountId}:log-group:/ecs/prooflink-prod-app:*"}',
      ),
  ],
  [
    'another order in a pattern of events',
    (s) => s.of('Alarms/ScanFindings/Rule').EventPattern.detail['repository-name'].reverse(),
  ],
  ['another order of methods', (s) => s.of(BUCKET).CorsConfiguration.CorsRules[0].AllowedMethods.reverse()],
  ['another order of rules that have names', (s) => s.of(BUCKET).LifecycleConfiguration.Rules.reverse()],
  [
    'one to wait for, in a list or not',
    (s) => (s.at('Web/Service/TaskCount/Target').DependsOn = s.id('Web/Roles/TaskRole')),
  ],
  [
    'a text chosen from a list',
    (s) => s.set('Alarms/Topic', { DisplayName: { 'Fn::Select': [1, ['a', 'prooflink-prod alarms']] } }),
  ],
  ['what AWS does anyway', (s) => s.set('Alarms/import-failed', { ActionsEnabled: true })],
  ['the description of an alarm', (s) => s.set('Alarms/import-failed', { AlarmDescription: 'other' })],
  ['the description of a rule', (s) => (s.of('SecurityGroups/Alb').SecurityGroupIngress[0].Description = 'other')],
  ['the description of a secret', (s) => s.set('Web/SessionSecret', { Description: 'other' })],
  [
    'the description of an output',
    (s) => Object.assign(s.template.Outputs?.['BucketName'] ?? {}, { Description: 'other' }),
  ],
  ['the description of the stack', (s) => Object.assign(s.template, { Description: 'other' })],
  ['the dashboard', (s) => text(s, 'Alarms/Dashboard', 'DashboardBody', (json) => json.replace('CPU is high', 'CPU'))],
  [
    "an asset's hash, with its name",
    (s) => s.replace((s.of(FUNCTION).Code.S3Key as string).slice(0, 64), 'a'.repeat(64)),
  ],
  ["the CDK's record of itself", (s) => s.add('CDKMetadata', 'AWS::CDK::Metadata', { Analytics: 'other' })],
  ["a construct's path", (s) => s.replace('ProoflinkProd/Web/Logs', 'ProoflinkProd/Web/Log')],
  [
    'a condition that nothing uses',
    (s) => (s.template.Conditions = { ...s.template.Conditions, New: { 'Fn::Equals': ['a', 'a'] } }),
  ],
  ['another order of statements', (s) => statements(s).reverse()],
  ['another order of variables', (s) => s.of(TASK).ContainerDefinitions[0].Environment.reverse()],
  ['another order of subnets', (s) => s.of('Database/SubnetGroup').SubnetIds.reverse()],
  ['another order of tags', (s) => s.of('Network/Vpc/PublicSubnet1/Subnet').Tags.reverse()],
  [
    'a statement in two',
    (s) => {
      const [first] = statements(s);
      statements(s)[0] = { ...first, Action: ['s3:GetObject'] };
      statements(s).push({ ...first, Sid: 'Other', Action: ['s3:PutObject', 's3:DeleteObject'] });
    },
  ],
  ['another name of a statement', (s) => Object.assign(statements(s)[0] ?? {}, { Sid: 'Other' })],
  ['capitals in an action', (s) => Object.assign(statements(s)[1] ?? {}, { Action: 's3:listbucket' })],
  [
    'a policy in two',
    (s) => {
      const { PolicyDocument, Roles } = s.of(POLICY);
      const [first, ...others] = statements(s);
      s.set(POLICY, { PolicyDocument: { ...PolicyDocument, Statement: others } as never });
      s.add('Second', 'AWS::IAM::Policy', {
        PolicyName: 'x',
        Roles: Roles as never,
        PolicyDocument: { ...PolicyDocument, Statement: [first] } as never,
      });
    },
  ],
  [
    'Fn::Sub for Fn::Join',
    (s) => s.set(BUCKET, { BucketName: { 'Fn::Sub': 'prooflink-prod-files-${AWS::AccountId}' } }),
  ],
  [
    'the partition written out',
    (s) =>
      (s.properties['assumeRoleArn'] = (s.properties['assumeRoleArn'] as string).replace('${AWS::Partition}', 'aws')),
  ],
  [
    'the region by its function',
    (s) => s.replace('"AWS_REGION","Value":"ap-northeast-1"', '"AWS_REGION","Value":{"Ref":"AWS::Region"}'),
  ],
  [
    'Fn::GetAtt as a text',
    (s) => s.replace(`{"Fn::GetAtt":["${s.id(BUCKET)}","Arn"]}`, `{"Fn::GetAtt":"${s.id(BUCKET)}.Arn"}`),
  ],
  ['a number as a text', (s) => s.set(DB, { BackupRetentionPeriod: '7', MultiAZ: 'true' })],
  [
    'white space in JSON',
    (s) =>
      text(s, 'Alarms/Dashboard', 'DashboardBody', (json) => json.replace('{\\"widgets\\":', '{ \\"widgets\\" : ')),
  ],
];

/** Harmless, and whatever the other way round is. */
const SAFER: readonly (readonly [what: string, change: Change, prepare: Change])[] = [
  [
    'deletion protection on',
    (s) => s.set(DB, { DeletionProtection: true }),
    (s) => s.set(DB, { DeletionProtection: false }),
  ],
  ['a second zone', (s) => s.set(DB, { MultiAZ: true }), (s) => s.set(DB, { MultiAZ: false })],
  [
    'termination protection on',
    (s) => (s.properties['terminationProtection'] = true),
    (s) => (s.properties['terminationProtection'] = false),
  ],
  ['what is kept', (s) => (s.at(DB).DeletionPolicy = 'Retain'), (s) => (s.at(DB).DeletionPolicy = 'Delete')],
  [
    'versions',
    (s) => s.set(BUCKET, { VersioningConfiguration: { Status: 'Enabled' } }),
    (s) => s.set(BUCKET, { VersioningConfiguration: undefined }),
  ],
  [
    'what is public blocked',
    (s) => (s.of(BUCKET).PublicAccessBlockConfiguration.BlockPublicAcls = true),
    (s) => delete s.of(BUCKET).PublicAccessBlockConfiguration.BlockPublicAcls,
  ],
  [
    'no shell',
    (s) => s.set('Web/Service/Service', { EnableExecuteCommand: false }),
    (s) => s.set('Web/Service/Service', { EnableExecuteCommand: true }),
  ],
  [
    'tags of images that stay',
    (s) => s.set('AppRegistry/Repository', { ImageTagMutability: 'IMMUTABLE' }),
    (s) => s.set('AppRegistry/Repository', { ImageTagMutability: 'MUTABLE' }),
  ],
  [
    'more to see of the cluster',
    (s) => (s.of('Web/Cluster').ClusterSettings[0].Value = 'enabled'),
    (s) => (s.of('Web/Cluster').ClusterSettings[0].Value = 'disabled'),
  ],
  [
    'images scanned',
    (s) => s.set('AppRegistry/Repository', { ImageScanningConfiguration: { ScanOnPush: true } }),
    (s) => s.set('AppRegistry/Repository', { ImageScanningConfiguration: undefined }),
  ],
];

const folds = (change: Change, prepare?: Change) => {
  const outcome = reviewChange('prod', change, prepare);
  expect(outcome.open).not.toMatch(/⛔|⚠️|👀/);
  expect(levelOf(outcome)).toBe('harmless');
  expect(outcome.stdout).toContain('No data is at risk, and nothing is opened or weakened.');
  expect(outcome.stdout).toContain('<summary>');
  expect(outcome.exitCode).toBe(0);
};

describe('harmless, folded away, and never silent', () => {
  it.each(ONE_WAY)('%s, and the other way round it is shown', (_what, change) => {
    folds(change);
    const back = reviewChange('prod', change, undefined, 'back');
    expect(levelOf(back)).not.toBe('harmless');
  });

  it.each(EITHER_WAY)('%s, either way', (_what, change) => {
    folds(change);
    expect(levelOf(reviewChange('prod', change, undefined, 'back'))).toBe('harmless');
  });

  it.each(SAFER)('%s, and the other way round it is shown', (_what, change, prepare) => {
    folds(change, prepare);
    expect(levelOf(reviewChange('prod', change, prepare, 'back'))).not.toBe('harmless');
  });
});
