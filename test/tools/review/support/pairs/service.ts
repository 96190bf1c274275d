import { DB, entry, IMAGES, look, otherwise, type Pair, ref, risk, SERVICE, TASK, undone, variable } from './pair';
import { weaker } from './pair';

const ALARM = 'Alarms/import-failed';
const MAIL = 'Alarms/Topic/ops@example.com';
const FUNCTION = 'AWS679f53fac002430cb0da5b7982bd22872D164C4C';
const PLAIN = 'A secret stands in plain text';

/** Tasks, notifications, and secrets in clear text. */
export const RUNNING: readonly Pair[] = [
  undone(weaker('ECS Exec', SERVICE, { EnableExecuteCommand: true })),
  look('Image', TASK, { 'ContainerDefinitions.0.Image': 'evil/image' }),
  weaker('Privileged', TASK, { 'ContainerDefinitions.0.Privileged': true }),
  weaker('NODE_TLS_REJECT_UNAUTHORIZED', TASK, variable('NODE_TLS_REJECT_UNAUTHORIZED', '0')),
  weaker('LogConfiguration', TASK, { 'ContainerDefinitions.0.LogConfiguration': undefined }),
  look('Memory', TASK, { Memory: undefined }),
  look('AlarmActions', 'New AWS::CloudWatch::Alarm', {
    AlarmActions: ['arn:aws:automate:ap-northeast-1:ec2:terminate'],
  }),
  weaker('DesiredCount', SERVICE, { DesiredCount: 0 }),
  look('MinCapacity', 'Web/Service/TaskCount/Target', { MinCapacity: otherwise(1, 0) }),
  weaker('DeploymentCircuitBreaker', SERVICE, {
    'DeploymentConfiguration.DeploymentCircuitBreaker.Rollback': false,
  }),
  look('HealthCheckPath', 'LoadBalancer/TargetGroup', { HealthCheckPath: '/' }),
  look('S3Key', FUNCTION, { 'Code.S3Key': 'evil.zip' }),
  look('S3Bucket', FUNCTION, { 'Code.S3Bucket': 'evil' }),
  weaker('Removed', (s) => s.remove(ALARM)),
  weaker('ActionsEnabled', ALARM, { ActionsEnabled: false }),
  weaker('Removed', (s) => s.remove(MAIL)),
  weaker('Endpoint', MAIL, { Endpoint: 'evil@example.com' }),
  weaker('State', 'Alarms/FailedImports/Rule', { State: 'DISABLED' }),
  weaker('State', 'UserImport/JobQueue', { State: 'DISABLED' }),
  look('AWS::Scheduler::Schedule', 'S AWS::Scheduler::Schedule', {}),
  look('Removed', (s) => delete s.template.Outputs?.['BucketName']),
  undone(weaker('Its tags may be moved', IMAGES, { ImageTagMutability: 'MUTABLE' })),
  undone(weaker('no longer scanned', IMAGES, { ImageScanningConfiguration: { ScanOnPush: false } })),
  look('rds.force_ssl', (s) =>
    s
      .set('G AWS::RDS::DBParameterGroup', { Parameters: { 'rds.force_ssl': '0' }, Family: 'postgres15' })
      .set(DB, { DBParameterGroupName: { Ref: 'G' } }),
  ),
  weaker(PLAIN, TASK, variable('DB_PASSWORD', 'hunter2-hunter2')),
  weaker(PLAIN, TASK, {
    ...variable('X', {
      'Fn::Join': ['', ['{{resolve:secretsmanager:', ref('Web/SessionSecret'), ':SecretString}}']],
    }),
  }),
  weaker(PLAIN, (s) => {
    entry('Parameters', 'P', { Type: 'String', Default: 'x', NoEcho: true })(s);
    s.set(TASK, variable('X', { Ref: 'P' }));
  }),
  weaker(PLAIN, entry('Outputs', 'Key', { Value: { 'Fn::Sub': '{{resolve:secretsmanager:${X}}}' } })),
  undone(
    look('Less is recorded of its load', 'Web/Cluster', {
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
  undone(risk('termination protection', manifest('terminationProtection', false))),
  risk('moves to another account or region', (s) => {
    s.environment = 'aws://unknown-account/us-east-1';
  }),
  risk('environment removed', manifest('stackName', 'Other')),
  ...['cloudFormationExecutionRoleArn', 'assumeRoleArn'].map((key) =>
    weaker('Another role deploys', manifest(key, 'arn:aws:iam::999999999999:role/x')),
  ),
  risk('AWS Batch replaces', manifest('tags', { Environment: 'prod', Project: 'X' })),
  look('stackTemplateAssetObjectUrl', manifest('stackTemplateAssetObjectUrl', `s3://x/${'a'.repeat(64)}.json`)),
  weaker('Transform', (s) => (s.template.Transform = 'Evil')),
  weaker('Rule', (s) => (s.template.Rules = {})),
];
