import { ref } from '../../../../../support/real-stack';
import { DB, entry, look, otherwise, type Pair, risk, SERVICE, TASK, variable, weaker } from './pair';

const ALARM = 'Alarms/import-failed';
const PLAIN = 'A secret stands in plain text';
const RESOLVED = 'CloudFormation writes the value of a secret into it at the deployment';

/** Tasks, notifications, secrets in clear text, and the stack itself. */
export const RUNNING: readonly Pair[] = [
  weaker('Its container gets rights of the machine', TASK, { 'ContainerDefinitions.0.Privileged': true }),
  weaker('Certificates are no longer checked', TASK, variable('NODE_TLS_REJECT_UNAUTHORIZED', '0')),
  look('AlarmActions', 'New AWS::CloudWatch::Alarm', {
    AlarmActions: ['arn:aws:automate:ap-northeast-1:ec2:terminate'],
  }),
  weaker('No task runs any more.', SERVICE, { DesiredCount: 0 }),
  look('Less of it runs, or may run', 'Web/Service/TaskCount/Target', { MinCapacity: otherwise(1, 0) }),
  weaker('Nobody is told any more when it fires.', ALARM, { ActionsEnabled: false }),
  look('rds.force_ssl', (s) =>
    s
      .set('G AWS::RDS::DBParameterGroup', { Parameters: { 'rds.force_ssl': '0' }, Family: 'postgres15' })
      .set(DB, { DBParameterGroupName: { Ref: 'G' } }),
  ),
  weaker(PLAIN, TASK, variable('DB_PASSWORD', 'hunter2-hunter2')),
  weaker(RESOLVED, TASK, {
    ...variable('X', {
      'Fn::Join': ['', ['{{resolve:secretsmanager:', ref('Web/SessionSecret'), ':SecretString}}']],
    }),
  }),
  weaker(RESOLVED, (s) => {
    entry('Parameters', 'P', { Type: 'String', Default: 'x', NoEcho: true })(s);
    s.set(TASK, variable('X', { Ref: 'P' }));
  }),
  weaker(RESOLVED, entry('Outputs', 'Key', { Value: { 'Fn::Sub': '{{resolve:secretsmanager:${X}}}' } })),
  risk('moves to another account or region', (s) => {
    s.environment = 'aws://unknown-account/us-east-1';
  }),
  weaker('A macro rewrites the template', (s) => (s.template.Transform = 'Evil')),
];
