import { spawnSync } from 'node:child_process';
import { CALL_RULES } from './calls';
import { FILES, page } from './documents';
import { rulesHold } from './hold';
import { blocksOf, paste, type Pasted } from './pasting';

const hasZsh = spawnSync('zsh', ['-f', '-c', 'true']).status === 0;

describe.each(FILES.filter((file) => blocksOf(page(file).text).length > 0))('%s', (file) => {
  const blocks = blocksOf(page(file).text);

  test('no block has a comment: zsh takes it for arguments, and its apostrophe for the start of a string', () => {
    expect(blocks.flatMap(commentsOf)).toEqual([]);
  });

  const name = 'each block calls the same in an interactive zsh as in bash, and zsh reports nothing';
  if (hasZsh)
    test(name, () => {
      expect(differences(blocks)).toEqual([]);
    });
  else test.skip(`${name} (this machine has no zsh; Debian and Ubuntu: apt-get install zsh)`, () => undefined);
});

describe('it would be found that', () => {
  const broken = [
    ['a comment stands behind a command', 'npx cdk synth # the whole app', 'npx cdk synth # the whole app in zsh'],
    ['a comment has an apostrophe', "npx a # the app's\nnpx b", "unmatched '"],
    ['a pattern matches no file', 'aws --query Stacks[0].Outputs', 'no matches found'],
    ['a letter behind a colon changes a variable in zsh', 'A=a/b\nnpx "$A:role"', 'npx a/bole in zsh'],
    ['a list is split in bash only', 'L="a b"\nfor x in $L; do npx "$x"; done', 'npx a b in zsh, npx a in bash'],
    ['a program is unknown to the tests', 'terraform apply', 'command not found: terraform'],
  ] as const;
  test.each(broken)('%s', (_, block, says) => {
    if (hasZsh) expect(differences([block]).join('\n')).toContain(says);
    expect(commentsOf(block).length > 0).toBe(block.includes('#'));
  });
});

rulesHold(CALL_RULES, {
  awsTakesIt: [
    ['an operation that there is not', sh('aws rds stop-database --id a'), 'aws rds stop-database'],
    [
      'an option that there is not',
      sh('aws ecs describe-services --services a --name b'),
      'aws ecs describe-services --name',
    ],
    [
      'an option that is missing',
      sh('aws ecs describe-services --cluster a'),
      'aws ecs describe-services without --services',
    ],
    [
      'a waiter that there is not',
      sh('aws rds wait db-instance-stopped --db-instance-identifier a'),
      'aws rds wait db-instance-stopped',
    ],
    ['an option of the CLI alone', '`aws logs tail a --tail`', 'aws logs tail --tail'],
  ],
  cdkTakesIt: [
    ['a command of the CDK that there is not', '`npx cdk remove A`', 'cdk remove'],
    ['an option that there is not', sh('npx cdk deploy A --revert'), 'cdk deploy --revert'],
  ],
  prooflinkTakesIt: [
    ['a command that is gone', '`npm run prooflink -- live a b`', 'live'],
    ['an option that is gone', sh('npm run prooflink -- drift A --gone'), 'drift: error: unknown option'],
    [
      'an environment that there is not',
      sh('npm run prooflink -- status test'),
      'status: error: command-argument value',
    ],
    [
      'an argument that is missing',
      '`npm run prooflink -- review --markdown a`',
      'review: error: missing required argument',
    ],
  ],
  databasesAreSafe: [
    [
      'a rename that waits for the maintenance window',
      '`aws rds modify-db-instance --new-db-instance-identifier …`',
      'without --apply-immediately',
    ],
    [
      'a database that goes without a last snapshot',
      sh('aws rds delete-db-instance --db-instance-identifier a --no-delete-automated-backups'),
      'without --final-db-snapshot-identifier',
    ],
    [
      'a database that is skipped its last snapshot',
      sh('aws rds delete-db-instance --db-instance-identifier a --skip-final-snapshot'),
      'delete-db-instance --skip-final-snapshot',
    ],
  ],
  oneEnvironment: [
    [
      'a role in the other environment',
      sh('gh variable set A --env dev \\\n  --body "$(out DeployRoleArnProd)"'),
      'gh variable set A --env dev',
    ],
  ],
  workflowsStart: [
    ['a workflow that there is not', '`gh workflow run test.yml`', 'test.yml'],
    ['one that only a push starts', '`gh workflow run deploy-stack.yml`', 'deploy-stack.yml'],
    ['an input that there is not', '`gh workflow run release.yml -f tag=v1`', 'release.yml -f tag'],
  ],
});

function sh(block: string): string {
  return `\`\`\`sh\n${block}\n\`\`\`\n`;
}

function commentsOf(block: string): string[] {
  return block.split('\n').filter((line) => /(^|\s)#(\s|$)/.test(line));
}

/** Pastes the blocks of a page into one session of each shell; tells the first call that differs, and what they report. */
function differences(blocks: readonly string[]): string[] {
  const [zsh, bash] = [paste('zsh', blocks), paste('bash', blocks)];
  const said = (list: Pasted['calls'], index: number) => list[index]?.join(' ') ?? 'nothing';
  const calls = Array.from({ length: Math.max(zsh.calls.length, bash.calls.length) }, (_, index) => index);
  const at = calls.find((index) => said(zsh.calls, index) !== said(bash.calls, index));
  return [
    ...(at === undefined ? [] : [`${said(zsh.calls, at)} in zsh, ${said(bash.calls, at)} in bash`]),
    ...zsh.errors,
    ...bash.errors,
  ];
}
