/* eslint-disable @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-return -- a test knows the template that it changes */
import { DB, TASK, variable, otherwise, type Pair } from './pair';

export const SERVICE: readonly Pair[] = [
  ['a shell in the tasks', 'weaker', 'ECS Exec', (s) => s.set('Web/Service/Service', { EnableExecuteCommand: true })],
  ['another image', 'look', 'Image', (s) => (s.of(TASK).ContainerDefinitions[0].Image = 'evil/image')],
  ['a privileged container', 'weaker', 'Privileged', (s) => (s.of(TASK).ContainerDefinitions[0].Privileged = true)],
  [
    'TLS that is not checked',
    'weaker',
    'NODE_TLS_REJECT_UNAUTHORIZED',
    (s) => variable(s, 'NODE_TLS_REJECT_UNAUTHORIZED', '0'),
  ],
  ['no logs', 'weaker', 'LogConfiguration', (s) => delete s.of(TASK).ContainerDefinitions[0].LogConfiguration],
  ['tasks without a size', 'look', 'Memory', (s) => s.set(TASK, { Memory: undefined })],
  [
    'an alarm that does more than tell',
    'look',
    'AlarmActions',
    (s) => s.add('New', 'AWS::CloudWatch::Alarm', { AlarmActions: ['arn:aws:automate:ap-northeast-1:ec2:terminate'] }),
  ],
  ['no tasks', 'weaker', 'DesiredCount', (s) => s.set('Web/Service/Service', { DesiredCount: 0 })],
  [
    'fewer tasks',
    'look',
    'MinCapacity',
    (s) => s.set('Web/Service/TaskCount/Target', { MinCapacity: otherwise(1, 0) }),
  ],
  [
    'no rollback',
    'weaker',
    'DeploymentCircuitBreaker',
    (s) => (s.of('Web/Service/Service').DeploymentConfiguration.DeploymentCircuitBreaker.Rollback = false),
  ],
  [
    'another path of the health check',
    'look',
    'HealthCheckPath',
    (s) => s.set('LoadBalancer/TargetGroup', { HealthCheckPath: '/' }),
  ],
  [
    'code of a function without its hash',
    'look',
    'S3Key',
    (s) => (s.of('AWS679f53fac002430cb0da5b7982bd22872D164C4C').Code.S3Key = 'evil.zip'),
  ],
  [
    'code of another bucket',
    'look',
    'S3Bucket',
    (s) => (s.of('AWS679f53fac002430cb0da5b7982bd22872D164C4C').Code.S3Bucket = 'evil'),
  ],
  ['an alarm less', 'weaker', 'Removed', (s) => s.remove('Alarms/import-failed')],
  [
    'an alarm that tells nobody',
    'weaker',
    'ActionsEnabled',
    (s) => s.set('Alarms/import-failed', { ActionsEnabled: false }),
  ],
  [
    'another address',
    'weaker',
    'Endpoint',
    (s) => s.set('Alarms/Topic/ops@example.com', { Endpoint: 'evil@example.com' }),
  ],
  [
    'a failed import that nobody hears of',
    'weaker',
    'State',
    (s) => s.set('Alarms/FailedImports/Rule', { State: 'DISABLED' }),
  ],
  ['a queue that stands still', 'weaker', 'State', (s) => s.set('UserImport/JobQueue', { State: 'DISABLED' })],
  ['a schedule that deletes', 'look', 'AWS::Scheduler::Schedule', (s) => s.add('S', 'AWS::Scheduler::Schedule', {})],
  ['an output less', 'look', 'Removed', (s) => delete s.template.Outputs?.['BucketName']],
  [
    'tags of images may move',
    'weaker',
    'Its tags may be moved',
    (s) => s.set('AppRegistry/Repository', { ImageTagMutability: 'MUTABLE' }),
  ],
  [
    'images unscanned',
    'weaker',
    'no longer scanned',
    (s) => s.set('AppRegistry/Repository', { ImageScanningConfiguration: { ScanOnPush: false } }),
  ],
  [
    'no TLS of the database',
    'look',
    'rds.force_ssl',
    (s) =>
      s
        .add('G', 'AWS::RDS::DBParameterGroup', { Parameters: { 'rds.force_ssl': '0' }, Family: 'postgres15' })
        .set(DB, { DBParameterGroupName: { Ref: 'G' } }),
  ],
];
