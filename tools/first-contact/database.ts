import {
  type DBInstance,
  paginateDescribeDBInstances,
  paginateDescribeDBParameters,
  RDSClient,
} from '@aws-sdk/client-rds';
import { whyOff } from '../../lib/config/safeguard';
import { CannotTellError } from '@infra/common/outcome';
import { awsClient, itemsOf } from '../shared/aws';
import { inTokyo } from '../shared/times';
import { type Answer, type Contact, DAY, fail, HOUR, look, metricValues, noTaskYet, pass, type Row } from './row';

async function describe({ stack }: Contact, client: RDSClient): Promise<DBInstance> {
  const [DBInstanceIdentifier = ''] = stack.ids('AWS::RDS::DBInstance');
  const found = paginateDescribeDBInstances({ client }, { DBInstanceIdentifier });
  const [it] = await itemsOf(found, (page) => page.DBInstances);
  if (!it) throw new CannotTellError(`There is no database ${DBInstanceIdentifier}.`);
  return it;
}

async function connections(contact: Contact): Promise<Answer> {
  const waits = await noTaskYet(contact);
  if (waits) return waits;
  const [Value = ''] = contact.stack.ids('AWS::RDS::DBInstance');
  const Metric = {
    Namespace: 'AWS/RDS',
    MetricName: 'DatabaseConnections',
    Dimensions: [{ Name: 'DBInstanceIdentifier', Value }],
  };
  const queries = [{ Id: 'connections', MetricStat: { Metric, Period: 300, Stat: 'Maximum' } }];
  const most = Math.max(0, ...(await metricValues(contact, queries, 3))('connections'));
  if (most > 0) return pass(`It had up to ${most} connections within three hours.`);
  return look('No connection within three hours. Sign in to the application once, and ask again in ten minutes.');
}

async function encrypted(contact: Contact): Promise<Answer> {
  const client = awsClient(RDSClient, contact.stack);
  const { DBParameterGroups: [group] = [] } = await describe(contact, client);
  const { DBParameterGroupName, ParameterApplyStatus } = group ?? {};
  const pages = paginateDescribeDBParameters({ client }, { DBParameterGroupName });
  const parameters = await itemsOf(pages, (page) => page.Parameters);
  const value = parameters.find(({ ParameterName }) => ParameterName === 'rds.force_ssl')?.ParameterValue;
  const where = `rds.force_ssl of ${DBParameterGroupName ?? 'no parameter group'}`;
  if (value !== '1') return fail(`${where} is ${value ?? 'not set'}: it has to be 1.`);
  if (ParameterApplyStatus !== 'in-sync')
    return fail(`${where} is 1, but the group is ${ParameterApplyStatus ?? 'unknown'}: restart the database.`);
  return pass(`${where} is 1, and in force.`);
}

/** A restore enrols, unless told otherwise. */
async function extendedSupport(contact: Contact): Promise<Answer> {
  const { EngineLifecycleSupport, EngineVersion = '' } = await describe(contact, awsClient(RDSClient, contact.stack));
  if (EngineLifecycleSupport === 'open-source-rds-extended-support-disabled')
    return pass(`It is not, with PostgreSQL ${EngineVersion}.`);
  return fail(
    `It is: ${EngineLifecycleSupport ?? 'open-source-rds-extended-support'}. Only a restore can say otherwise.`,
  );
}

async function backups(contact: Contact): Promise<Answer> {
  const { now } = contact;
  const it = await describe(contact, awsClient(RDSClient, contact.stack));
  const { InstanceCreateTime: made = now, LatestRestorableTime: latest } = it;
  const isNew = made.getTime() > now.getTime() - DAY;
  if (!latest) {
    const none = 'There is no backup yet';
    return isNew ? look(`${none}: the database is not a day old.`) : fail(`${none}, of a database older than a day.`);
  }
  const newest = `to ${inTokyo(latest)} at the latest`;
  if (latest.getTime() < now.getTime() - HOUR)
    return fail(`It could be restored ${newest}: its log has not been saved since.`);
  return look(`It can be restored ${newest}. Do it once before it is needed: docs/runbook.md, "Restoring a backup".`);
}

/** The database. */
export const DATABASE: readonly Row[] = [
  {
    sees: 'The application reaches the database',
    told: '`DatabaseConnections` of the last three hours',
    ask: connections,
  },
  { sees: 'The database refuses clear text', told: '`rds.force_ssl`, and whether it is in force', ask: encrypted },
  {
    sees: 'The database is in no paid Extended Support',
    told: 'life cycle support of the instance',
    ask: extendedSupport,
  },
  {
    sees: 'A backup of RDS can be restored to an earlier moment',
    told: 'newest moment that RDS offers; a person restores once',
    applies: ({ config: { database } }) => whyOff(database.backups.retention) === undefined,
    ask: backups,
  },
];
