import { lintLines } from './lint-lines';

test('a comment that begins with a riddle is refused: a reader has to solve it before the code', () => {
  const lines = [
    '/** Of a function nobody knows which port it gives. */',
    '// Whoever goes back must not migrate.',
    '/** With which ECS calls the function. */',
    '// Intrinsics are unknown at synth: assume the widest range of ports.',
    '/** Role that ECS assumes to invoke the function. */',
  ].map((line) => ['lib/outputs.ts', line] as const);
  expect(lintLines(['no-warning-comments'], lines).map((said) => said !== '')).toEqual([
    true,
    true,
    true,
    false,
    false,
  ]);
});
