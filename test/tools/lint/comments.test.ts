import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { lintLines } from './lint-lines';

test('a comment that begins with a riddle is refused: a reader has to solve it before the code', () => {
  const lines = [
    '/** Of a function nobody knows which port it gives. */',
    '// Whoever goes back must not migrate.',
    '/** With which ECS calls the function. */',
    '/** Whether web tasks run. */',
    '// Intrinsics are unknown at synth: assume the widest range of ports.',
    '/** Role that ECS assumes to invoke the function. */',
  ].map((line) => ['lib/outputs.ts', line] as const);
  expect(lintLines(['no-warning-comments'], lines).map((said) => said !== '')).toEqual([
    true,
    true,
    true,
    true,
    false,
    false,
  ]);
});

test('comments and docstrings of Python follow the same rule', () => {
  const lists = readFileSync('eslint.config.mjs', 'utf8').matchAll(/(?:RIDDLES|QUESTIONS) = \[([^\]]+)\]/g);
  const terms = Array.from(lists, ([, list = '']) => list.match(/[a-z][a-z ]+/g) ?? []).flat();
  const riddle = new RegExp(`(^|\\s)(#:?|"{3})\\s*(${terms.join('|')})\\b`, 'i');
  const bad = [
    '# Of a function',
    'port = 1  #: whose port',
    '    """Nobody reads more."""',
    '"""With which ECS calls it.',
  ];
  expect(bad.filter((line) => !riddle.test(line))).toEqual([]);
  const server = 'packages/local-aws/server';
  const files = readdirSync(server, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.py'));
  expect(files.length).toBeGreaterThan(0);
  const lines = files.flatMap((file) => readFileSync(join(server, file), 'utf8').split('\n'));
  expect(lines.filter((line) => riddle.test(line))).toEqual([]);
});
