import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newDirectory } from '@infra/change-review/testing';
import type { DeliveryConfig } from '@infra/commands/app';
import { reviewLanguage } from '../../src/review/language';

// As lib/config has it: elsewhere in this folder the delivery is the tests' own.
const { delivery } = jest.requireActual<{ delivery: DeliveryConfig }>('../../../../lib/config/delivery');

it('is what lib/config/delivery.ts says, or the file that is given, and refused where it is no literal', () => {
  expect(reviewLanguage()).toBe(delivery.reviewLanguage);
  const languageIn = (value: string) => {
    const file = join(newDirectory(), 'delivery.ts');
    writeFileSync(file, `export const delivery = {\n  reviewLanguage: ${value},\n};`);
    return reviewLanguage(file);
  };
  expect([languageIn("'ja'"), languageIn("'en'")]).toEqual(['ja', 'en']);
  expect(() => languageIn('chosen()')).toThrow("write reviewLanguage: 'en' or 'ja' on a line of its own");
});
