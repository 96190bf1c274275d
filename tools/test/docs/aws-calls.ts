import { type CallRule, forEachCall, optionsIn } from './calls';
import type { Rule } from './documents';
import { awsOperation, hasWaiter } from './sdk';

/** Commands that the AWS CLI has beside AWS's operations, with their options. */
const OF_CLI_ALONE: Readonly<Record<string, readonly string[]>> = {
  'logs tail': [
    '--follow',
    '--since',
    '--format',
    '--log-stream-names',
    '--log-stream-name-prefix',
    '--filter-pattern',
  ],
  's3 sync': ['--delete', '--dryrun', '--exclude', '--include', '--only-show-errors'],
  's3 ls': ['--recursive', '--human-readable', '--summarize'],
  's3 cp': ['--recursive', '--content-type'],
  's3 rm': ['--recursive'],
  'configure sso': ['--profile'],
  'sso login': ['--profile'],
  // Its service has no package of the SDK.
  'freetier get-account-plan-state': [],
  'freetier upgrade-account-plan': ['--account-plan-type'],
};

/** A file has the fields. */
const INPUT_FILE = '--cli-input-json';

/** Options of every command of the AWS CLI. */
const GLOBAL_OPTIONS = [
  '--region',
  '--profile',
  '--query',
  '--output',
  '--max-items',
  '--no-cli-pager',
  '--cli-binary-format',
  INPUT_FILE,
];

/** Options that the AWS CLI accepts; in a block, those that it needs, too. */
const awsTakesIt: CallRule = ([program, service = '', command = '', ...words]) => {
  if (program !== 'aws' || command === '') return [];
  const name = `aws ${service} ${command}`;
  const options = optionsIn(words).filter((option) => !GLOBAL_OPTIONS.includes(option));
  const ofCliAlone = OF_CLI_ALONE[`${service} ${command}`];
  if (ofCliAlone) return options.filter((option) => !ofCliAlone.includes(option)).map((option) => `${name} ${option}`);
  if (command === 'wait') return hasWaiter(service, words[0] ?? '') ? [] : [`${name} ${words[0] ?? ''}`];

  const operation = awsOperation(service, command);
  if (!operation) return [name];
  const positive = options.map((option) => {
    return operation.options.has(option) ? option : option.replace(/^--no-/, '--');
  });
  const unknown = positive.filter((option) => !operation.options.has(option));
  const required = [...operation.options].filter(([, isRequired]) => isRequired).map(([option]) => option);
  const missing = required.filter((option) => !positive.includes(option));
  // A sentence may name the operation alone, or leave the rest to the reader.
  const isWhole = options.length > 0 && !words.includes('…') && !words.includes(INPUT_FILE);
  return [
    ...unknown.map((option) => `${name} ${option}`),
    ...(isWhole ? missing.map((option) => `${name} without ${option}`) : []),
  ];
};

/** Words of a command without which it does something else than the page says. */
interface Need {
  readonly command: RegExp;
  readonly needs: readonly string[];
}

const NEEDS: readonly Need[] = [
  // Otherwise it waits for the next maintenance window.
  { command: /^aws rds modify-db-instance /, needs: ['--apply-immediately'] },
  // Otherwise it deletes what cannot be made again.
  {
    command: /^aws rds delete-db-instance /,
    needs: ['--final-db-snapshot-identifier', '--no-delete-automated-backups'],
  },
  // Otherwise it restores another database than the stack made.
  {
    command: /^aws rds restore-db-instance-/,
    needs: [
      '--no-publicly-accessible',
      '--multi-az',
      '--deletion-protection',
      '--storage-type gp3',
      '--db-subnet-group-name',
      '--engine-lifecycle-support open-source-rds-extended-support-disabled',
      '--vpc-security-group-ids',
    ],
  },
  {
    command: /^aws cloudformation update-termination-protection /,
    needs: ['--no-enable-termination-protection'],
  },
  { command: /^aws batch describe-job-definitions /, needs: ['--status ACTIVE'] },
  { command: /^aws rds copy-db-snapshot /, needs: ['--kms-key-id alias/aws/rds'] },
  // It goes into a URL, and into a shell.
  {
    command: /^aws secretsmanager get-random-password /,
    needs: ['--password-length 40', '--exclude-punctuation'],
  },
  // Next.js wants its key in Base64; it goes into neither.
  { command: /^openssl rand (?!-base64 32)/, needs: ['-hex 32'] },
];

/** A command that may find another resource than the page says, and a better one. */
interface Replacement {
  readonly command: RegExp;
  readonly better: string;
}

const REPLACEMENTS: readonly Replacement[] = [
  // It answers 100 resources at most.
  { command: /^aws cloudformation describe-stack-resources /, better: 'list-stack-resources' },
  // A piece of a name also fits resources that a team has added.
  { command: /\((?:Logical|Physical)ResourceId,/, better: 'an output of the stack' },
  { command: /^aws ec2 describe-security-groups .*-(?!rds)\w+-sg/, better: 'the security group of the database' },
];

/** A database that no application has met: the one of a first deploy that failed (docs/runbook.md). */
const DELETES_EMPTY_DATABASE = 'aws rds delete-db-instance --db-instance-identifier true --skip-final-snapshot';

const doesWhatPageSays: CallRule = (call) => {
  const written = call.join(' ');
  const name = call.slice(0, 3).join(' ');
  // A sentence may name an operation alone.
  if (written === DELETES_EMPTY_DATABASE || call.length < 4) return [];
  if (written.includes(' --skip-final-snapshot')) return [`${name} --skip-final-snapshot`];
  const needed = NEEDS.filter(({ command }) => command.test(written)).flatMap(({ needs }) => needs);
  const missing = needed.filter((words) => !`${written} `.includes(` ${words} `));
  const replacements = REPLACEMENTS.filter(({ command }) => command.test(written));
  return [
    ...replacements.map(({ better }) => `${name} (instead: ${better})`),
    ...missing.map((words) => `${name} without ${words}`),
  ];
};

/** Rules: AWS accepts a page's calls, which do what it says. */
export const AWS_CALL_RULES = {
  awsTakesIt: forEachCall(awsTakesIt),
  doesWhatPageSays: forEachCall(doesWhatPageSays),
} satisfies Record<string, Rule>;
