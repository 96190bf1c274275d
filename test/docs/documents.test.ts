import { RULES } from './documents';
import { rulesHold } from './hold';

rulesHold(RULES, {
  scriptsExist: [
    ['a script that is gone', '`npm run test:e2e`', 'npm run test:e2e'],
    ['one in a block', '```sh\nnpm run gone -- x\n```', 'npm run gone'],
  ],
  outputsExist: [
    ['an output that is gone', '`eval "$(out Telnet)"`', 'Telnet'],
    ['an output that is gone, in a row', 'the output `Shell`, `Telnet`', 'Telnet'],
  ],
  pathsExist: [
    ['a file that moved', '`test/readme.test.ts` compares', 'test/readme.test.ts'],
    ['a folder that is gone', '`lib/rules`', 'lib/rules'],
    ['tests that are gone', '```sh\nnpx jest test/fuzz\n```', 'test/fuzz'],
  ],
  linksResolve: [
    ['a page that is gone', '[a](docs/gone.md)', 'docs/gone.md'],
    ['a heading that is gone', '[a](docs/runbook.md#gone)', 'docs/runbook.md#gone'],
    ['a heading of its own', '# A\n[a](#b)', '#b'],
    ['a heading that is a comment of the shell', '```sh\n# b\n```\n[a](#b)', '#b'],
    ['a link named at the end', '[a][b]\n\n[b]: gone.md\n', 'gone.md'],
  ],
});

test('headings are found as GitHub names them, Japanese ones too', () => {
  const text =
    '# 1. A `b`, c_d\n## 実アカウントへの最初のデプロイ\n[a](#1-a-b-c_d) [b](#実アカウントへの最初のデプロイ)';
  expect(RULES.linksResolve({ file: 'README.md', text })).toEqual([]);
});
