import { outsideOfSentences } from '../../../test/support/sentences';
import { call } from '../support/prooflink';
import { REFUSED, sampleProgram } from './sample-program';

jest.mock(
  '../../../lib/language',
  () => jest.requireActual<{ pseudoLanguage: object }>('../../../test/support/sentences').pseudoLanguage,
);

describe('in a pseudo-language, no word of Commander is left', () => {
  it.each(REFUSED)('where $title is refused', async ({ args }) => {
    const { stderr } = await call(sampleProgram(), ...args);
    expect(outsideOfSentences(stderr).trim()).toBe('');
  });

  it('in a help, but for notations and the sentences of the command itself', async () => {
    const { stdout } = await call(sampleProgram(), 'greet', '--help');
    const lines = outsideOfSentences(stdout).split('\n');
    expect(lines.map((line) => line.trim()).filter((line) => line !== '')).toEqual([
      'sample greet [options] <person>',
      'Greets.',
      'person         whom to greet',
      '--as <name>    who greets',
      '--tone <tone>  how (: "kind", "formal",',
      ': "kind")',
      '--json         for programs',
      '--loud         in capital letters',
      '-h, --help',
      '0  greeted',
      '2  not greeted',
    ]);
  });
});
