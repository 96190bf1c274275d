/*
 * Jest's setup of the tests of `doctor`'s questions, which are asked in a pseudo-language alone (aws-answers.ts): they fail
 * where a line has words outside of the sentences of a room's en.ts, since no language replaces these.
 */
import { pseudoLanguage } from '../../../test/support/sentences';

/** Suites that ask questions of an AWS whose answers they give; others of the folder read English reports. */
const QUESTIONS_TESTS = /\/tools\/test\/(operate\/health\/(?!dev|prod|stuck|render)|stack-states\.)/;

const { testPath = '' } = expect.getState();
if (QUESTIONS_TESTS.test(testPath)) jest.doMock('../../../lib/language', () => pseudoLanguage);
