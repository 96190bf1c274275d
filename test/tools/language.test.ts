import * as program from '../../tools/program/en';
import * as programInJapanese from '../../tools/program/ja';
import { haveSameSentences } from '../support/sentences';

describe('a sentence says the same in Japanese', () => {
  describe('tools/program', () => {
    haveSameSentences(program.en, programInJapanese.ja);
  });
});
