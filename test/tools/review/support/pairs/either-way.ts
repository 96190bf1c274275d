/* eslint-disable @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-call, @typescript-eslint/no-unsafe-return -- a test knows the template that it changes */
import type { Change, RealStack } from '../real-stack';

const DB = 'Database/Instance';
const BUCKET = 'FileStorage/Bucket';
const TASK = 'Web/TaskDefinition';
const POLICY = 'Web/Roles/TaskPolicy';
const HANDLER = 'Custom::VpcRestrictDefaultSGCustomResourceProvider/Handler';
const FUNCTION = 'AWS679f53fac002430cb0da5b7982bd22872D164C4C';

export const text = (stack: RealStack, path: string, property: string, change: (json: string) => string) => {
  const properties = stack.of(path);
  properties[property] = JSON.parse(change(JSON.stringify(properties[property]))) as unknown;
  return stack;
};
const statements = (stack: RealStack) => stack.of(POLICY).PolicyDocument.Statement as Record<string, unknown>[];

/** Harmless either way. */
export const EITHER_WAY: readonly (readonly [what: string, change: Change])[] = [
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
    'a log group by its name',
    (s) => s.replace(`"awslogs-group":{"Ref":"${s.id('Web/Logs')}"}`, '"awslogs-group":"/ecs/prooflink-prod-app"'),
  ],
  ['no tags, and an empty list of them', (s) => s.set('Alarms/import-failed', { Tags: [] })],
  [
    'the hash of the template, which is the same',
    (s) =>
      (s.properties['stackTemplateAssetObjectUrl'] = (s.properties['stackTemplateAssetObjectUrl'] as string).replace(
        /[0-9a-f]{64}/,
        'a'.repeat(64),
      )),
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
    (s) => (s.at('FileStorage/Folders/imports').DependsOn = s.id('Database/Instance')),
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
