import { ref } from '../../../../support/real-stack';
import {
  all,
  type DangerousPair,
  DATABASE,
  ifImage,
  newVariable,
  SCALING_TARGET,
  SERVICE,
  set,
  setEntry,
  TASK_DEFINITION,
} from './pair';

const RESOLVED = 'CloudFormation writes the value of a secret into';
const SECRET_BY_REFERENCE = {
  'Fn::Join': ['', ['{{resolve:secretsmanager:', ref('Web/SessionSecret'), ':SecretString}}']],
};

/** Tasks, notifications, secrets in clear text, and the stack itself. */
export const RUNNING: readonly DangerousPair[] = [
  {
    title: 'a container is privileged',
    level: 'weaker',
    says: 'The container gets privileges of the host',
    change: set(TASK_DEFINITION, { 'ContainerDefinitions.0.Privileged': true }),
  },
  {
    title: 'a variable switches the check of certificates off',
    level: 'weaker',
    says: 'Certificates are no longer verified',
    change: set(TASK_DEFINITION, newVariable('NODE_TLS_REJECT_UNAUTHORIZED', '0')),
  },
  {
    title: 'a service wants no task',
    level: 'weaker',
    says: 'No tasks run anymore.',
    change: set(SERVICE, { DesiredCount: 0 }),
  },
  {
    title: 'a service may scale to fewer tasks',
    level: 'look',
    says: 'The capacity is reduced',
    change: set(SCALING_TARGET, { MinCapacity: ifImage(1, 0) }),
  },
  {
    title: 'an alarm no longer notifies',
    level: 'weaker',
    says: 'The alarm no longer notifies anyone.',
    change: set('Alarms/import-failed', { ActionsEnabled: false }),
  },
  {
    title: 'a database gets a parameter group that accepts connections in clear text',
    level: 'look',
    says: 'rds.force_ssl',
    change: all(
      set('G AWS::RDS::DBParameterGroup', { Parameters: { 'rds.force_ssl': '0' }, Family: 'postgres15' }),
      set(DATABASE, { DBParameterGroupName: { Ref: 'G' } }),
    ),
  },
  {
    title: 'a variable has a password in clear text',
    level: 'weaker',
    says: 'A secret is in plain text',
    change: set(TASK_DEFINITION, newVariable('DB_PASSWORD', 'hunter2-hunter2')),
  },
  {
    title: 'a variable has a dynamic reference to a secret',
    level: 'weaker',
    says: RESOLVED,
    change: set(TASK_DEFINITION, newVariable('X', SECRET_BY_REFERENCE)),
  },
  {
    title: 'a variable has the value of a NoEcho parameter',
    level: 'weaker',
    says: RESOLVED,
    change: all(
      setEntry('Parameters', 'P', { Type: 'String', Default: 'x', NoEcho: true }),
      set(TASK_DEFINITION, newVariable('X', { Ref: 'P' })),
    ),
  },
  {
    title: 'a stack moves to another region',
    level: 'risk',
    says: 'moves to another account or region',
    change: (stack) => {
      stack.environment = 'aws://unknown-account/us-east-1';
    },
  },
];
