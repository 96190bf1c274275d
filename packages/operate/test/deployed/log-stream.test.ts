import { answerCommands } from '../support/answer-commands';
import { lastLinesShown, logReader, readLastLines } from '../../src/deployed/log-stream';

const CONNECTION = { region: 'ap-northeast-1' };
const SECRET = 'authorization: Basic aHVudGVyMg==';

beforeEach(() => {
  answerCommands({ GetLogEvents: { events: [{ message: 'starting' }, { message: SECRET }], nextForwardToken: 'end' } });
});
afterEach(() => {
  delete process.env['HIDE_LOG_LINES'];
});

test('lines of a log are counted, not shown, where everybody would read them', async () => {
  process.env['HIDE_LOG_LINES'] = 'true';
  const last = await readLastLines(CONNECTION, 'group', 'stream', 2);
  const followed = await logReader(CONNECTION, 'group', 'stream')();
  for (const [line, ...others] of [last, followed]) {
    expect(line).toMatch(/^\(\d+ lines of the application's log are not shown/);
    expect(others).toEqual([]);
  }
});

test('elsewhere they are shown', async () => {
  expect(await readLastLines(CONNECTION, 'group', 'stream', 2)).toEqual(['starting', SECRET]);
});

test('of a spinner, the last frame is shown, without its control codes', () => {
  // drizzle-kit writes ten frames a second: they would fill the last lines of a failed migration.
  const frame = (text: string) => `\u001B[2K\u001B[1A${text}`;
  const lines = [
    'connecting',
    frame('⣷ pulling'),
    frame('⣯ pulling'),
    frame('⣟ pulling'),
    '\u001B[31merror\u001B[39m: 28P01',
  ];
  expect(lastLinesShown(lines, 10)).toEqual(['connecting', '⣟ pulling', 'error: 28P01']);
});
