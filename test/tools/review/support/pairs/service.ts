import { DB, entry, IMAGES, look, otherwise, type Pair, ref, risk, SERVICE, TASK, undone, variable } from './pair';
import { weaker } from './pair';

const ALARM = 'Alarms/import-failed';
const MAIL = 'Alarms/Topic/ops@example.com';
const FUNCTION = 'AWS679f53fac002430cb0da5b7982bd22872D164C4C';
const PLAIN = 'A secret stands in plain text';

/** Tasks, notifications, and secrets in clear text. */
export const RUNNING: readonly Pair[] = [
  undone(weaker('a shell in the tasks', 'ECS Exec', SERVICE, { EnableExecuteCommand: true })),
  look('another image', 'Image', TASK, { 'ContainerDefinitions.0.Image': 'evil/image' }),
  weaker('a privileged container', 'Privileged', TASK, { 'ContainerDefinitions.0.Privileged': true }),
  weaker(
    'TLS that is not checked',
    'NODE_TLS_REJECT_UNAUTHORIZED',
    TASK,
    variable('NODE_TLS_REJECT_UNAUTHORIZED', '0'),
  ),
  weaker('no logs', 'LogConfiguration', TASK, { 'ContainerDefinitions.0.LogConfiguration': undefined }),
  look('tasks without a size', 'Memory', TASK, { Memory: undefined }),
  look('an alarm that does more than tell', 'AlarmActions', 'New AWS::CloudWatch::Alarm', {
    AlarmActions: ['arn:aws:automate:ap-northeast-1:ec2:terminate'],
  }),
  weaker('no tasks', 'DesiredCount', SERVICE, { DesiredCount: 0 }),
  look('fewer tasks', 'MinCapacity', 'Web/Service/TaskCount/Target', { MinCapacity: otherwise(1, 0) }),
  weaker('no rollback', 'DeploymentCircuitBreaker', SERVICE, {
    'DeploymentConfiguration.DeploymentCircuitBreaker.Rollback': false,
  }),
  look('another path of the health check', 'HealthCheckPath', 'LoadBalancer/TargetGroup', { HealthCheckPath: '/' }),
  look('code of a function without its hash', 'S3Key', FUNCTION, { 'Code.S3Key': 'evil.zip' }),
  look('code of another bucket', 'S3Bucket', FUNCTION, { 'Code.S3Bucket': 'evil' }),
  weaker('an alarm less', 'Removed', (s) => s.remove(ALARM)),
  weaker('an alarm that tells nobody', 'ActionsEnabled', ALARM, { ActionsEnabled: false }),
  weaker('a mail address less', 'Removed', (s) => s.remove(MAIL)),
  weaker('another address', 'Endpoint', MAIL, { Endpoint: 'evil@example.com' }),
  weaker('a failed import that nobody hears of', 'State', 'Alarms/FailedImports/Rule', { State: 'DISABLED' }),
  weaker('a queue that stands still', 'State', 'UserImport/JobQueue', { State: 'DISABLED' }),
  look('a schedule that deletes', 'AWS::Scheduler::Schedule', 'S AWS::Scheduler::Schedule', {}),
  look('an output less', 'Removed', (s) => delete s.template.Outputs?.['BucketName']),
  undone(weaker('tags of images may move', 'Its tags may be moved', IMAGES, { ImageTagMutability: 'MUTABLE' })),
  undone(
    weaker('images unscanned', 'no longer scanned', IMAGES, { ImageScanningConfiguration: { ScanOnPush: false } }),
  ),
  look('no TLS of the database', 'rds.force_ssl', (s) =>
    s
      .set('G AWS::RDS::DBParameterGroup', { Parameters: { 'rds.force_ssl': '0' }, Family: 'postgres15' })
      .set(DB, { DBParameterGroupName: { Ref: 'G' } }),
  ),
  weaker('a password in the open', PLAIN, TASK, variable('DB_PASSWORD', 'hunter2-hunter2')),
  weaker('a password that AWS resolves', PLAIN, TASK, {
    ...variable('X', {
      'Fn::Join': ['', ['{{resolve:secretsmanager:', ref('Web/SessionSecret'), ':SecretString}}']],
    }),
  }),
  weaker('a parameter that is not to be echoed', PLAIN, (s) => {
    entry('Parameters', 'P', { Type: 'String', Default: 'x', NoEcho: true })(s);
    s.set(TASK, variable('X', { Ref: 'P' }));
  }),
  weaker('an output', PLAIN, entry('Outputs', 'Key', { Value: { 'Fn::Sub': '{{resolve:secretsmanager:${X}}}' } })),
  undone(
    look('no Container Insights', 'Less is recorded of its load', 'Web/Cluster', {
      'ClusterSettings.0.Value': 'disabled',
    }),
  ),
];

const manifest =
  (key: string, value: unknown): Pair['change'] =>
  ({ properties }) => {
    properties[key] = value as never;
  };

/** Manifest and sections of the template outside the resources. */
export const STACK: readonly Pair[] = [
  undone(risk('termination protection off', 'termination protection', manifest('terminationProtection', false))),
  risk('another region', 'moves to another account or region', (s) => {
    s.environment = 'aws://unknown-account/us-east-1';
  }),
  risk('another name', 'environment removed', manifest('stackName', 'Other')),
  ...['cloudFormationExecutionRoleArn', 'assumeRoleArn'].map((key) =>
    weaker(`another ${key}`, 'Another role deploys', manifest(key, 'arn:aws:iam::999999999999:role/x')),
  ),
  risk(
    "the stack's tags, which reach Batch",
    'AWS Batch replaces',
    manifest('tags', { Environment: 'prod', Project: 'X' }),
  ),
  look(
    'another bucket for the template',
    'stackTemplateAssetObjectUrl',
    manifest('stackTemplateAssetObjectUrl', `s3://x/${'a'.repeat(64)}.json`),
  ),
  weaker('a macro', 'Transform', (s) => (s.template.Transform = 'Evil')),
  weaker('no rule on the bootstrap', 'Rule', (s) => (s.template.Rules = {})),
];
