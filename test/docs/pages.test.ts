import { spawnSync } from 'node:child_process';
import { CALL_RULES } from './calls';
import { FILES, page, RULES, type Rule } from './documents';
import { NAME_RULES } from './names';
import { blocksOf, paste } from './pasting';
import { WORD_RULES } from './words';

// Pages speak of the guide's dev and prod, whatever a team calls its environments.
jest.mock('../../lib/config', () => ({
  ...jest.requireActual<object>('../../lib/config'),
  ...jest.requireActual<object>('../support/configs'),
}));

const rules: Readonly<Record<string, Rule>> = { ...RULES, ...NAME_RULES, ...CALL_RULES, ...WORD_RULES };

test.each(Object.entries(rules))('%s: on every page', (_, rule) => {
  expect(FILES.flatMap((file) => rule(page(file)).map((finding) => `${file}: ${finding}`))).toEqual([]);
});

/** A page on which every rule finds what is wrong. */
const WRONG = `
# A heading
[a page](docs/gone.md) [a heading](docs/runbook.md#gone) [below](#below) [named at the end][b]
\`npm run test:e2e\`, \`$(out Telnet)\`, the output \`Shell\`, \`Telnet\`, \`test/readme.test.ts\`
\`prooflink-dev-services\`, \`/ecs/prooflink-dev\`, \`ProoflinkQa\`, \`prooflink_test\`, "prooflink-$E-clster"
\`AWS::RDS::DBCluster\`, \`--parameters ImageTag=v1\`, \`database.multiZone\`
\`npx cdk remove A\`, \`aws logs tail a --tail\`, \`gh workflow run deploy-stack.yml\`, \`npm run prooflink -- live a\`
Somebody mends it.
\`\`\`sh
# below
npx jest test/fuzz
aws rds stop-database --id a
aws cloudformation describe-stack-resources --stack-name a
aws cloudformation list-stack-resources --stack-name a --query "[?contains(LogicalResourceId, 'Master')]"
aws ecs describe-services --cluster a --name b
aws rds wait db-instance-stopped --db-instance-identifier a
aws rds modify-db-instance --db-instance-identifier a --new-db-instance-identifier b
aws rds delete-db-instance --db-instance-identifier a --skip-final-snapshot
aws rds create-db-snapshot --db-instance-identifier a --db-snapshot-identifier b
npx cdk deploy A --revert
npm run prooflink -- drift A --gone
npm run prooflink -- status gone
npm run prooflink -- status dev --json | jq .
gh variable set A --environment dev \\
  --body "$(out DeployRoleArnProd)"
gh workflow run release.yml -f tag=v1
gh repo delete a
docker build --plattform linux/amd64 .
openssl rand -hex 8
\`\`\`

[b]: gone.md
`;

test('each rule finds what is wrong on a page', () => {
  const wrong = { file: 'README.md', text: WRONG };
  const found = Object.entries(rules).map(([name, rule]) => [name, rule(wrong)]);
  expect(Object.fromEntries(found)).toEqual({
    scriptsExist: ['npm run test:e2e'],
    outputsExist: ['Telnet', 'Telnet'],
    pathsExist: ['test/readme.test.ts', 'test/fuzz'],
    linksResolve: ['docs/gone.md', 'docs/runbook.md#gone', '#below', 'gone.md'],
    namesExist: ['dev', 'prod'].flatMap((name) => [
      ...['prooflink-dev-services', '/ecs/prooflink-dev', 'ProoflinkQa', 'prooflink_test'],
      `prooflink-${name}-clster`,
    ]),
    typesExist: ['AWS::RDS::DBCluster'],
    parametersExist: ['ImageTag'],
    fieldsExist: ['database.multiZone'],
    awsTakesIt: [
      ...['aws ecs describe-services --name', 'aws ecs describe-services without --services'],
      ...['aws rds stop-database', 'aws rds wait db-instance-stopped', 'aws logs tail --tail'],
    ],
    cdkTakesIt: ['cdk deploy --revert', 'cdk remove'],
    prooflinkTakesIt: [
      expect.stringContaining("drift: error: unknown option '--gone'"),
      expect.stringContaining('status: error: command-argument value'),
      'live',
    ],
    jsonIsAlone: ['npm run prooflink -- status dev --json without --silent'],
    manualHasIt: ['docker build --plattform', 'gh repo delete a', 'gh variable set --environment'],
    hasWhatItNeeds: [
      'aws cloudformation describe-stack-resources without of list-stack-resources',
      'aws cloudformation list-stack-resources without of an output',
      'aws rds delete-db-instance --skip-final-snapshot',
      'aws rds modify-db-instance without --apply-immediately',
      'openssl rand -hex without -hex 32',
    ],
    oneEnvironment: [expect.stringContaining('gh variable set A')],
    snapshotsAreWaitedFor: ['no aws rds wait db-snapshot-available --db-snapshot-identifier b'],
    workflowsStart: ['deploy-stack.yml', 'release.yml -f tag'],
    wordsAgree: ['Somebody (instead: name the person or the role)', 'mends (instead: fix)'],
  });
});

test('a Japanese page has one word for one thing', () => {
  const text = 'ローカルのAWSで、2つの規則を手作業で変え、`ガイド` の相手で試す。';
  expect(WORD_RULES.wordsAgree({ file: 'README.ja.md', text })).toEqual([
    '手作業 (instead: 手動)',
    '規則 (instead: ルール)',
    'ローカルのAWS (instead: ローカルAWS)',
    '2つ (instead: 一つ, 二つ, …)',
  ]);
});

const hasZsh = spawnSync('zsh', ['-f', '-c', 'true']).status === 0;

describe.each(FILES.filter((file) => blocksOf(page(file).text).length > 0))('%s', (file) => {
  const blocks = blocksOf(page(file).text);

  test('no block has a comment: zsh takes it for arguments, and its apostrophe for the start of a string', () => {
    expect(blocks.flatMap((block) => block.match(/^(.* )?#( .*)?$/gm) ?? [])).toEqual([]);
  });

  const name = 'each block calls the same in an interactive zsh as in bash, and zsh reports nothing';
  if (hasZsh)
    test(name, () => {
      const [zsh, bash] = [paste('zsh', blocks), paste('bash', blocks)];
      expect(zsh.calls).toEqual(bash.calls);
      expect([...zsh.errors, ...bash.errors]).toEqual([]);
    });
  else test.skip(`${name} (this machine has no zsh; Debian and Ubuntu: apt-get install zsh)`, () => undefined);
});
