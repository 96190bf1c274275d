import { untranslated } from '../src/message';
import { CannotTellError, endWithOutcome, failureOutcome, TranslatedError } from '../src/outcome';

describe('the outcome of an error', () => {
  it.each([
    {
      title: 'has the message alone of one for the user',
      error: new CannotTellError(untranslated('No stack.')),
      message: 'No stack.',
    },
    {
      title: 'has the message in the language of the user, if there are several',
      language: 'ja' as const,
      error: new TranslatedError({ en: 'No stack.', ja: 'スタックがありません。' }),
      message: 'スタックがありません。',
    },
    {
      title: 'calls one that nobody foresaw a fault of the program, in Japanese, too',
      language: 'ja' as const,
      error: 'lost',
      message: 'このプログラムの予期しないエラーです: lost',
    },
  ])('$title', ({ error, language, message }) => {
    const outcome = failureOutcome(error, { language, stdout: (text) => `Report: ${text}` });
    expect(outcome).toEqual({ exitCode: 2, stdout: `Report: ${message}`, stderr: `${message}\n` });
  });

  it('has the trace of a fault of the program', () => {
    const { stderr } = failureOutcome(new Error('lost'));
    expect(stderr).toMatch(/^An unexpected fault of this program: lost\nError: lost\n +at /);
  });
});

it('an error of a command’s work is left to the program of the command', async () => {
  await expect(endWithOutcome(() => Promise.reject(new Error('lost')))).rejects.toThrow('lost');
});
