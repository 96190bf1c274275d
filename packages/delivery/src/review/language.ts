import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { untranslated } from '@infra/common/message';
import { CannotTellError } from '@infra/common/outcome';

const DELIVERY_CONFIG = join(__dirname, '../../../../lib/config/delivery.ts');
/** The line of the config with the language. */
const LANGUAGE_LINE = /^ {2}reviewLanguage: '(en|ja)',$/m;

/**
 * The `reviewLanguage` of lib/config/delivery.ts. The file is read as text, not loaded: no code of `lib` but
 * language.ts, which imports nothing, may run before a deployment has been reviewed.
 */
export function reviewLanguage(file = DELIVERY_CONFIG): 'en' | 'ja' {
  const text = readFileSync(file, 'utf8');
  const [, language] = LANGUAGE_LINE.exec(text) ?? [];
  if (language === 'en' || language === 'ja') return language;
  throw new CannotTellError(untranslated(`${file}: write reviewLanguage: 'en' or 'ja' on a line of its own.`));
}
