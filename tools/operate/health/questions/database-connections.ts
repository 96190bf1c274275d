import { Part } from '../../../../lib/contract';
import type { Environment } from '../../../deployed/environment';
import { type Answer, personMustLook, wellAnswer } from '../answer';
import type { Question } from '../question';
import { onlyWithWebTasks } from './only-with-web-tasks';

export const DATABASE_CONNECTIONS: Question = {
  id: 'connections',
  statement: 'The application reaches the database',
  confirms: ['database-reached'],
  firstAskedBy: 'first-contact',
  ask: onlyWithWebTasks(checkConnections),
};

/** Hours of the metric; the sentences below say the number, too. */
const METRIC_HOURS = 3;

async function checkConnections(environment: Environment): Promise<Answer> {
  const connectionCounts = await environment.metricValues(METRIC_HOURS, {
    Namespace: 'AWS/RDS',
    MetricName: 'DatabaseConnections',
    Dimensions: [{ Name: 'DBInstanceIdentifier', Value: environment.physicalIdOf(Part.database) }],
    Stat: 'Maximum',
    Period: 300,
  });
  const maximum = Math.max(0, ...connectionCounts);
  if (maximum > 0) return wellAnswer(`It had up to ${maximum} connections within three hours.`);
  return personMustLook({
    says: 'No connection within three hours. Sign in to the application once, and ask again in ten minutes.',
  });
}
