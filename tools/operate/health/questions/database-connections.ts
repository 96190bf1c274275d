import { Part } from '../../../../lib/contract';
import type { Environment } from '../../../deployed/environment';
import { type Answer, personMustLook, wellAnswer } from '../answer';
import type { Question } from '../question';
import { words } from './words';
import { onlyWithWebTasks } from './only-with-web-tasks';

export const DATABASE_CONNECTIONS: Question = {
  id: 'connections',
  statement: words.statements.connections,
  confirms: ['database-reached'],
  firstAskedBy: 'first-contact',
  ask: onlyWithWebTasks(checkConnections),
};

/** Hours of the metric; the sentences on connections say the number, too. */
const METRIC_HOURS = 3;

async function checkConnections(environment: Environment): Promise<Answer> {
  const connectionCounts = await environment.metricValues(METRIC_HOURS, {
    Namespace: 'AWS/RDS',
    MetricName: 'DatabaseConnections',
    Dimensions: [{ Name: 'DBInstanceIdentifier', Value: environment.physicalIdOf(Part.database) }],
    Stat: 'Maximum',
    Period: 300,
  });
  const connectionCount = Math.max(0, ...connectionCounts);
  if (connectionCount > 0) return wellAnswer(words.connections.counted({ connectionCount }));
  return personMustLook({ says: words.connections.none() });
}
