import { readFileSync } from 'node:fs';
import { untranslated } from '@infra/common/message';
import { CannotTellError } from '@infra/common/outcome';
import { isRecord, stableJson } from '@infra/common/values';
import { wordsOf } from './messages';
import type { Words } from './messages/words';
import type { Finding } from './model/finding';
import { plainSubject, rulesOf } from './render/plain-finding';

/** A finding that is accepted: exactly these rules, of this subject, for this reason. */
interface AcceptedFinding {
  readonly stack: string;
  readonly subject: string;
  readonly rules: readonly string[];
  readonly why: string;
}

const FORM = '[{ "stack": "…", "subject": "…", "rules": ["…"], "why": "…" }]';

/** Findings that people accepted, with their reasons. A finding by a further rule is not among them: nobody has read it. */
export class AcceptedFindings {
  private readonly unused: Set<AcceptedFinding>;

  constructor(private readonly list: readonly AcceptedFinding[] = []) {
    this.unused = new Set(list);
  }

  /** The findings of a stack, those that are accepted with the reason, and on a level of their own. */
  applyTo(stack: string, findings: readonly Finding[]): Finding[] {
    return findings.map((finding) => this.withAcceptance(stack, finding));
  }

  /** Notes on entries that no finding has: the next one like it would be accepted unread. */
  notes(stacks: readonly string[]): Words[] {
    const unused = [...this.unused].filter(({ stack }) => stacks.includes(stack));
    return unused.map(({ stack, subject }) => wordsOf('acceptedUnused', { stack, subject }));
  }

  private withAcceptance(stack: string, finding: Finding): Finding {
    if (finding.level === 'other') return finding;
    const subject = plainSubject(finding);
    const rules = rulesOf(finding);
    const entry = this.list.find((accepted) => {
      const isSameFinding = accepted.stack === stack && accepted.subject === subject;
      return isSameFinding && stableJson([...accepted.rules].sort()) === stableJson([...rules].sort());
    });
    if (!entry) return finding;
    this.unused.delete(entry);
    const reason = wordsOf('acceptedWhy', { why: entry.why });
    return { ...finding, level: 'accepted', sentences: [...finding.sentences, reason] };
  }
}

/** Reads the list of a file. Throws a CannotTellError if it is not one. */
export function readAcceptedFindings(file: string): AcceptedFindings {
  let list: unknown;
  try {
    list = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new CannotTellError(untranslated(`The accepted findings cannot be read: ${(error as Error).message}`));
  }
  if (!Array.isArray(list)) throw new CannotTellError(untranslated(`${file} is not a list of the form ${FORM}`));
  for (const [index, entry] of list.entries()) {
    if (!isAcceptedFinding(entry)) {
      throw new CannotTellError(untranslated(`${file}: entry ${index + 1} does not have the form ${FORM}`));
    }
  }
  return new AcceptedFindings(list as AcceptedFinding[]);
}

function isAcceptedFinding(entry: unknown): entry is AcceptedFinding {
  if (!isRecord(entry)) return false;
  const { rules } = entry;
  const hasTexts = ['stack', 'subject', 'why'].every(
    (field) => typeof entry[field] === 'string' && entry[field] !== '',
  );
  return hasTexts && Array.isArray(rules) && rules.every((rule) => typeof rule === 'string');
}
