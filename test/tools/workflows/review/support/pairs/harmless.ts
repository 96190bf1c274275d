/* eslint-disable @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-call -- a test knows the template that it changes */
import { BUCKET, DB, harmless, IMAGES, type Pair, POLICY, safer, SERVICE, TASK, text } from './pair';
import { attribute, type RealStack } from '../../../../../support/real-stack';

const FUNCTION = 'AWS679f53fac002430cb0da5b7982bd22872D164C4C';
const ALARM = 'Alarms/import-failed';
const SCALING = 'Web/Service/TaskCount/Target';

const statements = (stack: RealStack) => stack.of(POLICY).PolicyDocument.Statement as Record<string, unknown>[];
const hasImage = (value: number) => ({ 'Fn::If': ['HasAppImage', value, 0] });
const tagged = (Value: string) => ({ Tags: [{ Key: 'Team', Value }] });
/** Writes out an ARN wherever it is read from a resource. */
const spelled = (path: string, arn: string) => (s: RealStack) =>
  s.replace(JSON.stringify(attribute(path, 'Arn')(s)), `{"Fn::Sub":"${arn}"}`);

/** Changes that are folded away, and never silent. */
export const HARMLESS: readonly Pair[] = [
  harmless(
    'the description of a rule of a registry',
    text(IMAGES, 'LifecyclePolicy', ['Keep the newest 30', 'Keep 30']),
  ),
  harmless("a bucket's ARN from its reference", (s) => spelled(BUCKET, `arn:aws:s3:::\${${s.id(BUCKET)}}`)(s)),
  harmless("a bucket's ARN from its name", spelled(BUCKET, 'arn:aws:s3:::prooflink-prod-files-${AWS::AccountId}')),
  harmless("a role's ARN from its name", TASK, {
    TaskRoleArn: { 'Fn::Sub': 'arn:aws:iam::${AWS::AccountId}:role/prooflink-prod-ecs-task-role' },
  }),
  harmless('a log group by its name', (s) =>
    s.replace(`"awslogs-group":{"Ref":"${s.id('Web/Logs')}"}`, '"awslogs-group":"/ecs/prooflink-prod-app"'),
  ),
  harmless(
    "a log group's ARN from its name",
    spelled('Web/Logs', 'arn:aws:logs:${AWS::Region}:${AWS::AccountId}:log-group:/ecs/prooflink-prod-app:*'),
  ),
  harmless('no tags, and an empty list of them', ALARM, { Tags: [] }),
  harmless('another order in a pattern of events', (s) =>
    s.of('Alarms/ScanFindings/Rule').EventPattern.detail['repository-name'].reverse(),
  ),
  harmless('another order of methods', (s) => s.of(BUCKET).CorsConfiguration.CorsRules[0].AllowedMethods.reverse()),
  harmless('another order of rules that have names', (s) => s.of(BUCKET).LifecycleConfiguration.Rules.reverse()),
  harmless('one to wait for, in a list or not', (s) => {
    s.at('FileStorage/Folders/imports').DependsOn = s.id(DB);
  }),
  harmless('a text chosen from a list', 'Alarms/Topic', {
    DisplayName: { 'Fn::Select': [1, ['a', 'prooflink-prod alarms']] },
  }),
  harmless('what AWS does anyway', ALARM, { ActionsEnabled: true }),
  harmless('white space in JSON', text('Alarms/Dashboard', 'DashboardBody', ['{\\"widgets\\":', '{ \\"widgets\\" : '])),
  harmless("an asset's hash, with its name", (s) =>
    s.replace((s.of(FUNCTION).Code.S3Key as string).slice(0, 64), 'a'.repeat(64)),
  ),
  harmless('another order of statements', (s) => statements(s).reverse()),
  harmless('another order of variables', (s) => s.of(TASK).ContainerDefinitions[0].Environment.reverse()),
  harmless('another order of subnets', (s) => s.of('Database/SubnetGroup').SubnetIds.reverse()),
  harmless('another order of tags', (s) => s.of('Network/Vpc/PublicSubnet1/Subnet').Tags.reverse()),
  harmless('capitals in an action', POLICY, { 'PolicyDocument.Statement.1.Action': 's3:listbucket' }),
  harmless('a policy in two', (s) => {
    const { PolicyDocument, Roles } = s.of(POLICY);
    const [first, ...others] = statements(s);
    s.set(POLICY, { 'PolicyDocument.Statement': others });
    s.set('Second AWS::IAM::Policy', { Roles, PolicyDocument: { ...PolicyDocument, Statement: [first] } });
  }),
  harmless('the partition written out', ({ properties }) => {
    properties['assumeRoleArn'] = (properties['assumeRoleArn'] as string).replace('${AWS::Partition}', 'aws');
  }),
  harmless('the region by its function', (s) =>
    s.replace('"AWS_REGION","Value":"ap-northeast-1"', '"AWS_REGION","Value":{"Ref":"AWS::Region"}'),
  ),
  harmless('Fn::GetAtt as a text', (s) =>
    s.replace(`{"Fn::GetAtt":["${s.id(BUCKET)}","Arn"]}`, `{"Fn::GetAtt":"${s.id(BUCKET)}.Arn"}`),
  ),
  harmless('a number as a text', DB, { BackupRetentionPeriod: '7', MultiAZ: 'true' }),
  safer('untagged images for longer', text(IMAGES, 'LifecyclePolicy', ['countNumber\\":14', 'countNumber\\":30'])),
  safer('more tasks at most', SCALING, { MaxCapacity: hasImage(8) }),
  safer('more tasks at least', SCALING, { MinCapacity: hasImage(3) }),
  safer('a tag more', BUCKET, tagged('x')),
  safer('one more to wait for', (s) => {
    s.at(SERVICE).DependsOn = [...[s.at(SERVICE).DependsOn ?? []].flat(), s.id(DB)];
  }),
];
