import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { RDS } from '@aws-sdk/client-rds';
import { whyOff } from '../../../lib/config/safeguard';
import { Variable } from '../../../lib/contract';
import { secretOf } from '../../environment/containers';
import { list } from '../../environment/deployed-stack';
import { type Environment, metric } from '../../environment/environment';
import { inTokyo } from '../../shared/times';
import { cause, contact, look, status, well, wrong, wrongIf } from '../question';
import { restsOrWaits } from './office-hours';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** In these states it answers nobody. In the others, such as `backing-up`, it does, or will soon. */
const AWAY = /fail|error|incompatible|inaccessible|insufficient|full|stop|delet/;
/** PostgreSQL's words, its code, and Prisma's. */
const REFUSED = /password authentication failed|28P01|P1000/;
const ROTATE = '“Rotating the database password” in docs/runbook.md';

/** The database, the way to it, and the URL under which the web tasks look for it. */
export const DATABASE = [
  status('database', 'The database runs', state),
  cause('database-url', 'DATABASE_URL names the database', url),
  cause('password', 'The database takes the password of DATABASE_URL', password),
  contact('connections', 'The application reaches the database', connections, {
    told: '`DatabaseConnections` of the last three hours',
  }),
  contact('clear-text', 'The database refuses clear text', encrypted, {
    told: '`rds.force_ssl`, and whether it is in force',
    onlyAws: true,
  }),
  contact('extended-support', 'The database is in no paid Extended Support', extendedSupport, {
    told: 'life cycle support of the instance',
  }),
  contact('backup', 'A backup of RDS can be restored to an earlier moment', backups, {
    told: 'newest moment that RDS offers; a person restores once',
    applies: ({ config }) => whyOff(config.database.backups.retention) === undefined,
  }),
];

/** It may be stopped as long as no web task wants it. */
async function state(it: Environment) {
  const { DBInstanceIdentifier: name = '', DBInstanceStatus: status = '', ...more } = await it.database();
  const { desiredCount = 0 } = await it.service();
  const says = `${name} is ${status}, ${more.Engine ?? ''} ${more.EngineVersion ?? ''}`;
  const field = `in lib/config/${it.environment}.ts, then npx cdk deploy ${it.description.StackName ?? ''}`;
  if (status === 'storage-full')
    return wrong(
      `The database is ${status}: ${more.AllocatedStorage ?? 0} GiB.`,
      `raise database.allocatedStorage or maxAllocatedStorage ${field}`,
    );
  if (status === 'upgrading') return look(`${says}: ask again when it is done.`);
  if (!AWAY.test(status) || (status.startsWith('stop') && desiredCount === 0)) return well(`${says}.`);
  if (status.startsWith('stop')) {
    const start = it.aws('rds start-db-instance', `--db-instance-identifier ${name}`);
    return wrong(`The database is ${status}.`, it.config.officeHours ? it.prooflink('start') : start);
  }
  const events = `--source-type db-instance --source-identifier ${name} --duration 1440`;
  return wrong(`The database is ${status}.`, `what RDS says of it: ${it.aws('rds describe-events', events)}`);
}

async function connectionSecret(it: Environment) {
  const secret = (await it.web()).secrets.find(({ name }) => name === Variable.databaseUrl);
  return await it.secret(secretOf(secret?.valueFrom).arn);
}

/** The URL is read, and nothing of it is told but what it should be. */
async function url(it: Environment) {
  const { Address = '', Port = 0 } = (await it.database()).Endpoint ?? {};
  const { databaseName, sslMode } = it.config.database;
  const { value } = await connectionSecret(it);
  if (value === undefined) return look('It is not known: your rights do not read secrets.');
  const is = URL.canParse(value) ? new URL(value) : undefined;
  const faults = [
    !(is && /^postgres(ql)?:$/.test(is.protocol) && is.username && is.password) && 'its form',
    is && is.host !== `${Address}:${Port}` && 'host and port',
    is && is.pathname !== `/${databaseName}` && 'the database’s name',
    is && is.searchParams.get('sslmode') !== sslMode && 'sslmode',
  ];
  const right = `postgresql://postgres:<password>@${Address}:${Port}/${databaseName}?sslmode=${sslMode}`;
  return wrongIf(
    faults,
    (what) => `DATABASE_URL is not as it should be: ${what}. It should be ${right}`,
    'step 3 of “Rotating the database password” in docs/runbook.md with that URL, then “restart” as there',
  );
}

/** What the web tasks log since they run with this password; beside it, whether both secrets hold the same. */
async function password(it: Environment) {
  const { value, changed } = await connectionSecret(it);
  const [tasks] = (await it.service()).deployments ?? [];
  const since = Math.max(it.now.getTime() - HOUR, Number(changed ?? 0), Number(tasks?.createdAt ?? 0));
  const wanted = {
    logGroupName: it.names.logGroups.app,
    startTime: since,
    filterPattern: '?"password authentication failed" ?P1000 ?28P01',
  };
  for await (const { events = [] } of it.client(CloudWatchLogs).paginateFilterLogEvents(wanted)) {
    const line = events.find(({ message = '' }) => REFUSED.test(message));
    if (line)
      return wrong(
        `${inTokyo(line.timestamp ?? 0)}, the database refused the password of the web tasks (their log).`,
        ROTATE,
      );
  }
  const master = it.ids('AWS::SecretsManager::Secret').find((id) => id.includes('Master'));
  const own = master === undefined ? undefined : await it.secret(master);
  if (!own?.value || value === undefined || !URL.canParse(value)) return undefined;
  const { password = '' } = JSON.parse(own.value) as { password?: string };
  if (decodeURIComponent(new URL(value).password) === password) return undefined;
  return look(
    'The password of DATABASE_URL is not that of the master secret; the tasks’ log says nothing of it.',
    ROTATE,
  );
}

async function connections(it: Environment) {
  const waits = await restsOrWaits(it);
  if (waits) return waits;
  const instance = ['DBInstanceIdentifier', it.id('AWS::RDS::DBInstance')] as const;
  const [values = []] = await it.metrics(3, metric(['AWS/RDS', 'DatabaseConnections'], instance, ['Maximum', 300]));
  const most = Math.max(0, ...values);
  if (most > 0) return well(`It had up to ${most} connections within three hours.`);
  return look('No connection within three hours. Sign in to the application once, and ask again in ten minutes.');
}

async function encrypted(it: Environment) {
  const { DBParameterGroups: [group] = [] } = await it.database();
  const { DBParameterGroupName, ParameterApplyStatus } = group ?? {};
  const parameters = await list(it.client(RDS).paginateDescribeDBParameters({ DBParameterGroupName }), 'Parameters');
  const value = parameters.find(({ ParameterName }) => ParameterName === 'rds.force_ssl')?.ParameterValue;
  const where = `rds.force_ssl of ${DBParameterGroupName ?? 'no parameter group'}`;
  if (value !== '1') return wrong(`${where} is ${value ?? 'not set'}: it has to be 1.`);
  if (ParameterApplyStatus === 'in-sync') return well(`${where} is 1, and in force.`);
  return wrong(`${where} is 1, but the group is ${ParameterApplyStatus ?? 'unknown'}: restart the database.`);
}

/** A restore enrols, unless told otherwise. */
async function extendedSupport(it: Environment) {
  const { EngineLifecycleSupport: support = 'open-source-rds-extended-support', EngineVersion = '' } =
    await it.database();
  if (support.endsWith('-disabled')) return well(`It is not, with PostgreSQL ${EngineVersion}.`);
  return wrong(`It is: ${support}. Only a restore can say otherwise.`);
}

async function backups(it: Environment) {
  const { InstanceCreateTime: made = it.now, LatestRestorableTime: latest } = await it.database();
  const none = 'There is no backup yet';
  if (!latest && made.getTime() > it.now.getTime() - DAY) return look(`${none}: the database is not a day old.`);
  if (!latest) return wrong(`${none}, of a database older than a day.`);
  const newest = `to ${inTokyo(latest)} at the latest`;
  if (latest.getTime() < it.now.getTime() - HOUR)
    return wrong(`It could be restored ${newest}: its log has not been saved since.`);
  return look(`It can be restored ${newest}. Do it once before it is needed: docs/runbook.md, "Restoring a backup".`);
}
