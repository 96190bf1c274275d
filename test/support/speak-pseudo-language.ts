/*
 * Jest's setup of tests in a pseudo-language, which fail where a line has words outside of the sentences of a room's en.ts:
 * no language replaces these.
 * - Tests of a config's rules: whatever a test asks of lib/config/validate is asked in the pseudo-language, too.
 * - Tests of the questions of `doctor`: these are asked in the pseudo-language alone (aws-answers.ts).
 */
import type * as validate from '../../lib/config/validate';
import { outsideOfSentences, pseudoLanguage } from './sentences';

const RULES_TESTS = /\/test\/config\//;

/** A line without its sentence: environment and field, or nothing. */
const PLACE_OF_RULE = /^(.*: [\w.[\]]+: )?$/;

/** `lib/config/validate` of a process that speaks the pseudo-language. */
function pseudoValidate(): typeof validate {
  let module: typeof validate | undefined;
  jest.isolateModules(() => {
    jest.doMock('../../lib/language', () => pseudoLanguage);
    module = jest.requireActual<typeof validate>('../../lib/config/validate');
    jest.dontMock('../../lib/language');
  });
  if (!module) throw new Error('lib/config/validate was not loaded.');
  return module;
}

/** Lines that a function returns, or throws as the message of its error. */
function linesOf(rules: () => readonly string[] | undefined): readonly string[] {
  try {
    return rules() ?? [];
  } catch (error) {
    return error instanceof Error ? error.message.split('\n') : [String(error)];
  }
}

/** The function, which fails where its twin in the pseudo-language has words of its own. */
function guarded<Args extends unknown[], Result extends string[] | undefined>(
  check: (...args: Args) => Result,
  pseudoCheck: (...args: Args) => Result,
): (...args: Args) => Result {
  return (...args) => {
    const lines = linesOf(() => pseudoCheck(...args));
    const ownWords = lines.filter((line) => !PLACE_OF_RULE.test(outsideOfSentences(line)));
    expect(ownWords).toEqual([]);
    return check(...args);
  };
}

/** Suites that ask questions of an AWS whose answers they give; others of the folder read English reports. */
const QUESTIONS_TESTS = /\/test\/tools\/(operate\/health\/(?!dev|prod|stuck|render)|stack-states\.)/;

const { testPath = '' } = expect.getState();
if (QUESTIONS_TESTS.test(testPath)) jest.doMock('../../lib/language', () => pseudoLanguage);
if (RULES_TESTS.test(testPath)) {
  jest.doMock('../../lib/config/validate', () => {
    const actual = jest.requireActual<typeof validate>('../../lib/config/validate');
    const pseudo = pseudoValidate();
    return {
      ...actual,
      brokenRules: guarded(actual.brokenRules, pseudo.brokenRules),
      brokenDeliveryRules: guarded(actual.brokenDeliveryRules, pseudo.brokenDeliveryRules),
      assertValid: guarded(
        (...args: Parameters<typeof actual.assertValid>) => {
          actual.assertValid(...args);
          return undefined;
        },
        (...args) => {
          pseudo.assertValid(...args);
          return undefined;
        },
      ),
    };
  });
}
