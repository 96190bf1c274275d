import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const TOOLS = join(__dirname, '..');

/** Sources of the commands, without their tests. */
const sources = readdirSync(TOOLS, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.startsWith('test/'))
  .map((file) => ({ file, text: readFileSync(join(TOOLS, file), 'utf8') }));

/** Calls of the AWS CLI that a source prints without a region; those of STS and EC2's list know none. */
const regionless = (text: string) =>
  [...text.matchAll(/[`"'(]aws (?!sts )([a-z0-9-]+ [a-z]+-[a-z-]+)[^;]*?(?=;|\n\n|$)/g)]
    .filter(([command]) => !command.includes('--region'))
    .map(([, operation]) => operation);

test('a command that is printed for pasting asks AWS in the environment’s region: the reader’s own may be another', () => {
  // A local AWS has one region.
  const printing = sources.filter(({ file }) => !file.startsWith('local/'));
  expect(printing.flatMap(({ file, text }) => regionless(text).map((call) => `${file}: ${call}`))).toEqual([]);
  expect(regionless('`aws rds start-db-instance --db-instance-identifier ${id}`;')).toEqual(['rds start-db-instance']);
});

/** Times after which a command gives up, or says that it has waited, by the name of their constant. */
const waits = sources.flatMap(({ file, text }) =>
  [...text.matchAll(/const ((?:\w+_)?(?:TIMEOUT_MINUTES|TIMEOUT_MS|LONG_WAIT_MS|ATTEMPTS)) = ([\d_* ]+);/g)].map(
    ([, name = '', value = '']) => `${file}: ${name} = ${value}`,
  ),
);

test('no command gives up before AWS has had its time', () => {
  expect(waits.sort()).toEqual([
    'cost/aws-price-list.ts: TIMEOUT_MS = 5 * 60_000',
    'deployed/aws-client.ts: DEFAULT_TIMEOUT_MS = 10_000',
    'deployed/deadline.ts: COMMAND_TIMEOUT_MS = 10_000',
    'deployed/deadline.ts: SHORTEST_TIMEOUT_MS = 5_000',
    'deployed/image-manifest.ts: BLOB_TIMEOUT_MS = 10_000',
    'deployed/long-wait.ts: LONG_WAIT_MS = 60_000',
    'deployed/patience.ts: SECONDS_BETWEEN_ATTEMPTS = 5',
    'operate/health/questions/web/entrance.ts: ANSWER_TIMEOUT_MS = 10_000',
    'operate/import/upload.ts: UPLOAD_TIMEOUT_MS = 5 * 60_000',
    'operate/office-hours.ts: DATABASE_TIMEOUT_MINUTES = 30',
    'operate/office-hours.ts: WEB_TASKS_TIMEOUT_MINUTES = 15',
    'operate/prepare/account-plan.ts: TIMEOUT_MS = 20_000',
    'operate/rehearse/deploy.ts: DELETE_ATTEMPTS = 2',
    'operate/rehearse/hours.ts: TIMEOUT_MINUTES = 30',
    'operate/settings/settings.ts: MOST_ATTEMPTS = 20',
    'workflows/github.ts: TIMEOUT_MS = 30_000',
  ]);
});
