import { type CallRule, forEachCall, optionsIn } from './calls';
import type { Rule } from '@infra/testing/documents';
import { hasWaiter, optionsOfAws } from './sdk';

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

  const known = optionsOfAws(service, command);
  if (!known) return [name];
  const positive = options.map((option) => {
    return known.has(option) ? option : option.replace(/^--no-/, '--');
  });
  const unknown = positive.filter((option) => !known.has(option));
  const required = [...known].filter(([, isRequired]) => isRequired).map(([option]) => option);
  const missing = required.filter((option) => !positive.includes(option));
  // A sentence may name the operation alone, or leave the rest to the reader.
  const isWhole = options.length > 0 && !words.includes('…') && !words.includes(INPUT_FILE);
  return [
    ...unknown.map((option) => `${name} ${option}`),
    ...(isWhole ? missing.map((option) => `${name} without ${option}`) : []),
  ];
};

/** Rules: AWS accepts a page's calls. */
export const AWS_CALL_RULES = { awsTakesIt: forEachCall(awsTakesIt) } satisfies Record<string, Rule>;
