import { all, type DangerousPair, DATABASE, ifImage, SCALING_TARGET, set, setEntry, TASK_DEFINITION } from './pair';

/** Capacity, parameters of the engine, and secrets, by references that small templates have not. */
export const RUNNING: readonly DangerousPair[] = [
  {
    title: 'a service may scale to fewer tasks',
    level: 'look',
    says: 'The capacity is reduced',
    change: set(SCALING_TARGET, { MinCapacity: ifImage(1, 0) }),
  },
  {
    title: 'a database gets a parameter group that accepts connections in clear text',
    level: 'weaker',
    says: ['The database accepts unencrypted connections.', 'rds.force_ssl'],
    change: all(
      set('G AWS::RDS::DBParameterGroup', { Parameters: { 'rds.force_ssl': '0' }, Family: 'postgres15' }),
      set(DATABASE, { DBParameterGroupName: { Ref: 'G' } }),
    ),
  },
  {
    title: 'a variable has the value of a NoEcho parameter',
    level: 'weaker',
    says: 'CloudFormation writes the value of a secret into',
    change: all(
      setEntry('Parameters', 'P', { Type: 'String', Default: 'x', NoEcho: true }),
      set(TASK_DEFINITION, { 'ContainerDefinitions.0.Environment.+': { Name: 'X', Value: { Ref: 'P' } } }),
    ),
  },
];
