import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { RDS } from '@aws-sdk/client-rds';
import { whyOff } from '../../../../lib/config/safeguard';
import { Variable } from '../../../../lib/contract';
import { secretOf } from '../../../deployed/containers';
import { readAll } from '../../../deployed/aws';
import type { Environment } from '../../../deployed/environment';
import { inTokyo } from '../../../deployed/times';
import { cause, isRealAws, look, status, well, when, wrong, wrongIf } from '../question';
import { whileAwake } from './office-hours';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** In these states it does not answer. In the others, such as `backing-up`, it does, or will soon. */
const AWAY = /fail|error|incompatible|inaccessible|insufficient|full|stop|delet/;
/** PostgreSQL's words, its code, and Prisma's. */
const REFUSED = /password authentication failed|28P01|P1000/;
const REFUSALS = '?"password authentication failed" ?P1000 ?28P01';
const ROTATE = '“Rotating the database password” in docs/runbook.md';

const backedUp = when(({ config }) => whyOff(config.database.backups.retention) === undefined);

/** The database, the way to it, and the URL under which the web tasks look for it. */
export const DATABASE = [
  /** It may be stopped as long as no web task wants it. */
  status('database', 'The database runs', async (environment) => {
    const {
      DBInstanceIdentifier: name = '',
      DBInstanceStatus: status = '',
      ...more
    } = await environment.describeDatabase();
    const { desiredCount = 0 } = await environment.describeService();
    const says = `${name} is ${status}, ${more.Engine ?? ''} ${more.EngineVersion ?? ''}`;
    if (['creating', 'upgrading'].includes(status)) return look(`${says}: ask again when it is done.`);
    if (!AWAY.test(status) || (status.startsWith('stop') && desiredCount === 0)) return well(`${says}.`);
    const field = `in lib/config/${environment.environmentName}.ts, then npx cdk deploy ${environment.description.StackName ?? ''}`;
    if (status === 'storage-full')
      return wrong(
        `The database is ${status}: ${more.AllocatedStorage ?? 0} GiB.`,
        `raise database.allocatedStorage or maxAllocatedStorage ${field}`,
      );
    const start = environment.awsCommand('rds start-db-instance', `--db-instance-identifier ${name}`);
    if (status.startsWith('stop'))
      return wrong(
        `The database is ${status}.`,
        environment.config.officeHours ? environment.prooflinkCommand('start') : start,
      );
    const events = `--source-type db-instance --source-identifier ${name} --duration 1440`;
    return wrong(
      `The database is ${status}.`,
      `what RDS says of it: ${environment.awsCommand('rds describe-events', events)}`,
    );
  }),
  /** The URL is read, and only what it should be is shown. */
  cause('database-url', 'DATABASE_URL names the database', async (environment) => {
    const { Address = '', Port = 0 } = (await environment.describeDatabase()).Endpoint ?? {};
    const { databaseName, sslMode } = environment.config.database;
    const { value } = await connectionSecret(environment);
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
  }),
  /** Log lines of the web tasks since they run with this password, and whether both secrets have the same one. */
  cause('password', 'The database takes the password of DATABASE_URL', async (environment) => {
    const { value, changed } = await connectionSecret(environment);
    const [tasks] = (await environment.describeService()).deployments ?? [];
    const startTime = Math.max(environment.now.getTime() - HOUR, Number(changed ?? 0), Number(tasks?.createdAt ?? 0));
    const wanted = { logGroupName: environment.names.logGroups.app, startTime, filterPattern: REFUSALS };
    const lines = await readAll(environment.client(CloudWatchLogs).paginateFilterLogEvents(wanted), 'events');
    const line = lines.find(({ message = '' }) => REFUSED.test(message));
    if (line) {
      const when = inTokyo(line.timestamp ?? 0);
      return wrong(`${when}, the database refused the password of the web tasks (their log).`, ROTATE);
    }
    const master = environment.ids('AWS::SecretsManager::Secret').find((id) => id.includes('Master'));
    const own = master === undefined ? undefined : await environment.readSecret(master);
    if (!own?.value || value === undefined || !URL.canParse(value)) return undefined;
    const { password = '' } = JSON.parse(own.value) as { password?: string };
    if (decodeURIComponent(new URL(value).password) === password) return undefined;
    const says = 'The password of DATABASE_URL is not that of the master secret; the tasks’ log says nothing of it.';
    return look(says, ROTATE);
  }),
  whileAwake().contact('connections', 'The application reaches the database', async (environment) => {
    const Dimensions = [{ Name: 'DBInstanceIdentifier', Value: environment.physicalId('AWS::RDS::DBInstance') }];
    const asked = { Namespace: 'AWS/RDS', MetricName: 'DatabaseConnections', Dimensions, Stat: 'Maximum' } as const;
    const most = Math.max(0, ...(await environment.metricValues(3, { ...asked, Period: 300 })));
    if (most > 0) return well(`It had up to ${most} connections within three hours.`);
    return look('No connection within three hours. Sign in to the application once, and ask again in ten minutes.');
  }),
  when(isRealAws).contact('clear-text', 'The database refuses clear text', async (environment) => {
    const { DBParameterGroups: [group] = [] } = await environment.describeDatabase();
    const { DBParameterGroupName, ParameterApplyStatus = 'unknown' } = group ?? {};
    const parameters = await readAll(
      environment.client(RDS).paginateDescribeDBParameters({ DBParameterGroupName }),
      'Parameters',
    );
    const value = parameters.find(({ ParameterName }) => ParameterName === 'rds.force_ssl')?.ParameterValue;
    const where = `rds.force_ssl of ${DBParameterGroupName ?? 'no parameter group'}`;
    if (value !== '1') return wrong(`${where} is ${value ?? 'not set'}: it has to be 1.`);
    if (ParameterApplyStatus === 'in-sync') return well(`${where} is 1, and in force.`);
    return wrong(`${where} is 1, but the group is ${ParameterApplyStatus}: restart the database.`);
  }),
  backedUp.contact('backup', 'A backup of RDS can be restored to an earlier moment', async (environment) => {
    const { InstanceCreateTime: made = environment.now, LatestRestorableTime: latest } =
      await environment.describeDatabase();
    const none = 'There is no backup yet';
    if (!latest && made.getTime() > environment.now.getTime() - DAY)
      return look(`${none}: the database is not a day old.`);
    if (!latest) return wrong(`${none}, of a database older than a day.`);
    const newest = `to ${inTokyo(latest)} at the latest`;
    if (latest.getTime() < environment.now.getTime() - HOUR)
      return wrong(`It could be restored ${newest}: its log has not been saved since.`);
    return look(`It can be restored ${newest}. Do it once before it is needed: docs/runbook.md, "Restoring a backup".`);
  }),
];

async function connectionSecret(environment: Environment) {
  const secret = (await environment.webContainer()).secrets.find(({ name }) => name === Variable.databaseUrl);
  return await environment.readSecret(secretOf(secret?.valueFrom).arn);
}
