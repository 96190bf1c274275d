import { oneLine } from '@infra/common/untrusted-text';
import { type Language, type Render, renderIn } from '../messages';
import type { Finding } from '../model/finding';
import type { Review } from '../model/review';
import { digestOf, plainSubject, rulesOf } from './plain-finding';
import type { Decision } from './verdict';

/** Version of the form, which review.schema.json describes. */
const VERSION = 1;

/** The review for programs. */
export function renderJson(review: Review, { open, accepted }: Decision, language: Language = 'en'): string {
  const render = renderIn(language, (text) => oneLine(text, language));
  const output = {
    version: VERSION,
    verdicts: { open, accepted },
    notes: review.notes.map(render),
    stacks: review.environments.map(({ name, findings, repeated = [] }) => ({
      name,
      findings: [...findings, ...repeated].map((finding) => plainFinding(finding, render)),
    })),
  };
  return `${JSON.stringify(output, undefined, 2)}\n`;
}

function plainFinding(finding: Finding, render: Render): object {
  const { level, subject, sentences, changes, advice = [] } = finding;
  return {
    level,
    // As a list of accepted findings has them, whatever the language is.
    subject: plainSubject(finding),
    digest: digestOf(finding),
    rules: rulesOf(finding),
    title: render(subject),
    sentences: sentences.map(render),
    changes: changes.map(render),
    advice: advice.map(render),
  };
}
