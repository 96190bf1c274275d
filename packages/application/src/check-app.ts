import type { Outcome } from '@infra/common/outcome';
import { escapeInvisible } from '@infra/common/untrusted-text';
import { wrap } from '@infra/common/wrap';
import { readApplication } from './application-folder';
import { type Fact, factsOf } from './facts';
import { words } from './words';

const COLUMNS = 100;
const INDENT = '  ';

/** Marks of the states, for a terminal and for a file. */
const MARKS: Readonly<Record<Fact['state'], string>> = { well: '✓', change: '✗', look: '?' };

/** Runs `check-app`: exit code 1 if the application has to change before it serves. */
export function runCheckApp(path: string): Outcome {
  const application = readApplication(path);
  const facts = factsOf(application);
  const exitCode = facts.some(({ state }) => state === 'change') ? 1 : 0;
  const { folder, sources } = application;
  const paragraphs = facts.map((fact) => linesOf(fact).join('\n'));
  const text = [words.read({ folder, files: sources.length }), ...paragraphs].join('\n\n');
  return { exitCode, stdout: escapeInvisible(`${text}\n`, '\n'), stderr: '' };
}

function linesOf({ name, state, sentence, places }: Fact): string[] {
  const lines = [...wrap(sentence, COLUMNS - INDENT.length), ...places];
  return [`${MARKS[state]} ${name}`, ...lines.map((line) => `${INDENT}${line}`)];
}
