/* eslint-disable @typescript-eslint/no-unsafe-member-access -- a test knows the template that it changes */
import { BUCKET, DB, look, otherwise, type Pair, TASK, undone, variable, weaker } from './pair';

/** Tasks, notifications, and secrets in clear text. */
export const SERVICE: readonly Pair[] = [
  undone(
    weaker('a shell in the tasks', 'ECS Exec', (s) => s.set('Web/Service/Service', { EnableExecuteCommand: true })),
  ),
  look('another image', 'Image', (s) => (s.of(TASK).ContainerDefinitions[0].Image = 'evil/image')),
  weaker('a privileged container', 'Privileged', (s) => (s.of(TASK).ContainerDefinitions[0].Privileged = true)),
  weaker('TLS that is not checked', 'NODE_TLS_REJECT_UNAUTHORIZED', (s) =>
    variable(s, 'NODE_TLS_REJECT_UNAUTHORIZED', '0'),
  ),
  weaker('no logs', 'LogConfiguration', (s) => delete s.of(TASK).ContainerDefinitions[0].LogConfiguration),
  look('tasks without a size', 'Memory', (s) => s.set(TASK, { Memory: undefined })),
  look('an alarm that does more than tell', 'AlarmActions', (s) =>
    s.add('New', 'AWS::CloudWatch::Alarm', { AlarmActions: ['arn:aws:automate:ap-northeast-1:ec2:terminate'] }),
  ),
  weaker('no tasks', 'DesiredCount', (s) => s.set('Web/Service/Service', { DesiredCount: 0 })),
  look('fewer tasks', 'MinCapacity', (s) => s.set('Web/Service/TaskCount/Target', { MinCapacity: otherwise(1, 0) })),
  weaker(
    'no rollback',
    'DeploymentCircuitBreaker',
    (s) => (s.of('Web/Service/Service').DeploymentConfiguration.DeploymentCircuitBreaker.Rollback = false),
  ),
  look('another path of the health check', 'HealthCheckPath', (s) =>
    s.set('LoadBalancer/TargetGroup', { HealthCheckPath: '/' }),
  ),
  look(
    'code of a function without its hash',
    'S3Key',
    (s) => (s.of('AWS679f53fac002430cb0da5b7982bd22872D164C4C').Code.S3Key = 'evil.zip'),
  ),
  look(
    'code of another bucket',
    'S3Bucket',
    (s) => (s.of('AWS679f53fac002430cb0da5b7982bd22872D164C4C').Code.S3Bucket = 'evil'),
  ),
  weaker('an alarm less', 'Removed', (s) => s.remove('Alarms/import-failed')),
  weaker('an alarm that tells nobody', 'ActionsEnabled', (s) =>
    s.set('Alarms/import-failed', { ActionsEnabled: false }),
  ),
  weaker('a mail address less', 'Removed', (s) => s.remove('Alarms/Topic/ops@example.com')),
  weaker('another address', 'Endpoint', (s) => s.set('Alarms/Topic/ops@example.com', { Endpoint: 'evil@example.com' })),
  weaker('a failed import that nobody hears of', 'State', (s) =>
    s.set('Alarms/FailedImports/Rule', { State: 'DISABLED' }),
  ),
  weaker('a queue that stands still', 'State', (s) => s.set('UserImport/JobQueue', { State: 'DISABLED' })),
  look('a schedule that deletes', 'AWS::Scheduler::Schedule', (s) => s.add('S', 'AWS::Scheduler::Schedule', {})),
  look('an output less', 'Removed', (s) => delete s.template.Outputs?.['BucketName']),
  undone(
    weaker('tags of images may move', 'Its tags may be moved', (s) =>
      s.set('AppRegistry/Repository', { ImageTagMutability: 'MUTABLE' }),
    ),
  ),
  undone(
    weaker('images unscanned', 'no longer scanned', (s) =>
      s.set('AppRegistry/Repository', { ImageScanningConfiguration: { ScanOnPush: false } }),
    ),
  ),
  look('no TLS of the database', 'rds.force_ssl', (s) =>
    s
      .add('G', 'AWS::RDS::DBParameterGroup', { Parameters: { 'rds.force_ssl': '0' }, Family: 'postgres15' })
      .set(DB, { DBParameterGroupName: { Ref: 'G' } }),
  ),
  weaker('a password in the open', 'A secret stands in plain text', (s) =>
    variable(s, 'DB_PASSWORD', 'hunter2-hunter2'),
  ),
  weaker('a name like PASS', 'A secret stands in plain text', (s) => variable(s, 'SMTP_PASS', 'hunter2-hunter2')),
  weaker('a name like _KEY', 'A secret stands in plain text', (s) => variable(s, 'SIGNING_KEY', 'hunter2-hunter2')),
  weaker('one that AWS resolves', 'A secret stands in plain text', (s) =>
    variable(s, 'X', {
      'Fn::Join': ['', ['{{resolve:secretsmanager:', { Ref: s.id('Web/SessionSecret') }, ':SecretString}}']],
    }),
  ),
  weaker('a URL that is joined', 'A secret stands in plain text', (s) =>
    variable(s, 'X', { 'Fn::Join': ['', ['postgresql://', 'app:hunter2-hunter2', '@', { Ref: s.id(BUCKET) }]] }),
  ),
  weaker('a parameter that is not to be echoed', 'A secret stands in plain text', (s) => {
    s.template.Parameters = { ...s.template.Parameters, P: { Type: 'String', Default: 'x', NoEcho: true } as never };
    variable(s, 'X', { Ref: 'P' });
  }),
  weaker(
    'an output',
    'A secret stands in plain text',
    (s) =>
      (s.template.Outputs = {
        ...s.template.Outputs,
        Key: { Value: { 'Fn::Sub': '{{resolve:secretsmanager:${X}}}' } },
      }),
  ),
  weaker('in JSON', 'A secret stands in plain text', (s) => variable(s, 'CONFIG', '{"DB_PASS":"hunter2-hunter2"}')),
  weaker('assigned', 'A secret stands in plain text', (s) => variable(s, 'CONFIG', 'DB_PASS=hunter2-hunter2')),
  weaker(
    'in a command',
    'A secret stands in plain text',
    (s) => (s.of(TASK).ContainerDefinitions[0].Command = ['serve', '--api-token', 'hunter2-hunter2']),
  ),
  undone(
    look(
      'no Container Insights',
      'Less is recorded of its load',
      (s) => (s.of('Web/Cluster').ClusterSettings[0].Value = 'disabled'),
    ),
  ),
];
