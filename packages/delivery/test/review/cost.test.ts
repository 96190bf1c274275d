import type { Command } from 'commander';
import { costChange } from '@infra/cost/cost-change';
import { addReview } from '../../src/commands';
import { runDiffReview } from '@infra/change-review';
import { newProoflinkProgram } from '@infra/commands/prooflink';
import { newProgram } from '@infra/commands/program';
import { costOf } from '@infra/cost/environment-cost';
import { formatUsd } from '@infra/cost/format-amounts';
import { changed, stackOf } from '@infra/cost/test/support';
import { writeAssembly } from '@infra/change-review/testing';

type Stacks = Readonly<Record<string, object>>;

const dev = changed({});
const gateway = changed({ added: { Nat: { Type: 'AWS::EC2::NatGateway' }, Address: { Type: 'AWS::EC2::EIP' } } });
const usdBefore = costOf(stackOf(dev)).usd;
const usdAfter = costOf(stackOf(gateway)).usd;
/** As far as 80 columns go. */
const LINE = `ProoflinkDev: ${formatUsd(usdBefore)} → ${formatUsd(usdAfter)} USD per month: NAT gateway +45.26, Public IPv4`;
const write = (stacks: Stacks) =>
  writeAssembly({
    stacks: Object.fromEntries(Object.entries(stacks).map(([name, each]) => [name, { template: { ...each } }])),
  });
const review = (base: Stacks, head: Stacks) =>
  runDiffReview(write(base), write(head), { markdown: true }, { columns: 80, colour: false }, costChange);
/** Text after the findings. */
const costIn = (comment: string) => /\*\*Cost\*\*\n\n[^]*?(?=\n\n(?!<details|<\/details|```))/.exec(comment)?.[0];

/** Output of a program's command `review` for the gateway. */
async function said(program: Command, ...before: readonly string[]): Promise<string> {
  const written = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  const sides = [write({ ProoflinkDev: dev }), write({ ProoflinkDev: gateway })];
  await program.parseAsync([...before, ...sides], { from: 'user' });
  const all = written.mock.calls.join('');
  written.mockRestore();
  return all;
}

test('a NAT gateway: a line below the findings, and what it adds up folded', () => {
  const { exitCode, stdout } = review({ ProoflinkDev: dev }, { ProoflinkDev: gateway });
  expect(exitCode).toBe(0);
  expect(costIn(stdout)).toBe(
    [
      '**Cost**',
      `- ${LINE.replace('ProoflinkDev', '`$&`')} +3.65; not in the sum: \`AmazonEC2 NatGateway-Bytes\``,
      '<details><summary>Cost by usage</summary>',
      [
        '```diff',
        'ProoflinkDev',
        '- Public IPv4: PublicIPv4:InUseAddress, 1,848 Hrs: 9.24 USD',
        '+ Public IPv4: PublicIPv4:InUseAddress, 2,578 Hrs: 12.89 USD',
        '+ NAT gateway: NatGateway-Hours, 730 Hrs: 45.26 USD',
        '? AmazonEC2 NatGateway-Bytes: not in the sum',
        '```',
      ].join('\n'),
      '</details>',
    ].join('\n\n'),
  );
  expect(stdout.indexOf('**Cost**')).toBeGreaterThan(stdout.indexOf('### '));
});

test('a cost that cannot be computed is one line, and no failure: the other environments are reported', () => {
  const odd = changed({ properties: { 'AWS::RDS::DBInstance': { Engine: { toString: 1 } } } });
  const { exitCode, stdout } = review({ ProoflinkDev: dev, B: dev }, { ProoflinkDev: odd, B: gateway });
  expect(exitCode).not.toBe(2);
  expect(stdout.replaceAll('`', '')).toContain('ProoflinkDev: the cost could not be computed: Cannot conv');
  expect(stdout).toContain('NAT gateway +45.26');
});

test('a package of costs that cannot be loaded is no failure of the review', async () => {
  const load = () => Promise.reject(new Error('ENOENT: prices.json'));
  const why = 'ProoflinkDev: the cost could not be computed: ENOENT: prices.json\n';
  expect(await said(addReview(newProgram('', ''), load))).toContain(why);
  expect(process.exitCode).toBe(0);
});

test('the program for people and CI knows the prices', async () => {
  expect(await said(newProoflinkProgram(), 'review')).toContain(LINE);
});

test('what a template calls itself is never markup, nor drives a terminal', () => {
  const hostile = '\u001b[2J</details>@octocat`|\u202e';
  const odd = changed({
    properties: { 'AWS::RDS::DBInstance': { AllocatedStorage: '20', DBInstanceClass: hostile, StorageType: hostile } },
    added: { X: { Type: hostile } },
  });
  const shown = costIn(review({ [hostile]: dev }, { [hostile]: odd }).stdout) ?? '';
  const [line = ''] = shown.split('\n').filter((each) => each.startsWith('- '));
  expect(line.replace(/<code>[\p{L}\p{N} ,/=&#;:-]+<\/code>/gu, '')).toMatch(/^- : the change is unknown: .* for $/);
  expect(shown.replace(/^(`{3,})diff\n[^]*^\1$/m, '')).not.toMatch(/@octocat|<\/details>[^]+<\/details>/);
  for (const character of ['\u001b', '\u202e']) expect(shown).not.toContain(character);
});
