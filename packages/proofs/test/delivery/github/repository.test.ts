import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import rules from '../../mutation/rules.stryker.json';
import stacks from '../../mutation/stacks.stryker.json';
import { ROOT } from '@infra/commands/test/support/workflow';

const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');

const NEVER_COMMITTED = [
  { path: 'cdk.out*/', content: 'the templates' },
  { path: 'cdk.context.json', content: 'the answers of an account' },
  { path: 'moving/', content: 'passwords' },
];

test.each(NEVER_COMMITTED)('$path is never committed: it has $content', ({ path }) => {
  expect(read('.gitignore').split('\n')).toContain(path);
});

test('each file of lib is judged by one half of the mutants, but for the sentences, which no template has', () => {
  const judgedByRules = rules.mutate.map((file) => `!${file}`);
  expect(stacks.mutate).toEqual(['lib/**/*.ts', ...judgedByRules, '!lib/config/{en,ja}.ts']);
});
