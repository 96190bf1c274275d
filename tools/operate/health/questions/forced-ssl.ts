import { RDS } from '@aws-sdk/client-rds';
import { readAll } from '../../../deployed/pages';
import type { Environment } from '../../../deployed/environment';
import { type Answer, wellAnswer, wrongAnswer } from '../answer';
import { isRealAws, type Question } from '../question';
import { words } from './words';

/** Question on `rds.force_ssl`, by which PostgreSQL on RDS refuses connections in clear text, without TLS. */
export const FORCED_SSL: Question = {
  id: 'clear-text',
  statement: words.statements.clearText,
  confirms: ['clear-text-refused'],
  firstAskedBy: 'first-contact',
  applies: isRealAws,
  ask: checkForcedSsl,
};

async function checkForcedSsl(environment: Environment): Promise<Answer> {
  const { DBParameterGroups: parameterGroups = [] } = await environment.describeDatabase();
  // A database has one parameter group.
  const { DBParameterGroupName: group, ParameterApplyStatus: status } = parameterGroups[0] ?? {};
  const pages = environment.client(RDS).paginateDescribeDBParameters({ DBParameterGroupName: group });
  const parameters = await readAll(pages, 'Parameters');
  const forceSsl = parameters.find(({ ParameterName }) => ParameterName === 'rds.force_ssl');

  const value = forceSsl?.ParameterValue;
  if (value !== '1') return wrongAnswer({ says: words.clearText.isOtherValue({ group, value }) });
  if (status !== 'in-sync') return wrongAnswer({ says: words.clearText.isNotInForce({ group, status }) });
  return wellAnswer(words.clearText.isInForce({ group }));
}
