import { RDS } from '@aws-sdk/client-rds';
import { whyOff } from '../../../../lib/config/safeguard';
import { readAll } from '../../../deployed/aws';
import type { Environment } from '../../../deployed/environment';
import { inTokyo } from '../../../deployed/times';
import { type Answer, lookAnswer, wellAnswer, wrongAnswer } from '../answer';
import { isRealAws, type Question } from '../question';
import { onlyWithWebTasks } from './only-with-web-tasks';

/** Properties of the database that only its use proves. */
export const DATABASE_FIRST_CONTACT_QUESTIONS: readonly Question[] = [
  {
    id: 'connections',
    statement: 'The application reaches the database',
    depth: 'contact',
    ask: onlyWithWebTasks(checkConnections),
  },
  {
    id: 'clear-text',
    statement: 'The database refuses clear text',
    depth: 'contact',
    applies: isRealAws,
    ask: checkForcedSsl,
  },
  {
    id: 'backup',
    statement: 'A backup of RDS can be restored to an earlier moment',
    depth: 'contact',
    applies: ({ config }) => whyOff(config.database.backups.retention) === undefined,
    ask: checkBackup,
  },
];

const CONNECTION_HOURS = 3;

async function checkConnections(environment: Environment): Promise<Answer> {
  const values = await environment.metricValues(CONNECTION_HOURS, {
    Namespace: 'AWS/RDS',
    MetricName: 'DatabaseConnections',
    Dimensions: [{ Name: 'DBInstanceIdentifier', Value: environment.physicalId('AWS::RDS::DBInstance') }],
    Stat: 'Maximum',
    Period: 300,
  });
  const maximum = Math.max(0, ...values);
  if (maximum > 0) return wellAnswer(`It had up to ${maximum} connections within three hours.`);
  return lookAnswer('No connection within three hours. Sign in to the application once, and ask again in ten minutes.');
}

async function checkForcedSsl(environment: Environment): Promise<Answer> {
  const { DBParameterGroups = [] } = await environment.describeDatabase();
  const { DBParameterGroupName, ParameterApplyStatus = 'unknown' } = DBParameterGroups[0] ?? {};
  const pages = environment.client(RDS).paginateDescribeDBParameters({ DBParameterGroupName });
  const parameters = await readAll(pages, 'Parameters');
  const forceSsl = parameters.find(({ ParameterName }) => ParameterName === 'rds.force_ssl');

  const parameter = `rds.force_ssl of ${DBParameterGroupName ?? 'no parameter group'}`;
  const value = forceSsl?.ParameterValue;
  if (value !== '1') return wrongAnswer(`${parameter} is ${value ?? 'not set'}: it has to be 1.`);
  if (ParameterApplyStatus === 'in-sync') return wellAnswer(`${parameter} is 1, and in force.`);
  return wrongAnswer(`${parameter} is 1, but the group is ${ParameterApplyStatus}: restart the database.`);
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

async function checkBackup(environment: Environment): Promise<Answer> {
  const { InstanceCreateTime, LatestRestorableTime } = await environment.describeDatabase();
  const now = environment.now.getTime();
  if (!LatestRestorableTime) {
    const creation = InstanceCreateTime?.getTime() ?? now;
    const isNew = creation > now - DAY;
    return isNew
      ? lookAnswer('There is no backup yet: the database is not a day old.')
      : wrongAnswer('There is no backup yet, of a database older than a day.');
  }
  const latest = `to ${inTokyo(LatestRestorableTime)} at the latest`;
  if (LatestRestorableTime.getTime() < now - HOUR) {
    return wrongAnswer(`It could be restored ${latest}: its log has not been saved since.`);
  }
  return lookAnswer(
    `It can be restored ${latest}. Do it once before it is needed: docs/runbook.md, "Restoring a backup".`,
  );
}
