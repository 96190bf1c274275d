import { ref } from '../../../../../support/real-stack';
import { DB, entry, look, otherwise, type Pair, risk, SERVICE, TASK, variable, weaker } from './pair';

const ALARM = 'Alarms/import-failed';
const PLAIN = 'A secret is in plain text';
const RESOLVED = 'CloudFormation writes the value of a secret into';

/** Tasks, notifications, secrets in clear text, and the stack itself. */
export const RUNNING: readonly Pair[] = [
  weaker('The container gets privileges of the host', TASK, { 'ContainerDefinitions.0.Privileged': true }),
  weaker('Certificates are no longer verified', TASK, variable('NODE_TLS_REJECT_UNAUTHORIZED', '0')),
  look('AlarmActions', 'New AWS::CloudWatch::Alarm', {
    AlarmActions: ['arn:aws:automate:ap-northeast-1:ec2:terminate'],
  }),
  weaker('No tasks run anymore.', SERVICE, { DesiredCount: 0 }),
  look('The capacity is reduced', 'Web/Service/TaskCount/Target', { MinCapacity: otherwise(1, 0) }),
  weaker('The alarm no longer notifies anyone.', ALARM, { ActionsEnabled: false }),
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
