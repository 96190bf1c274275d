import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '@infra/testing/workflow';

const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');

const NEVER_COMMITTED = [
  { path: 'cdk.out*/', content: 'the templates' },
  { path: 'cdk.context.json', content: 'the answers of an account' },
  { path: 'moving/', content: 'passwords' },
];

test.each(NEVER_COMMITTED)('$path is never committed: it has $content', ({ path }) => {
  expect(read('.gitignore').split('\n')).toContain(path);
});
