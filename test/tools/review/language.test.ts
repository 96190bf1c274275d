import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newDirectory } from '@infra/change-review/testing';
import { delivery } from '../../../lib/config/delivery';
import { reviewLanguage } from '../../../tools/review/language';

it('is what lib/config/delivery.ts says', () => {
  expect(reviewLanguage()).toBe(delivery.reviewLanguage);
});

it.each([
  ["export const delivery = {\n  reviewLanguage: 'ja',\n};", 'ja'],
  ["export const delivery = {\n  reviewLanguage: 'en',\n};", 'en'],
])('%j', (text, language) => {
  const file = join(newDirectory(), 'delivery.ts');
  writeFileSync(file, text);
  expect(reviewLanguage(file)).toBe(language);
});

it('is refused where it is no literal', () => {
  const file = join(newDirectory(), 'delivery.ts');
  writeFileSync(file, 'export const delivery = {\n  reviewLanguage: chosen(),\n};');
  expect(() => reviewLanguage(file)).toThrow("write reviewLanguage: 'en' or 'ja' on a line of its own");
});
