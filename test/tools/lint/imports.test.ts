import { lintLines } from './lines';

const RULES = ['no-restricted-imports', 'no-restricted-syntax', '@typescript-eslint/no-require-imports'];
const from = (module: string): string => `import { x } from '${module}';`;

const FORBIDDEN: readonly (readonly [file: string, line: string, message: string])[] = [
  ['lib/constructs/network.ts', from('../../tools/shared/words'), 'The app knows neither its tools nor its tests'],
  ['lib/outputs.ts', from('../test/support/config'), 'The app knows neither its tools nor its tests'],
  ['lib/outputs.ts', from('aws-cdk-lib'), 'aws-cdk-lib/core'],
  ['tools/drift/judge.ts', from('../diff-review/report'), 'never from another tool'],
  ['tools/drift/judge.ts', from('../prooflink'), 'never from another tool'],
  ['tools/drift/judge.ts', from('../../lib/outputs'), 'never from another tool'],
  ['tools/drift/judge.ts', from('../../test/support/config'), 'never from another tool'],
  ['tools/bench/measure.ts', from('../local-aws/processes'), 'never from another tool'],
  ['tools/diff-review/comment/run.ts', from('../../local-aws/cdk'), 'never from another tool'],
  ['tools/diff-review/comment/run.ts', from('../../drift/render'), 'never from another tool'],
  ['tools/drift/command.ts', "const x = require('./run');", 'require'],
  ['tools/drift/command.ts', "void import('../diff-review/run');", 'loaded late'],
  ['tools/shared/words.ts', from('../drift/render'), 'What tools share knows none of them'],
  ['tools/shared/words.ts', from('../local-aws'), 'What tools share knows none of them'],
  ['tools/shared/health/part.ts', from('../../status/run'), 'What tools share knows none of them'],
  ['tools/local-aws/cdk.ts', from('../shared/words'), 'a product of its own'],
  ['tools/local-aws/cdk.ts', from('../../lib/config'), 'a product of its own'],
  ['test/life-cycle/dev.test.ts', from('../../tools/local-aws/cdk'), 'through its entry'],
];

const ALLOWED: readonly (readonly [file: string, line: string])[] = [
  ['lib/constructs/network.ts', from('../config/environment')],
  ['tools/prooflink.ts', from('./drift/command')],
  ['tools/drift/judge.ts', from('../shared/words')],
  ['tools/drift/judge.ts', from('../../lib/config/names')],
  ['tools/deploy-local/deploy-local.ts', from('../local-aws')],
  ['tools/diff-review/comment/run.ts', from('../../local-aws')],
  ['tools/diff-review/comment/run.ts', from('../report')],
  ['tools/drift/command.ts', "void import('./run');"],
  ['tools/shared/words.ts', from('../../lib/config')],
  ['tools/shared/health/part.ts', from('../table')],
  ['tools/shared/health/part.ts', from('../../../lib/config')],
  ['tools/local-aws/cdk.ts', from('./processes')],
  ['test/life-cycle/dev.test.ts', from('../../tools/local-aws')],
  ['test/tools/local-aws/environment.test.ts', from('../../../tools/local-aws/environment')],
];

test('no import leaves its room but through a door: lib, tools/shared, each tool, the local AWS', () => {
  const found = lintLines(RULES, [...FORBIDDEN, ...ALLOWED]);
  expect(found.slice(0, FORBIDDEN.length)).toEqual(
    FORBIDDEN.map(([, , message]) => expect.stringContaining(message) as string),
  );
  expect(found.slice(FORBIDDEN.length)).toEqual(ALLOWED.map(() => ''));
});
