import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CannotTellError } from '@infra/common/outcome';

/**
 * The delivery's `reviewLanguage`, read as text: a deployment is reviewed by code that was merged, and none of `lib` runs
 * before.
 */
export function reviewLanguage(file = join(__dirname, '../../../lib/config/delivery.ts')): 'en' | 'ja' {
  const [, language] = /^ {2}reviewLanguage: '(en|ja)',$/m.exec(readFileSync(file, 'utf8')) ?? [];
  if (language === 'en' || language === 'ja') return language;
  throw new CannotTellError(`${file}: write reviewLanguage: 'en' or 'ja' on a line of its own.`);
}
