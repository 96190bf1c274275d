import { CloudWatchLogs, type FilteredLogEvent } from '@aws-sdk/client-cloudwatch-logs';
import { Variable } from '../../../../lib/contract';
import { readAll } from '../../../deployed/aws';
import { parseSecretReference } from '../../../deployed/containers';
import type { Environment, ReadSecret } from '../../../deployed/environment';
import { inTokyo } from '../../../deployed/times';
import { type Answer, lookAnswer, wrongAnswer, wrongIfAny } from '../answer';
import type { Question } from '../question';

/** DATABASE_URL of the web tasks, with the password in it. */
export const DATABASE_URL_QUESTIONS: readonly Question[] = [
  {
    id: 'database-url',
    statement: 'DATABASE_URL names the database',
    depth: 'cause',
    ask: checkDatabaseUrl,
  },
  {
    id: 'password',
    statement: 'The database takes the password of DATABASE_URL',
    depth: 'cause',
    ask: checkPassword,
  },
];

/** The secret with DATABASE_URL. */
async function readConnectionSecret(environment: Environment): Promise<ReadSecret> {
  const { secrets } = await environment.webContainer();
  const databaseUrl = secrets.find(({ name }) => name === Variable.databaseUrl);
  return await environment.readSecret(parseSecretReference(databaseUrl?.valueFrom).secretArn);
}

function parseUrl(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}

/** Compares the URL with the database; the answer shows only the expected URL, without its password. */
async function checkDatabaseUrl(environment: Environment): Promise<Answer | undefined> {
  const database = await environment.describeDatabase();
  const { Address = '', Port = 0 } = database.Endpoint ?? {};
  const { databaseName, sslMode } = environment.config.database;
  const { value } = await readConnectionSecret(environment);
  if (value === undefined) return lookAnswer('It is not known: your rights do not read secrets.');

  const host = `${Address}:${Port}`;
  const expected = `postgresql://postgres:<password>@${host}/${databaseName}?sslmode=${sslMode}`;
  const url = parseUrl(value);
  const faults: string[] = [];
  if (!url || !hasCompleteForm(url)) faults.push('its form');
  if (url && url.host !== host) faults.push('host and port');
  if (url && url.pathname !== `/${databaseName}`) faults.push('the database’s name');
  if (url && url.searchParams.get('sslmode') !== sslMode) faults.push('sslmode');
  return wrongIfAny(
    faults,
    (faultList) => `DATABASE_URL is not as it should be: ${faultList}. It should be ${expected}`,
    'step 3 of “Rotating the database password” in docs/runbook.md with that URL, then “restart” as there',
  );
}

function hasCompleteForm({ protocol, username, password }: URL): boolean {
  const isPostgres = protocol === 'postgres:' || protocol === 'postgresql:';
  return isPostgres && username !== '' && password !== '';
}

const ROTATION_CHAPTER = '“Rotating the database password” in docs/runbook.md';

/** Looks into the log of the web tasks, and compares the URL's password with that of the master secret. */
async function checkPassword(environment: Environment): Promise<Answer | undefined> {
  const secret = await readConnectionSecret(environment);
  const refusal = await readRefusal(environment, secret.changed);
  if (refusal) {
    const time = inTokyo(refusal.timestamp ?? 0);
    return wrongAnswer(`${time}, the database refused the password of the web tasks (their log).`, ROTATION_CHAPTER);
  }
  const masterSecret = await readMasterSecret(environment);
  const url = secret.value === undefined ? undefined : parseUrl(secret.value);
  if (!masterSecret || !url) return undefined;
  const { password = '' } = JSON.parse(masterSecret) as { readonly password?: string };
  if (decodeURIComponent(url.password) === password) return undefined;
  return lookAnswer(
    'The password of DATABASE_URL is not that of the master secret; the tasks’ log says nothing of it.',
    ROTATION_CHAPTER,
  );
}

const HOUR = 3_600_000;
/** PostgreSQL's words, its code, and Prisma's, for CloudWatch and for the lines that it finds. */
const REFUSAL_FILTER = '?"password authentication failed" ?P1000 ?28P01';
const REFUSAL = /password authentication failed|28P01|P1000/;

/** A line of the web tasks' log of the last hour, if it was written since they run with this password. */
async function readRefusal(
  environment: Environment,
  passwordChange: Date | undefined,
): Promise<FilteredLogEvent | undefined> {
  const { deployments = [] } = await environment.describeService();
  const hourAgo = environment.now.getTime() - HOUR;
  const startOfTasks = deployments[0]?.createdAt;
  const pages = environment.client(CloudWatchLogs).paginateFilterLogEvents({
    logGroupName: environment.names.logGroups.app,
    startTime: Math.max(hourAgo, Number(passwordChange ?? 0), Number(startOfTasks ?? 0)),
    filterPattern: REFUSAL_FILTER,
  });
  const lines = await readAll(pages, 'events');
  return lines.find(({ message = '' }) => REFUSAL.test(message));
}

/** Secret of the master user, which is a JSON object; `undefined` without the right to read it. */
async function readMasterSecret(environment: Environment): Promise<string | undefined> {
  const arns = environment.ids('AWS::SecretsManager::Secret');
  const masterArn = arns.find((arn) => arn.includes('Master'));
  if (masterArn === undefined) return undefined;
  const { value } = await environment.readSecret(masterArn);
  return value;
}
