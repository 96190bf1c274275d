/* eslint-disable @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-call -- a test knows the template that it changes */
import { BUCKET, DB, harmless, type Pair, safer, TASK, text } from './pair';
import type { RealStack } from '../real-stack';
const POLICY = 'Web/Roles/TaskPolicy';
const HANDLER = 'Custom::VpcRestrictDefaultSGCustomResourceProvider/Handler';
const FUNCTION = 'AWS679f53fac002430cb0da5b7982bd22872D164C4C';

const statements = (stack: RealStack) => stack.of(POLICY).PolicyDocument.Statement as Record<string, unknown>[];

const hasImage = (value: number) => ({ 'Fn::If': ['HasAppImage', value, 0] });
const tagged = (Value: string) => (stack: RealStack) => stack.set(BUCKET, { Tags: [{ Key: 'Team', Value }] });

/** Changes that are folded away, and never silent. */
export const HARMLESS: readonly Pair[] = [
  harmless('another size of tasks', (s) => s.set(TASK, { Cpu: '2048', Memory: '4096' })),
  harmless('another size of jobs', (s) =>
    text(s, 'UserImport/JobDefinition', 'ContainerProperties', (json) => json.replace('"2048"', '"4096"')),
  ),
  harmless("another size of a function's memory", (s) => s.set(HANDLER, { MemorySize: 256 })),
  harmless('the description of a rule of a registry', (s) =>
    text(s, 'AppRegistry/Repository', 'LifecyclePolicy', (json) => json.replace('Keep the newest 30', 'Keep 30')),
  ),
  harmless("a bucket's ARN from its reference", (s) =>
    s.replace(JSON.stringify(s.arn(BUCKET)), `{"Fn::Sub":"arn:aws:s3:::\${${s.id(BUCKET)}}"}`),
  ),
  harmless("a bucket's ARN from its name", (s) =>
    s.replace(JSON.stringify(s.arn(BUCKET)), '{"Fn::Sub":"arn:aws:s3:::prooflink-prod-files-${AWS::AccountId}"}'),
  ),
  harmless("a role's ARN from its name", (s) =>
    s.set(TASK, { TaskRoleArn: { 'Fn::Sub': 'arn:aws:iam::${AWS::AccountId}:role/prooflink-prod-ecs-task-role' } }),
  ),
  harmless('a log group by its name', (s) =>
    s.replace(`"awslogs-group":{"Ref":"${s.id('Web/Logs')}"}`, '"awslogs-group":"/ecs/prooflink-prod-app"'),
  ),
  harmless('no tags, and an empty list of them', (s) => s.set('Alarms/import-failed', { Tags: [] })),
  harmless(
    'the hash of the template, which is the same',
    (s) =>
      (s.properties['stackTemplateAssetObjectUrl'] = (s.properties['stackTemplateAssetObjectUrl'] as string).replace(
        /[0-9a-f]{64}/,
        'a'.repeat(64),
      )),
  ),
  harmless("a log group's ARN from its name", (s) =>
    s.replace(
      JSON.stringify(s.arn('Web/Logs')),
      '{"Fn::Sub":"arn:aws:logs:${AWS::Region}:${AWS::AccountId}:log-group:/ecs/prooflink-prod-app:*"}',
    ),
  ),
  harmless('another order in a pattern of events', (s) =>
    s.of('Alarms/ScanFindings/Rule').EventPattern.detail['repository-name'].reverse(),
  ),
  harmless('another order of methods', (s) => s.of(BUCKET).CorsConfiguration.CorsRules[0].AllowedMethods.reverse()),
  harmless('another order of rules that have names', (s) => s.of(BUCKET).LifecycleConfiguration.Rules.reverse()),
  harmless(
    'one to wait for, in a list or not',
    (s) => (s.at('FileStorage/Folders/imports').DependsOn = s.id('Database/Instance')),
  ),
  harmless('a text chosen from a list', (s) =>
    s.set('Alarms/Topic', { DisplayName: { 'Fn::Select': [1, ['a', 'prooflink-prod alarms']] } }),
  ),
  harmless('what AWS does anyway', (s) => s.set('Alarms/import-failed', { ActionsEnabled: true })),
  harmless('the description of an alarm', (s) => s.set('Alarms/import-failed', { AlarmDescription: 'other' })),
  harmless(
    'the description of a rule',
    (s) => (s.of('SecurityGroups/Alb').SecurityGroupIngress[0].Description = 'other'),
  ),
  harmless('the description of a secret', (s) => s.set('Web/SessionSecret', { Description: 'other' })),
  harmless('the description of an output', (s) =>
    Object.assign(s.template.Outputs?.['BucketName'] ?? {}, { Description: 'other' }),
  ),
  harmless('the description of the stack', (s) => Object.assign(s.template, { Description: 'other' })),
  harmless('the dashboard', (s) =>
    text(s, 'Alarms/Dashboard', 'DashboardBody', (json) => json.replace('CPU is high', 'CPU')),
  ),
  harmless("an asset's hash, with its name", (s) =>
    s.replace((s.of(FUNCTION).Code.S3Key as string).slice(0, 64), 'a'.repeat(64)),
  ),
  harmless("the CDK's record of itself", (s) => s.add('CDKMetadata', 'AWS::CDK::Metadata', { Analytics: 'other' })),
  harmless("a construct's path", (s) => s.replace('ProoflinkProd/Web/Logs', 'ProoflinkProd/Web/Log')),
  harmless(
    'a condition that nothing uses',
    (s) => (s.template.Conditions = { ...s.template.Conditions, New: { 'Fn::Equals': ['a', 'a'] } }),
  ),
  harmless('another order of statements', (s) => statements(s).reverse()),
  harmless('another order of variables', (s) => s.of(TASK).ContainerDefinitions[0].Environment.reverse()),
  harmless('another order of subnets', (s) => s.of('Database/SubnetGroup').SubnetIds.reverse()),
  harmless('another order of tags', (s) => s.of('Network/Vpc/PublicSubnet1/Subnet').Tags.reverse()),
  harmless('a statement in two', (s) => {
    const [first] = statements(s);
    statements(s)[0] = { ...first, Action: ['s3:GetObject'] };
    statements(s).push({ ...first, Sid: 'Other', Action: ['s3:PutObject', 's3:DeleteObject'] });
  }),
  harmless('another name of a statement', (s) => Object.assign(statements(s)[0] ?? {}, { Sid: 'Other' })),
  harmless('capitals in an action', (s) => Object.assign(statements(s)[1] ?? {}, { Action: 's3:listbucket' })),
  harmless('a policy in two', (s) => {
    const { PolicyDocument, Roles } = s.of(POLICY);
    const [first, ...others] = statements(s);
    s.set(POLICY, { PolicyDocument: { ...PolicyDocument, Statement: others } as never });
    s.add('Second', 'AWS::IAM::Policy', {
      PolicyName: 'x',
      Roles: Roles as never,
      PolicyDocument: { ...PolicyDocument, Statement: [first] } as never,
    });
  }),
  harmless('Fn::Sub for Fn::Join', (s) =>
    s.set(BUCKET, { BucketName: { 'Fn::Sub': 'prooflink-prod-files-${AWS::AccountId}' } }),
  ),
  harmless(
    'the partition written out',
    (s) =>
      (s.properties['assumeRoleArn'] = (s.properties['assumeRoleArn'] as string).replace('${AWS::Partition}', 'aws')),
  ),
  harmless('the region by its function', (s) =>
    s.replace('"AWS_REGION","Value":"ap-northeast-1"', '"AWS_REGION","Value":{"Ref":"AWS::Region"}'),
  ),
  harmless('Fn::GetAtt as a text', (s) =>
    s.replace(`{"Fn::GetAtt":["${s.id(BUCKET)}","Arn"]}`, `{"Fn::GetAtt":"${s.id(BUCKET)}.Arn"}`),
  ),
  harmless('a number as a text', (s) => s.set(DB, { BackupRetentionPeriod: '7', MultiAZ: 'true' })),
  harmless('white space in JSON', (s) =>
    text(s, 'Alarms/Dashboard', 'DashboardBody', (json) => json.replace('{\\"widgets\\":', '{ \\"widgets\\" : ')),
  ),
  safer('more time for a job', (s) => s.set('UserImport/JobDefinition', { Timeout: { AttemptDurationSeconds: 9000 } })),
  safer('more vCPUs for jobs', (s) => (s.of('UserImport/ComputeEnvironment').ComputeResources.MaxvCpus = 32)),
  safer('logs for a year', (s) => s.set('Web/Logs', { RetentionInDays: 365 })),
  safer('logs for ever', (s) => s.set('Web/Logs', { RetentionInDays: undefined })),
  safer('more images', (s) =>
    text(s, 'AppRegistry/Repository', 'LifecyclePolicy', (json) =>
      json.replace('countNumber\\\\\\":30', 'countNumber\\\\\\":50').replace('countNumber\\":30', 'countNumber\\":50'),
    ),
  ),
  safer('untagged images for longer', (s) =>
    text(s, 'AppRegistry/Repository', 'LifecyclePolicy', (json) =>
      json.replace('countNumber\\":14', 'countNumber\\":30'),
    ),
  ),
  safer('backups for longer', (s) => s.set(DB, { BackupRetentionPeriod: 14 })),
  safer('more storage', (s) => s.set(DB, { AllocatedStorage: '200' })),
  safer('more storage to grow to', (s) => s.set(DB, { MaxAllocatedStorage: 1000 })),
  safer(
    'earlier versions for longer',
    (s) => (s.of(BUCKET).LifecycleConfiguration.Rules[1].NoncurrentVersionExpiration.NoncurrentDays = 365),
  ),
  safer('more tasks at most', (s) => s.set('Web/Service/TaskCount/Target', { MaxCapacity: hasImage(8) })),
  safer('more tasks at least', (s) => s.set('Web/Service/TaskCount/Target', { MinCapacity: hasImage(3) })),
  safer('a tag more', (s) => s.set(BUCKET, { Tags: [{ Key: 'Team', Value: 'x' }] })),
  safer(
    'one more to wait for',
    (s) =>
      (s.at('Web/Service/Service').DependsOn = [...[s.at('Web/Service/Service').DependsOn ?? []].flat(), s.id(DB)]),
  ),
  safer('a map more', (s) => (s.template.Mappings = { Map: { a: { b: 'c' } } })),
  safer('an alarm more', (s) => s.add('New', 'AWS::CloudWatch::Alarm', { AlarmName: 'x', Threshold: 1 })),
  safer('a log group more', (s) => s.add('New', 'AWS::Logs::LogGroup', { LogGroupName: 'x' })),
  safer('an output more', (s) => (s.template.Outputs = { ...s.template.Outputs, New: { Value: 'x' } })),
  safer(
    'a parameter more',
    (s) => (s.template.Parameters = { ...s.template.Parameters, New: { Type: 'String', Default: 'x' } }),
  ),
  harmless('the value of a tag', tagged('b'), tagged('a')),
];
