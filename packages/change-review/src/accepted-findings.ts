import { readFileSync } from 'node:fs';
import { untranslated } from '@infra/common/message';
import { CannotTellError } from '@infra/common/outcome';
import { isRecord, stableJson } from '@infra/common/values';
import { wordsOf } from './messages';
import type { Words } from './messages/words';
import type { Finding } from './model/finding';
import { digestOf, plainSubject } from './render/plain-finding';

/** A finding that is accepted, with exactly the sentences and values that somebody read, for a reason and until a day. */
interface AcceptedFinding {
  readonly stack: string;
  readonly subject: string;
  /** As `--json` writes it. */
  readonly digest: string;
  /** Last day on which it is accepted, in UTC: `2026-12-31`. */
  readonly until: string;
  readonly why: string;
}

const FIELDS = ['stack', 'subject', 'digest', 'until', 'why'];
const FORM = '[{ "stack": "…", "subject": "…", "digest": "…", "until": "2026-12-31", "why": "…" }]';

/** Length of a date without its time. */
const DATE_LENGTH = '2026-12-31'.length;

/** Findings that people accepted, with their reasons. A finding of other content is not among them: nobody has read it. */
export class AcceptedFindings {
  private readonly unused: Set<AcceptedFinding>;

  constructor(
    private readonly list: readonly AcceptedFinding[] = [],
    private readonly today = new Date().toISOString().slice(0, DATE_LENGTH),
  ) {
    this.unused = new Set(list);
  }

  /** The findings of a stack, those that are accepted with the reason, and on a level of their own. */
  applyTo(stack: string, findings: readonly Finding[]): Finding[] {
    return findings.map((finding) => this.withAcceptance(stack, finding));
  }

  /** Sentences on entries that have ended, or that no finding has. */
  staleEntries(): Words[] {
    return this.list.flatMap((entry): Words[] => {
      const { stack, subject, until } = entry;
      if (this.hasEnded(entry)) return [wordsOf('acceptedEnded', { stack, subject, until })];
      return this.unused.has(entry) ? [wordsOf('acceptedUnused', { stack, subject })] : [];
    });
  }

  private withAcceptance(stack: string, finding: Finding): Finding {
    if (finding.level === 'other') return finding;
    const subject = plainSubject(finding);
    const digest = digestOf(finding);
    const entry = this.list.find((accepted) => {
      const isSameFinding = accepted.stack === stack && accepted.subject === subject && accepted.digest === digest;
      return isSameFinding && !this.hasEnded(accepted);
    });
    if (!entry) return finding;
    this.unused.delete(entry);
    const { why, until } = entry;
    const reason = wordsOf('acceptedWhy', { why, until });
    return { ...finding, level: 'accepted', sentences: [...finding.sentences, reason] };
  }

  private hasEnded({ until }: AcceptedFinding): boolean {
    return until < this.today;
  }
}

/** Reads the entries that every one of some lists has. Throws a CannotTellError if a file is no such list. */
export function readAcceptedFindings(files: readonly string[]): AcceptedFindings {
  const [first = [], ...others] = files.map(readList);
  const entries = first.filter((entry) => {
    return others.every((list) => list.some((other) => stableJson(other) === stableJson(entry)));
  });
  return new AcceptedFindings(entries);
}

function readList(file: string): AcceptedFinding[] {
  let list: unknown;
  try {
    list = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new CannotTellError(untranslated(`The accepted findings cannot be read: ${(error as Error).message}`));
  }
  if (!Array.isArray(list)) throw new CannotTellError(untranslated(`${file} is not a list of the form ${FORM}`));
  return list.map((entry: unknown, index) => {
    if (isAcceptedFinding(entry)) return entry;
    throw new CannotTellError(untranslated(`${file}: entry ${index + 1} does not have the form ${FORM}`));
  });
}

function isAcceptedFinding(entry: unknown): entry is AcceptedFinding {
  if (!isRecord(entry)) return false;
  const hasTexts = FIELDS.every((field) => typeof entry[field] === 'string' && entry[field] !== '');
  return hasTexts && isDate(String(entry['until']));
}

function isDate(text: string): boolean {
  const date = new Date(text);
  return !Number.isNaN(date.getTime()) && date.toISOString().slice(0, DATE_LENGTH) === text;
}
