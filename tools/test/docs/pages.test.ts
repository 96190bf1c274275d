import { AWS_CALL_RULES } from './aws-calls';
import { FILES, page, RULES, type Rule } from './documents';
import { LOOKUP_RULES } from './lookups';
import { NAME_RULES } from './names';
import { blocksOf, paste } from './pasting';
import { PROCEDURE_RULES } from './procedures';
import { PROGRAM_CALL_RULES } from './program-calls';
import { testWith } from '../support/test-with';
import { WORD_RULES } from './words';

// Pages name the guide's dev and prod, whatever a team calls its environments.
jest.mock('../../../lib/config', () => ({
  ...jest.requireActual<object>('../../../lib/config'),
  ...jest.requireActual<object>('../../../test/support/configs'),
}));

const rules = {
  ...RULES,
  ...NAME_RULES,
  ...AWS_CALL_RULES,
  ...PROGRAM_CALL_RULES,
  ...LOOKUP_RULES,
  ...PROCEDURE_RULES,
  ...WORD_RULES,
} satisfies Record<string, Rule>;

type RuleName = keyof typeof rules;

/** Each rule, and the harm to a reader of a page that breaks it. */
const SENTENCES: Readonly<Record<RuleName, string>> = {
  scriptsExist: 'package.json has each npm script, or npm refuses it',
  outputsExist: 'a stack has each output, or its value is not found',
  pathsExist: 'the repository has each path',
  linksResolve: 'each link leads to a file and a heading',
  namesExist: 'a stack has each resource that a page names, or AWS reports that it does not exist',
  namesAreOfTheirKind: 'an option that takes a cluster gets the name of a cluster, for example, or AWS finds none',
  typesExist: 'a stack has each type of CloudFormation that a page names',
  parametersExist: 'a stack has each parameter, or CloudFormation refuses the deploy',
  fieldsExist: 'the config has each field, or the app does not compile',
  awsTakesIt: 'the AWS CLI has each operation, and the options that it gets and needs',
  doesWhatPageSays:
    'no command finds another resource, or lacks an option without which it does something else than the page says',
  cdkTakesIt: 'the CDK CLI has each command and option',
  prooflinkTakesIt: 'prooflink has each command, option and environment',
  jsonIsAlone: 'npm prints nothing before JSON that a program reads',
  manualHasIt: 'gh and docker have each command and option',
  queriesFindFields: 'an answer of AWS has each field that a --query asks for, or the CLI prints None',
  jqReadsAnswers: 'an answer of AWS has each field that a program of jq reads, or jq prints null',
  outputsAreThere: 'a stack has each output that a function of the page looks up',
  descriptionsAreThere: 'a secret has each description by which a command looks for it',
  oneEnvironment: 'no command gives dev a value of prod, which would open prod to those who may change dev',
  snapshotsAreWaitedFor: 'a snapshot is waited for before it is used: RDS restores none before',
  secretsHaveNoLineBreak: 'no secret ends with a line break, with which no task connects to the database',
  waysBackMigrateNothing: 'a release of an earlier image does not migrate a database that is newer than it',
  workflowsStart: 'GitHub has each workflow and input',
  wordsAgree: 'one thing has one word',
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
  /** Page with the mistake; README.md by default. */
  readonly file?: string;
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
    text: '`$(out Telnet)`, the output `Shell`, `Telnet`',
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
    rule: 'namesAreOfTheirKind',
    title: 'a service’s name for its cluster’s, and a repository’s for a log group’s',
    text: shell(
      'E=prod',
      'aws ecs update-service --cluster "prooflink-$E-service" --service "prooflink-$E-service"',
      'aws ecs list-tasks --cluster "prooflink-$E-cluster"',
      'aws logs delete-log-group --log-group-name "/ecs/prooflink-$E"',
    ),
    finds: [
      '--cluster prooflink-prod-service is no AWS::ECS::Cluster',
      '--log-group-name /ecs/prooflink-prod is no AWS::Logs::LogGroup',
    ],
  },
  {
    rule: 'namesAreOfTheirKind',
    title: 'a wrong cluster in a sentence',
    text: '`aws ecs list-tasks --cluster prooflink-dev-app`',
    finds: ['--cluster prooflink-dev-app is no AWS::ECS::Cluster'],
  },
  {
    rule: 'typesExist',
    title: 'a type that no stack has',
    text: '`AWS::RDS::DBCluster`',
    finds: ['AWS::RDS::DBCluster'],
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
      'aws ecs describe-services --name',
      'aws ecs describe-services without --services',
      'aws rds stop-database',
      'aws rds wait db-instance-stopped',
      'aws logs tail --tail',
    ],
  },
  {
    rule: 'awsTakesIt',
    title: 'a service that AWS lacks',
    text: shell('aws database list-tables'),
    finds: ['aws database list-tables'],
  },
  {
    rule: 'doesWhatPageSays',
    title: 'commands of AWS and openssl that do something else than the page says',
    text: shell(
      // It answers 100 resources at most.
      'aws cloudformation describe-stack-resources --stack-name a',
      // Another resource may have Master in its id, too.
      'aws cloudformation list-stack-resources --stack-name a --query "[?contains(LogicalResourceId, \'Master\')]"',
      // This is the group of the tasks: pages need the one of the database.
      'aws ec2 describe-security-groups --filters Name=group-name,Values=prooflink-prod-ecs-sg',
      // It waits for the next maintenance window.
      'aws rds modify-db-instance --db-instance-identifier a --new-db-instance-identifier b',
      // It leaves no snapshot of the data.
      'aws rds delete-db-instance --db-instance-identifier a --skip-final-snapshot',
      // Its 16 characters are few for a secret: pages make one of 64.
      'openssl rand -hex 8',
    ),
    finds: [
      'aws cloudformation describe-stack-resources (instead: list-stack-resources)',
      'aws cloudformation list-stack-resources (instead: an output of the stack)',
      'aws ec2 describe-security-groups (instead: the security group of the database)',
      'aws rds delete-db-instance --skip-final-snapshot',
      'aws rds modify-db-instance without --apply-immediately',
      'openssl rand -hex without -hex 32',
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
    rule: 'jsonIsAlone',
    title: 'JSON behind the lines that npm prints',
    text: shell('npm run prooflink -- status dev --json | jq .'),
    finds: ['npm run prooflink -- status dev --json without --silent'],
  },
  {
    rule: 'manualHasIt',
    title: 'commands and options that gh and docker lack',
    text: shell('gh variable set A --environment dev', 'gh repo delete a', 'docker build --plattform linux/amd64 .'),
    finds: ['docker build --plattform', 'gh repo delete a', 'gh variable set --environment'],
  },
  {
    rule: 'queriesFindFields',
    title: 'queries of a misspelt field, and of Secrets, which AWS answers as SecretList',
    text: shell(
      "aws rds describe-db-instances --db-instance-identifier a --query 'DBInstances[0].Endpoint.[Adress, Port]'",
      'aws secretsmanager list-secrets --query "reverse(sort_by(Secrets, &CreatedDate))[?ARN!=\'a\'].ARN | [0]"',
      "aws ecs describe-services --services a --query 'services[0].{name: serviceName, Tasks: runningCount}'",
    ),
    finds: ['aws rds describe-db-instances answers no Adress', 'aws secretsmanager list-secrets answers no Secrets'],
  },
  {
    rule: 'jqReadsAnswers',
    title: 'a program of jq with a field that no call of the page answers',
    text: shell(
      "aws ecs describe-services --services a --query 'services[0]' > moving/old-service.json",
      'jq -r .taskDefinition moving/old-service.json',
      'jq --arg name "a" \'{serviceName: $name, desired, loadBalancers}\' moving/old-service.json',
    ),
    finds: ['jq: no call of the page answers desired'],
  },
  {
    rule: 'outputsAreThere',
    title: 'an output that a function of the page looks up in vain',
    text: shell(
      'out() {',
      '  aws cloudformation describe-stacks --stack-name a --query "Stacks[0].Outputs[?OutputKey==\'$1\'].OutputValue"',
      '}',
      'out SessionSecret',
      'out SettingsSecretArn',
    ),
    finds: ['no output SessionSecret'],
  },
  {
    rule: 'descriptionsAreThere',
    title: 'a description that no secret has',
    text: shell(
      'aws secretsmanager list-secrets --filters "Key=description,Values=NEXTAUTH_SECRET of prooflink-prod"',
      'aws secretsmanager list-secrets --filters "Key=description,Values=Setting of prooflink-prod"',
    ),
    finds: ["no secret's description begins with Setting of prooflink-prod"],
  },
  {
    rule: 'oneEnvironment',
    title: 'a command on dev that takes a value of prod',
    text: shell('gh variable set A --env dev \\', '  --body "$(out DeployRoleArnProd)"'),
    finds: [expect.stringContaining('gh variable set A')],
  },
  {
    rule: 'snapshotsAreWaitedFor',
    title: 'a snapshot that is used at once',
    text: shell('aws rds create-db-snapshot --db-instance-identifier a --db-snapshot-identifier b'),
    finds: ['no aws rds wait db-snapshot-available --db-snapshot-identifier b'],
  },
  {
    rule: 'secretsHaveNoLineBreak',
    title: 'a rotated DATABASE_URL with a line break at its end',
    text: shell(
      'aws secretsmanager get-secret-value --secret-id "$URL" --query SecretString --output text |',
      '  sed -E "s|a|b|" |',
      '  aws secretsmanager put-secret-value --secret-id "$URL" --secret-string file:///dev/stdin',
    ),
    finds: [expect.stringContaining('a line break at the end of the secret: aws secretsmanager get-secret-value')],
  },
  {
    rule: 'waysBackMigrateNothing',
    title: 'a way back that migrates, by the command and by the workflow, in either language',
    text: `\`npm run prooflink -- release prod --app <earlier tag>\`
\`npm run prooflink -- release prod --app <以前のタグ> --no-migration\`
\`npm run prooflink -- release dev --app <tag>\`
${shell('gh workflow run deploy.yml --ref main -f environment=prod -f app-image-tag=<以前のtag>')}`,
    finds: [
      'npm run prooflink -- release prod --app <earlier tag> without --no-migration',
      'gh workflow run deploy.yml --ref main -f environment=prod -f app-image-tag=<以前のtag> ' +
        'without -f migration=no-migration',
    ],
  },
  {
    rule: 'waysBackMigrateNothing',
    title: 'a release on a restored database that migrates',
    file: 'docs/moving-in.ja.md',
    text: shell('npm run prooflink -- release "$E" --app <タグ> --batch <タグ>'),
    finds: ['npm run prooflink -- release "$E" --app <タグ> --batch <タグ> without --no-migration'],
  },
  {
    rule: 'workflowsStart',
    title: 'a workflow and an input that are not there',
    text: `\`gh workflow run deploy-stack.yml\`\n${shell('gh workflow run release.yml -f tag=v1')}`,
    finds: ['deploy-stack.yml', 'release.yml -f tag'],
  },
  {
    rule: 'wordsAgree',
    title: 'words for which the pages have plainer ones',
    text: 'Somebody mends it.',
    finds: ['Somebody (instead: name the person or the role)', 'mends (instead: fix)'],
  },
  {
    rule: 'wordsAgree',
    title: 'a second Japanese word for one thing, but not in code',
    file: 'README.ja.md',
    text: 'ローカルのAWSで、2つの規則を手作業で変え、`ガイド` の相手で試す。',
    finds: [
      '手作業 (instead: 手動)',
      '規則 (instead: ルール)',
      'ローカルのAWS (instead: ローカルAWS)',
      '2つ (instead: 一つ, 二つ, …)',
    ],
  },
];

test.each(MISTAKES)('$rule finds $title', ({ rule, text, file = 'README.md', finds }) => {
  const check: Rule = rules[rule];
  expect(check({ file, text })).toEqual(finds);
});

test('each rule finds a mistake above: one that finds none would pass on any page', () => {
  const tested = new Set(MISTAKES.map(({ rule }) => rule));
  expect(Object.keys(rules).filter((rule) => !tested.has(rule as RuleName))).toEqual([]);
});

const testWithZsh = testWith('zsh', ['-f', '-c', 'true']);

describe.each(FILES.filter((file) => blocksOf(page(file).text).length > 0))('%s', (file) => {
  const blocks = blocksOf(page(file).text);

  test('no block has a comment: zsh takes it for arguments, and its apostrophe for the start of a string', () => {
    expect(blocks.flatMap((block) => block.match(/^(.* )?#( .*)?$/gm) ?? [])).toEqual([]);
  });

  testWithZsh('each block calls the same in an interactive zsh as in bash, and zsh reports nothing', () => {
    const zsh = paste('zsh', blocks);
    const bash = paste('bash', blocks);
    expect(zsh.calls).toEqual(bash.calls);
    expect([...zsh.errors, ...bash.errors]).toEqual([]);
  });
});
