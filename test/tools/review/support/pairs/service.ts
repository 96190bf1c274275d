import { DB, entry, IMAGES, look, otherwise, type Pair, ref, risk, SERVICE, TASK, undone, variable } from './pair';
import { weaker } from './pair';

const ALARM = 'Alarms/import-failed';
const PLAIN = 'A secret stands in plain text';

/** Tasks, notifications, and secrets in clear text. */
export const RUNNING: readonly Pair[] = [
  undone(weaker('ECS Exec', SERVICE, { EnableExecuteCommand: true })),
  weaker('Its container gets rights of the machine', TASK, { 'ContainerDefinitions.0.Privileged': true }),
  weaker('Certificates are no longer checked', TASK, variable('NODE_TLS_REJECT_UNAUTHORIZED', '0')),
  look('Memory', TASK, { Memory: undefined }),
  look('AlarmActions', 'New AWS::CloudWatch::Alarm', {
    AlarmActions: ['arn:aws:automate:ap-northeast-1:ec2:terminate'],
  }),
  weaker('No task runs any more.', SERVICE, { DesiredCount: 0 }),
  look('Less of it runs, or may run', 'Web/Service/TaskCount/Target', { MinCapacity: otherwise(1, 0) }),
  weaker('Nobody is told any more when it fires.', ALARM, { ActionsEnabled: false }),
  weaker('It is switched off', 'UserImport/JobQueue', { State: 'DISABLED' }),
  look('It calls ', 'S AWS::Scheduler::Schedule', {}),
  look('What reads it fails: a command, a workflow', (s) => delete s.template.Outputs?.['BucketName']),
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
  risk('AWS Batch replaces', manifest('tags', { Environment: 'prod', Project: 'X' })),
  look(
    'uploaded to, or read from, another place',
    manifest('stackTemplateAssetObjectUrl', `s3://x/${'a'.repeat(64)}.json`),
  ),
  weaker('A macro rewrites the template', (s) => (s.template.Transform = 'Evil')),
  weaker('A check of the parameters is gone.', (s) => (s.template.Rules = {})),
];
