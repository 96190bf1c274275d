import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { newProoflinkProgram } from '../../tools/prooflink';
import { hasWaiter, optionsOf } from './aws-operations';
import { FENCE, type Page, ROOT, type Rule } from './documents';
import { BLANK, blocksOf, paste } from './pasting';

/** A program with its arguments. */
type Call = readonly string[];

/** Faults of a call, in words. */
type CallRule = (call: Call) => string[];

/** Calls in the blocks of a page, and commands in its sentences. */
function callsOf({ text }: Page): Call[] {
  const prose = text.replace(FENCE, '').replace(/"?\$E"?|<environment>/g, 'dev');
  const said = [...prose.matchAll(/`((?:aws|npx cdk|npm run prooflink --) [^`]+)`/g)].map(([, words = '']) => words);
  return [...paste('bash', blocksOf(text)).calls, ...said.map((words) => words.replace(BLANK, 'value').split(/\s+/))];
}

const optionsIn = (call: Call) => call.filter((word) => word.startsWith('--')).map((word) => word.replace(/=.*/, ''));

/** Commands that the AWS CLI has beside AWS's operations, with their options. */
const CLI_ALONE: Readonly<Record<string, string>> = {
  'logs tail': '--follow --since --format --log-stream-names --log-stream-name-prefix --filter-pattern',
  's3 sync': '--delete --dryrun --exclude --include --only-show-errors',
  's3 ls': '--recursive --human-readable --summarize',
  's3 cp': '--recursive --content-type',
  's3 rm': '--recursive',
  'configure sso': '--profile',
  'sso login': '--profile',
  // Its service has no package of the SDK.
  'freetier get-account-plan-state': '',
  'freetier upgrade-account-plan': '--account-plan-type',
};
/** A file has the fields. */
const INPUT = '--cli-input-json';
const GLOBAL = `--region --profile --query --output --max-items --no-cli-pager --cli-binary-format ${INPUT}`.split(' ');

/** Options that the AWS CLI knows; in a block, those that it needs, too. */
const awsTakesIt: CallRule = ([program, service = '', operation = '', ...words]) => {
  if (program !== 'aws' || operation === '') return [];
  const name = `${service} ${operation}`;
  const given = optionsIn(words).filter((option) => !GLOBAL.includes(option));
  const alone = CLI_ALONE[name]?.split(' ');
  if (alone) return given.filter((option) => !alone.includes(option)).map((option) => `aws ${name} ${option}`);
  if (operation === 'wait') {
    const [waiter = ''] = words;
    return hasWaiter(service, waiter) ? [] : [`aws ${name} ${waiter}`];
  }
  const input = optionsOf(service, operation);
  if (!input) return [`aws ${name}`];
  const positive = given.map((option) => (input.has(option) ? option : option.replace(/^--no-/, '--')));
  const missing = [...input]
    .filter(([option, must]) => must && !positive.includes(option))
    .map(([option]) => `aws ${name} without ${option}`);
  return [
    ...positive.filter((option) => !input.has(option)).map((option) => `aws ${name} ${option}`),
    // A sentence may name the operation alone, or leave the rest to the reader.
    ...(given.length > 0 && !words.includes('…') && !words.includes(INPUT) ? missing : []),
  ];
};

/** Words of a command without which it waits, deletes what cannot be made again, or makes something else than the stack did. */
const NEEDED: readonly (readonly [command: RegExp, ...words: string[]])[] = [
  [/^aws rds modify-db-instance /, '--apply-immediately'],
  [/^aws rds delete-db-instance /, '--final-db-snapshot-identifier', '--no-delete-automated-backups'],
  [
    /^aws rds restore-db-instance-/,
    ...[
      '--no-publicly-accessible',
      '--multi-az',
      '--deletion-protection',
      '--storage-type gp3',
      '--db-subnet-group-name',
    ],
    ...['--engine-lifecycle-support open-source-rds-extended-support-disabled', '--vpc-security-group-ids'],
  ],
  // It answers 100 resources at most, and a piece of a name also fits resources that a team has added.
  [/^aws cloudformation describe-stack-resources /, 'of list-stack-resources'],
  [/\((?:Logical|Physical)ResourceId,/, 'of an output'],
  [/^aws cloudformation update-termination-protection /, '--no-enable-termination-protection'],
  [/^aws batch describe-job-definitions /, '--status ACTIVE'],
  [/^aws rds copy-db-snapshot /, '--kms-key-id alias/aws/rds'],
  [/^aws ec2 describe-security-groups .*-(?!rds)\w+-sg/, 'of the database alone'],
  // It goes into a URL, and into a shell.
  [/^aws secretsmanager get-random-password /, '--password-length 40', '--exclude-punctuation'],
  // Next.js wants its key in Base64; it goes into neither.
  [/^openssl rand (?!-base64 32)/, '-hex 32'],
];
/** A database that no application has met: the one of a first deploy that failed (docs/runbook.md). */
const EMPTY = 'aws rds delete-db-instance --db-instance-identifier true --skip-final-snapshot';
const hasWhatItNeeds: CallRule = (call) => {
  const said = call.join(' ');
  // A sentence may name an operation alone.
  if (said === EMPTY || call.length < 4) return [];
  const skips = said.includes(' --skip-final-snapshot') ? [`${call.slice(0, 3).join(' ')} --skip-final-snapshot`] : [];
  const needed = NEEDED.filter(([command]) => command.test(said)).flatMap(([, ...words]) => words);
  const missing = needed.filter((words) => !`${said} `.includes(` ${words} `));
  return skips.length > 0 ? skips : missing.map((words) => `${call.slice(0, 3).join(' ')} without ${words}`);
};

interface CdkCli {
  readonly globalOptions: object;
  readonly commands: Readonly<Record<string, { readonly options?: object }>>;
}
const CDK = JSON.parse(
  readFileSync(join(ROOT, 'node_modules/aws-cdk/lib/cli/cli-type-registry.json'), 'utf8'),
) as CdkCli;

const cdkTakesIt: CallRule = ([npx, cdk, command = '', ...words]) => {
  if (npx !== 'npx' || cdk !== 'cdk') return [];
  const known = CDK.commands[command];
  if (!known) return [`cdk ${command}`];
  const options = Object.keys({ ...CDK.globalOptions, ...known.options }).map((option) => `--${option}`);
  return optionsIn(words)
    .filter((option) => !options.includes(option))
    .map((option) => `cdk ${command} ${option}`);
};

/** The command's own declaration judges its arguments. */
const prooflinkTakesIt: CallRule = ([npm, run, script, dashes, name = '', ...words]) => {
  if ([npm, run, script, dashes].join(' ') !== 'npm run prooflink --' || words.length === 0) return [];
  const command = newProoflinkProgram().commands.find((each) => each.name() === name);
  if (!command) return [name];
  const said: string[] = [];
  command.exitOverride().configureOutput({ writeErr: (text) => said.push(text.trim()), writeOut: () => undefined });
  try {
    command.action(() => undefined).parse(words, { from: 'user' });
  } catch {
    return words.includes('--help') ? [] : [`${name}: ${said.join(' ')}`];
  }
  return [];
};

/** Calls of gh and docker in the pages, with options of their manuals (cli.github.com/manual, docs.docker.com/reference/cli). */
const BY_MANUAL: Readonly<Record<string, string>> = {
  'gh api': '-X --method -f --raw-field -F --field -H --header --input -q --jq --paginate --silent',
  'gh label create': '-R --repo -d --description -c --color -f --force',
  'gh run cancel': '-R --repo --force',
  'gh run watch': '-R --repo -i --interval --exit-status --compact',
  'gh secret set': '-R --repo -e --env -b --body -f --env-file -o --org',
  'gh variable set': '-R --repo -e --env -b --body -f --env-file -o --org',
  'gh workflow run': '-R --repo -r --ref -f --raw-field -F --field --json',
  'docker build': '--platform --provenance -t --tag -f --file --build-arg --target --push --load',
  'docker push': '-a --all-tags -q --quiet',
};
const manualHasIt: CallRule = (call) => {
  if (call[0] !== 'gh' && call[0] !== 'docker') return [];
  const name = call.join(' ');
  const [command, options] = Object.entries(BY_MANUAL).find(([each]) => `${name} `.startsWith(`${each} `)) ?? [
    name,
    '',
  ];
  if (options === '') return [name];
  const given = call.filter((word) => /^--?[a-z]/i.test(word)).map((word) => word.replace(/=.*/, ''));
  return given.filter((option) => !options.split(' ').includes(option)).map((option) => `${command} ${option}`);
};

/** Before what a script prints, npm prints its own lines, which no program reads as JSON. */
const jsonIsAlone: CallRule = (call) => {
  if (call[0] !== 'npm' || !call.includes('--json') || call.includes('--silent')) return [];
  return [`${call.join(' ')} without --silent`];
};

const each =
  (rule: CallRule): Rule =>
  (page) =>
    callsOf(page).flatMap((call) => rule(call));

/** No command names dev and prod: the role of one in the other's place opens it to everyone who may change that. */
const oneEnvironment: Rule = ({ text }) =>
  blocksOf(text)
    .flatMap((block) => block.replace(/\\\n/g, ' ').split('\n'))
    .filter(
      (line) => /(?<![a-z])dev(?![a-z])|Dev(?![a-z])/.test(line) && /(?<![a-z])prod(?![a-z])|Prod(?![a-z])/.test(line),
    )
    .filter((line) => !/^\s*for \w+ in /.test(line));

/** A snapshot that is taken or copied is waited for: RDS restores none before. */
const snapshotsAreWaitedFor: Rule = ({ text }) =>
  blocksOf(text).flatMap((block) => {
    const lines = block.replace(/\\\n\s*/g, '').split('\n');
    return lines.flatMap((line, index) => {
      const [, name] =
        /aws rds (?:create|copy)-db-snapshot .*--(?:target-)?db-snapshot-identifier (\S+)/.exec(line) ?? [];
      const wait = `aws rds wait db-snapshot-available --db-snapshot-identifier ${name ?? ''}`;
      return name === undefined || lines[index + 1] === wait ? [] : [`no ${wait}`];
    });
  });

/** The workflows of this repository and the application's. */
const WORKFLOWS = ['.github/workflows', 'docs/application-workflow'];

/** A workflow that is started by hand can be, with these inputs. */
const workflowsStart: Rule = ({ text }) =>
  [...text.matchAll(/gh workflow run ([\w-]+\.yml)([^`\n]*)/g)].flatMap(([, file = '', words = '']) => {
    const folder = WORKFLOWS.find((each) => readdirSync(join(ROOT, each)).includes(file));
    const declared = folder === undefined ? '' : readFileSync(join(ROOT, folder, file), 'utf8');
    if (!/^ {2}workflow_dispatch:/m.test(declared)) return [file];
    const inputs = [...words.matchAll(/ -f (\w+)=/g)].map(([, name = '']) => name);
    return inputs
      .filter((name) => !new RegExp(`^ {6}${name}:`, 'm').test(declared))
      .map((name) => `${file} -f ${name}`);
  });

/** Programs accept the calls of a page, which do what it says. */
export const CALL_RULES = {
  awsTakesIt: each(awsTakesIt),
  cdkTakesIt: each(cdkTakesIt),
  prooflinkTakesIt: each(prooflinkTakesIt),
  jsonIsAlone: each(jsonIsAlone),
  manualHasIt: each(manualHasIt),
  hasWhatItNeeds: each(hasWhatItNeeds),
  oneEnvironment,
  snapshotsAreWaitedFor,
  workflowsStart,
} satisfies Record<string, Rule>;
