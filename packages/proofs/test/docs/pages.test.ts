import { AWS_CALL_RULES } from './aws-calls';
import { FILES, page, RULES, type Rule } from '@infra/testing/documents';
import { NAME_RULES } from './names';
import { PROGRAM_CALL_RULES } from './program-calls';

// Pages name the guide's dev and prod, whatever a team calls its environments.
jest.mock('../../../../lib/config', () => ({
  ...jest.requireActual<object>('../../../../lib/config'),
  ...jest.requireActual<object>('@infra/testing/configs'),
}));

const rules = {
  ...RULES,
  ...NAME_RULES,
  ...AWS_CALL_RULES,
  ...PROGRAM_CALL_RULES,
} satisfies Record<string, Rule>;

type RuleName = keyof typeof rules;

/** Each rule, and the harm to a reader of a page that breaks it. */
const SENTENCES: Readonly<Record<RuleName, string>> = {
  scriptsExist: 'package.json has each npm script, or npm refuses it',
  outputsExist: 'a stack has each output, or its value is not found',
  pathsExist: 'the repository has each path',
  linksResolve: 'each link leads to a file and a heading',
  blocksHaveNoComment: 'no block has a comment, on which a zsh reports an error',
  namesExist: 'a stack has each resource that a page names, or AWS reports that it does not exist',
  parametersExist: 'a stack has each parameter, or CloudFormation refuses the deploy',
  fieldsExist: 'the config has each field, or the app does not compile',
  awsTakesIt: 'the AWS CLI has each operation, and the options that it gets and needs',
  cdkTakesIt: 'the CDK CLI has each command and option',
  prooflinkTakesIt: 'prooflink has each command, option and environment',
  workflowsStart: 'GitHub has each workflow and input',
};

const RULE_ROWS = Object.entries<Rule>(rules).map(([name, rule]) => {
  return { name, rule, sentence: SENTENCES[name as RuleName] };
});

test.each(RULE_ROWS)('every page: $sentence ($name)', ({ rule }) => {
  const findings = FILES.flatMap((file) => rule(page(file)).map((finding) => `${file}: ${finding}`));
  expect(findings).toEqual([]);
});

/** A mistake on a page, and the findings of a rule on it. */
interface Mistake {
  readonly rule: RuleName;
  readonly title: string;
  readonly text: string;
  readonly finds: readonly unknown[];
}

/** A block that people paste into a shell. */
function shell(...lines: string[]): string {
  return ['```sh', ...lines, '```', ''].join('\n');
}

const MISTAKES: readonly Mistake[] = [
  {
    rule: 'scriptsExist',
    title: 'a script that package.json lacks',
    text: '`npm run test:e2e`, `npm run --silent lint`, `npm test`',
    finds: ['npm run test:e2e'],
  },
  {
    rule: 'outputsExist',
    title: 'outputs that no stack has',
    text: '`$(out Telnet)`, the output `BucketName`, `Telnet`',
    finds: ['Telnet', 'Telnet'],
  },
  {
    rule: 'pathsExist',
    title: 'files that are not there',
    text: `\`test/readme.test.ts\`\n${shell('npx jest test/fuzz')}`,
    finds: ['test/readme.test.ts', 'test/fuzz'],
  },
  {
    rule: 'linksResolve',
    title: 'links to files and headings that are not there; a comment in a block is no heading',
    text: `[a page](docs/gone.md) [a heading](docs/runbook.md#gone) [below](#below) [b]\n${shell('# below')}\n[b]: gone.md\n`,
    finds: ['docs/gone.md', 'docs/runbook.md#gone', '#below', 'gone.md'],
  },
  {
    rule: 'blocksHaveNoComment',
    title: 'a comment in a block of commands, but none in code of a program',
    text: `${shell('npm test # all', 'cp ${#a} b')}\n\`\`\`py\n# a\n\`\`\`\n`,
    finds: ['npm test # all'],
  },
  {
    rule: 'namesExist',
    title: 'names that no stack has',
    text: '`prooflink-dev-services`, `/ecs/prooflink-dev`, `ProoflinkQa`, `prooflink_test`',
    finds: ['prooflink-dev-services', '/ecs/prooflink-dev', 'ProoflinkQa', 'prooflink_test'],
  },
  {
    rule: 'namesExist',
    title: 'a name that neither environment has',
    text: '"prooflink-$E-clster"',
    finds: ['prooflink-dev-clster', 'prooflink-prod-clster'],
  },
  {
    rule: 'parametersExist',
    title: 'a parameter that no stack has',
    text: '`--parameters ImageTag=v1`, `AppImageTag`',
    finds: ['ImageTag'],
  },
  {
    rule: 'fieldsExist',
    title: 'a field that the config lacks',
    text: '`database.multiZone`, `database.multiAz`, `officeHours.stop`',
    finds: ['database.multiZone'],
  },
  {
    rule: 'awsTakesIt',
    title: 'an operation, a waiter and options that AWS lacks, and one that it requires',
    text: `\`aws logs tail a --tail\`\n${shell(
      'aws rds stop-database --id a',
      'aws ecs describe-services --cluster a --name b',
      'aws rds wait db-instance-stopped --db-instance-identifier a',
    )}`,
    finds: [
      'aws rds stop-database',
      'aws ecs describe-services --name',
      'aws ecs describe-services without --services',
      'aws rds wait db-instance-stopped',
      'aws logs tail --tail',
    ],
  },
  {
    rule: 'cdkTakesIt',
    title: 'a command and an option that the CDK CLI lacks',
    text: `\`npx cdk remove A\`\n${shell('npx cdk deploy A --revert')}`,
    finds: ['cdk deploy --revert', 'cdk remove'],
  },
  {
    rule: 'prooflinkTakesIt',
    title: 'a command, an option and an environment that prooflink lacks',
    text: `\`npm run prooflink -- live a\`\n${shell(
      'npm run prooflink -- drift A --gone',
      'npm run prooflink -- status gone',
    )}`,
    finds: [
      expect.stringContaining("drift: error: unknown option '--gone'"),
      expect.stringContaining('status: error: command-argument value'),
      'live',
    ],
  },
  {
    rule: 'workflowsStart',
    title: 'a workflow and an input that are not there',
    text: `\`gh workflow run deploy-stack.yml\`\n${shell('gh workflow run release.yml -f tag=v1')}`,
    finds: ['deploy-stack.yml', 'release.yml -f tag'],
  },
];

test.each(MISTAKES)('$rule finds $title', ({ rule, text, finds }) => {
  const check: Rule = rules[rule];
  expect(check({ file: 'README.md', text })).toEqual(finds);
});

test('each rule finds a mistake above: one that finds none would pass on any page', () => {
  const tested = new Set(MISTAKES.map(({ rule }) => rule));
  expect(Object.keys(rules).filter((rule) => !tested.has(rule as RuleName))).toEqual([]);
});
