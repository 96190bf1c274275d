import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CannotTellError } from '@infra/common/outcome';

const DELIVERY_CONFIG = join(__dirname, '../../../lib/config/delivery.ts');
const LANGUAGE_LINE = /^ {2}reviewLanguage: '(en|ja)',$/m;

/**
 * The delivery's `reviewLanguage`, read as text: a deployment is reviewed by code that was merged, and none of `lib` runs
 * before.
 */
export function reviewLanguage(file = DELIVERY_CONFIG): 'en' | 'ja' {
  const text = readFileSync(file, 'utf8');
  const [, language] = LANGUAGE_LINE.exec(text) ?? [];
  if (language === 'en' || language === 'ja') return language;
  throw new CannotTellError(`${file}: write reviewLanguage: 'en' or 'ja' on a line of its own.`);
}
