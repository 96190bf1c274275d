import { runProgram } from '../../../operate/rehearse/processes';

const localeOfTests = process.env['LC_ALL'];

beforeEach(() => {
  jest.spyOn(process.stderr, 'write').mockReturnValue(true);
});
afterEach(() => {
  jest.restoreAllMocks();
  process.env['LC_ALL'] = localeOfTests;
});

it.each(['C', 'ja_JP.UTF-8'])('what it runs speaks the language of the terminal: %s', async (locale) => {
  process.env['LC_ALL'] = locale;
  const { stdout } = await runProgram(process.execPath, ['--print', 'process.env.LC_ALL']);
  expect(stdout.trim()).toBe(locale);
});
