import { RDS } from '@aws-sdk/client-rds';
import { readAll } from '../../../deployed/pages';
import type { Environment } from '../../../deployed/environment';
import { type Answer, wellAnswer, wrongAnswer } from '../answer';
import { isRealAws, type Question } from '../question';

/** Question on `rds.force_ssl`, by which PostgreSQL on RDS refuses connections in clear text, without TLS. */
export const FORCED_SSL: Question = {
  id: 'clear-text',
  statement: 'The database refuses clear text',
  confirms: ['clear-text-refused'],
  firstAskedBy: 'first-contact',
  applies: isRealAws,
  ask: checkForcedSsl,
};

async function checkForcedSsl(environment: Environment): Promise<Answer> {
  const { DBParameterGroups: parameterGroups = [] } = await environment.describeDatabase();
  // A database has one parameter group.
  const { DBParameterGroupName, ParameterApplyStatus = 'unknown' } = parameterGroups[0] ?? {};
  const pages = environment.client(RDS).paginateDescribeDBParameters({ DBParameterGroupName });
  const parameters = await readAll(pages, 'Parameters');
  const forceSsl = parameters.find(({ ParameterName }) => ParameterName === 'rds.force_ssl');

  const parameterText = `rds.force_ssl of ${DBParameterGroupName ?? 'no parameter group'}`;
  const value = forceSsl?.ParameterValue;
  if (value !== '1') {
    return wrongAnswer({ says: `${parameterText} is ${value ?? 'not set'}: it has to be 1.` });
  }
  if (ParameterApplyStatus !== 'in-sync') {
    return wrongAnswer({
      says: `${parameterText} is 1, but the group is ${ParameterApplyStatus}: restart the database.`,
    });
  }
  return wellAnswer(`${parameterText} is 1, and in force.`);
}
