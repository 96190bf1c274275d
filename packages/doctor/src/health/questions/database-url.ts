import { CloudWatchLogs, type FilteredLogEvent } from '@aws-sdk/client-cloudwatch-logs';
import { Part, resourceNames, Variable } from '@infra/commands/app';
import { readAll } from '@infra/operate/deployed/pages';
import { parseSecretReference } from '@infra/operate/deployed/secret-reference';
import type { Environment } from '@infra/operate/deployed/environment';
import { physicalIdOf } from '@infra/operate/deployed/deployed-stack';
import { describeDatabase } from '@infra/operate/deployed/database';
import { readWebContainer } from '@infra/operate/deployed/containers';
import { awsCommand, prooflinkCommand } from '@infra/operate/deployed/printed-commands';
import { lastArnPart } from '@infra/operate/deployed/arn';
import { describeService, describeTasks } from '@infra/operate/deployed/web-service';
import { type ReadSecret, readSecret } from '@infra/operate/deployed/secrets';
import { formatInTokyo } from '@infra/operate/deployed/tokyo-time';
import { type Answer, NOTHING_WRONG, personMustLook, wrongAnswer } from '../answer';
import type { Question } from '../question';
import { deletedSecret } from './containers/secrets';
import { words } from './words';

/** Questions on DATABASE_URL of the web tasks, a secret that has the user's password in it (guide 6.1). */
export const DATABASE_URL_QUESTIONS: readonly Question[] = [
  {
    id: 'database-url',
    statement: words.statements.databaseUrl,
    firstAskedBy: 'doctor',
    stopsWebTasks: true,
    ask: checkDatabaseUrl,
  },
  {
    id: 'password',
    statement: words.statements.password,
    firstAskedBy: 'doctor',
    ask: checkPassword,
  },
];

/** The secret from which the web tasks get DATABASE_URL. */
async function readUrlSecret(environment: Environment): Promise<NamedSecret> {
  const { secrets } = await readWebContainer(environment);
  const databaseUrl = secrets.find(({ name }) => name === Variable.databaseUrl);
  const { secretArn } = parseSecretReference(databaseUrl?.valueFrom);
  return { secretArn, ...(await readSecret(environment, secretArn)) };
}

function parseUrl(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}

/** Compares the URL with the database. The answer shows the expected URL without a password, and nothing of the secret. */
async function checkDatabaseUrl(environment: Environment): Promise<Answer> {
  const database = await describeDatabase(environment);
  const { Address = '', Port = 0 } = database.Endpoint ?? {};
  const { databaseName, sslMode } = environment.config.database;
  const { secretArn, value, isDeleted } = await readUrlSecret(environment);
  if (isDeleted) {
    return deletedSecret(environment, secretArn, words.databaseUrl.secret({ variable: Variable.databaseUrl }));
  }
  if (value === undefined) return personMustLook({ says: words.databaseUrl.unknown });

  const host = `${Address}:${Port}`;
  const expected = `postgresql://postgres:<password>@${host}/${databaseName}?sslmode=${sslMode}`;
  const url = parseUrl(value);
  const isAsExpected =
    url !== undefined &&
    hasCompleteForm(url) &&
    url.host === host &&
    url.pathname === `/${databaseName}` &&
    url.searchParams.get('sslmode') === sslMode;
  if (isAsExpected) return NOTHING_WRONG;
  return wrongAnswer({ says: words.databaseUrl.isOther({ expected }), fix: words.databaseUrl.writeUrl });
}

function hasCompleteForm({ protocol, username, password }: URL): boolean {
  const isPostgres = protocol === 'postgres:' || protocol === 'postgresql:';
  return isPostgres && username !== '' && password !== '';
}

/**
 * Looks for a schedule that changes the password, for tasks that started with the one of before, and for refused passwords in
 * their log.
 */
async function checkPassword(environment: Environment): Promise<Answer> {
  const urlSecret = await readUrlSecret(environment);
  const masterArn = physicalIdOf(environment, Part.masterSecret);
  const masterSecret = await readSecret(environment, masterArn);
  const rotation = findRotation(environment, [urlSecret, { ...masterSecret, secretArn: masterArn }]);
  if (rotation) return rotation;
  const { value, changed } = urlSecret;
  if (value !== undefined && changed && (await hasOlderTask(environment, changed))) {
    return wrongAnswer({
      says: words.databaseUrl.changedSinceStart({ time: formatInTokyo(changed) }),
      fix: prooflinkCommand(environment.environmentName, 'restart'),
    });
  }
  const refusal = await readRefusal(environment, changed);
  if (!refusal) return NOTHING_WRONG;
  return wrongAnswer({
    says: words.databaseUrl.passwordRefused({ time: formatInTokyo(refusal.timestamp ?? 0) }),
    fix: words.databaseUrl.rotationChapter,
  });
}

/** A secret with its ARN. */
interface NamedSecret extends ReadSecret {
  readonly secretArn: string;
}

/** Answer on a rotation that no deployment has configured; `undefined` if there is none. */
function findRotation({ region, template }: Environment, secrets: readonly NamedSecret[]): Answer | undefined {
  const hasSchedule = Object.values(template.Resources).some(
    ({ Type }) => Type === 'AWS::SecretsManager::RotationSchedule',
  );
  const rotated = hasSchedule ? undefined : secrets.find(({ isRotated }) => isRotated);
  if (!rotated) return undefined;
  const { secretArn } = rotated;
  return wrongAnswer({
    says: words.databaseUrl.rotates({ secret: lastArnPart(secretArn) }),
    fix: awsCommand(region, 'secretsmanager cancel-rotate-secret', `--secret-id ${secretArn}`),
  });
}

/** True if a web task runs that started before a moment. */
async function hasOlderTask(environment: Environment, moment: Date): Promise<boolean> {
  const tasks = await describeTasks(environment, 'RUNNING');
  return tasks.some(({ startedAt }) => startedAt !== undefined && startedAt < moment);
}

const HOUR_MS = 3_600_000;

/**
 * Lines on a refused password: PostgreSQL's message, Prisma's error code, PostgreSQL's error code. In the filter of
 * CloudWatch, a question mark makes each of them an alternative.
 */
const REFUSAL_FILTER = '?"password authentication failed" ?P1000 ?28P01';
/** The filter as a regular expression: a local AWS answers with lines that it does not filter. */
const REFUSAL = /password authentication failed|28P01|P1000/;

/**
 * A line on a refused password in the last hour of the web tasks' log; `undefined` if there is none. Lines before the
 * last change of the password, or before the tasks that run now, do not count.
 */
async function readRefusal(
  environment: Environment,
  passwordChange: Date | undefined,
): Promise<FilteredLogEvent | undefined> {
  const { deployments = [] } = await describeService(environment);
  // ECS lists the newest deployment first.
  const startOfTasks = deployments[0]?.createdAt;
  const hourAgo = environment.now.getTime() - HOUR_MS;
  const pages = environment.client(CloudWatchLogs).paginateFilterLogEvents({
    logGroupName: resourceNames(environment.environmentName).logGroups.app,
    startTime: Math.max(hourAgo, passwordChange?.getTime() ?? 0, startOfTasks?.getTime() ?? 0),
    filterPattern: REFUSAL_FILTER,
  });
  const lines = await readAll(pages, 'events');
  return lines.find(({ message = '' }) => REFUSAL.test(message));
}
