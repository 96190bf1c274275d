import { lintLines } from './lint-lines';

const RULES = ['no-restricted-imports', 'no-restricted-syntax', '@typescript-eslint/no-require-imports'];
const from = (module: string): string => `import { x } from '${module}';`;

const FORBIDDEN: readonly (readonly [file: string, line: string, message: string])[] = [
  ['lib/constructs/network.ts', from('../../tools/shared/words'), 'The app knows neither packages'],
  ['lib/outputs.ts', from('../test/support/config'), 'The app knows neither packages'],
  ['lib/outputs.ts', from('aws-cdk-lib'), 'aws-cdk-lib/core'],
  ['tools/drift/judge.ts', from('../review/report'), 'never from another tool'],
  ['tools/drift/judge.ts', from('../prooflink'), 'never from another tool'],
  ['tools/drift/judge.ts', from('../../lib/outputs'), 'never from another tool'],
  ['tools/drift/judge.ts', from('../../test/support/config'), 'never from another tool'],
  ['lib/outputs.ts', from('@infra/common/words'), 'The app knows neither packages'],
  ['tools/review/comment/run.ts', from('../../drift/render'), 'never from another tool'],
  ['tools/review/command.ts', "const x = require('./run');", 'require'],
  ['tools/review/command.ts', "void import('../review/run');", 'loaded late'],
  ['tools/shared/times.ts', from('../drift/render'), 'What tools share knows none of them'],
  ['tools/environment/web-service.ts', from('../health/run'), 'never from another tool'],
  ['tools/shared/times.ts', from('../environment/web-service'), 'What tools share knows none of them'],
  ['tools/health/questions/web.ts', from('../../drift/judge'), 'never from another tool'],
  ['packages/local-aws/src/cdk.ts', from('../../../tools/shared/times'), 'A package knows nothing of the app'],
  ['packages/change-review/src/judge.ts', from('../../../lib/config'), 'A package knows nothing of the app'],
  ['packages/local-aws/test/support/jobs.ts', from('../../../../test/support/config'), 'A package knows nothing'],
  ['packages/change-review/test/network.test.ts', from('../../common/src/words'), 'Import a package by its name'],
  ['tools/deploy-local/deploy-local.ts', from('../../packages/local-aws/src/cdk'), 'Import a package by its name'],
  ['test/life-cycle/dev.test.ts', from('../../packages/local-aws/src/cdk'), 'Import a package by its name'],
];

const ALLOWED: readonly (readonly [file: string, line: string])[] = [
  ['lib/constructs/network.ts', from('../config/environment')],
  ['tools/prooflink.ts', from('./people')],
  ['tools/drift/judge.ts', from('@infra/common/words')],
  ['tools/drift/judge.ts', from('../../lib/config/names')],
  ['tools/deploy-local/deploy-local.ts', from('@infra/local-aws')],
  ['tools/review/comment/run.ts', from('./body')],
  ['tools/review/command.ts', "void import('@infra/change-review');"],
  ['tools/review/command.ts', "void import('./run');"],
  ['tools/shared/times.ts', from('../../lib/config')],
  ['tools/environment/web-service.ts', from('../shared/aws')],
  ['tools/health/questions/web.ts', from('../../environment/web-service')],
  ['tools/release/serving.ts', from('../environment/web-service')],
  ['packages/local-aws/src/cdk.ts', from('./processes')],
  ['packages/local-aws/test/support/jobs.ts', from('../../src/local-aws')],
  ['test/life-cycle/dev.test.ts', from('@infra/local-aws')],
];

test('no import leaves its room but through a door: lib, tools/shared, each tool, each package', () => {
  const found = lintLines(RULES, [...FORBIDDEN, ...ALLOWED]);
  expect(found.slice(0, FORBIDDEN.length)).toEqual(
    FORBIDDEN.map(([, , message]) => expect.stringContaining(message) as string),
  );
  expect(found.slice(FORBIDDEN.length)).toEqual(ALLOWED.map(() => ''));
});
