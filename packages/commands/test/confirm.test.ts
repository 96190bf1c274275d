import { confirm } from '../src/confirm';
import { inTerminal, type Typing } from './support/terminal';

const answerTo = (typing: Typing) => inTerminal([typing], () => confirm('Change it back? '));

test.each([
  { title: 'y', keys: 'y\r', expected: true },
  { title: 'Ctrl-C', keys: '\u0003', expected: false },
  { title: 'Ctrl-D', keys: '\u0004', expected: false },
])('$title: $expected. A person who leaves has not agreed, and made no error', async ({ keys, expected }) => {
  expect(await answerTo((terminal) => terminal.write(keys))).toBe(expected);
});

test('the end of the input is no agreement', async () => {
  expect(await answerTo((terminal) => terminal.end())).toBe(false);
});
