import { createHash } from 'node:crypto';
import { oneLine } from '@infra/common/untrusted-text';
import { stableJson } from '@infra/common/values';
import { type Language, renderIn } from '../messages';
import { messageIn } from '../messages/words';
import type { Finding } from '../model/finding';

/** Type of a resource at the end of a finding's subject. */
const TYPE = / \([\w:]+\)$/;

/** Rule of a finding that is reported because no rule knows it. */
const UNCLASSIFIED = 'unclassified';

/** Sentences that a list of accepted findings adds. */
const REASON = 'acceptedWhy';

/** Subject of a finding as people type it, without its type. */
export function plainSubject({ subject }: Finding, language: Language = 'en'): string {
  const render = renderIn(language, (text) => oneLine(text, language));
  return render(subject).replace(TYPE, '');
}

/** Names of the rules that a finding is reported by: those of its sentences. */
export function rulesOf({ sentences }: Finding): string[] {
  const rules = new Set(sentences.flatMap((sentence) => messageIn(sentence)?.message ?? []));
  rules.delete(REASON);
  return rules.size > 0 ? [...rules] : [UNCLASSIFIED];
}

/** Characters of a digest: nobody finds another content with the same ones. */
const DIGEST_LENGTH = 32;

/** Digest of all that a finding says, with what a list or a value leaves out. An accepted one has that of the open one. */
export function digestOf({ subject, sentences, changes }: Finding): string {
  const ownSentences = sentences.filter((sentence) => messageIn(sentence)?.message !== REASON);
  const content = stableJson([subject, ownSentences, changes]);
  return createHash('sha256').update(content).digest('hex').slice(0, DIGEST_LENGTH);
}
