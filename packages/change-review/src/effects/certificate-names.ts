import type { Resource } from '@infra/common/template';
import { wordsOf } from '../messages';
import { listOf } from '../messages/words';
import type { BeforeAndAfter } from '../model/entry';
import type { Effect } from '../model/finding';
import { readableText } from '../read/normalized-text';

const CERTIFICATE = 'AWS::CertificateManager::Certificate';

const FIRST_LABEL = /^[^.]+/;

/** Effect of names that a certificate has no longer. */
export function certificateNameEffects({ before, after }: BeforeAndAfter<Resource>): Effect[] {
  if (after.Type !== CERTIFICATE) return [];
  const namesAfter = namesOf(after);
  const droppedNames = namesOf(before).filter((name) => !isValidFor(name, namesAfter));
  if (droppedNames.length === 0) return [];
  const names = droppedNames.map(readableText);
  return [{ level: 'look', sentence: wordsOf('otherNames', { names: listOf(names) }) }];
}

/** The names of a certificate that are known at synth. */
function namesOf({ Properties = {} }: Resource): string[] {
  const { DomainName, SubjectAlternativeNames } = Properties;
  const names = [DomainName, SubjectAlternativeNames].flat();
  return names.filter((name) => typeof name === 'string');
}

/** True if a certificate has a name, or a wildcard for the first label of the name. */
function isValidFor(name: string, certificateNames: readonly string[]): boolean {
  const wildcard = name.replace(FIRST_LABEL, '*');
  return certificateNames.includes(name) || certificateNames.includes(wildcard);
}
