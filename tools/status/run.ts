import type { EnvironmentName } from '../shared/environment-argument';
import { readStack } from '../shared/deployed-stack';
import { examine } from '../shared/health/examine';
import type { Outcome } from '@infra/common/outcome';
import { drawTables } from '../shared/table';
import { visible } from '@infra/common/untrusted-text';
import { wrap } from '@infra/common/wrap';

export interface StatusOptions {
  readonly json?: boolean;
  /** How wide the terminal is. */
  readonly columns?: number;
}

/** Asks how an environment is. A part that cannot be asked hides none of the others. */
export async function runStatus(environment: EnvironmentName, options: StatusOptions): Promise<Outcome> {
  const stack = await readStack(environment);
  const answers = await examine(stack);
  const wrong = answers.flatMap((answer) => answer.wrong);
  const unknown = answers.flatMap((answer) => answer.unknown);
  const exitCode = wrong.length > 0 ? 1 : unknown.length > 0 ? 2 : 0;
  if (options.json) {
    const parts = Object.fromEntries(
      answers.map(({ title, rows }) => [title, rows.map(([name, value]) => ({ name, value }))]),
    );
    return { exitCode, stdout: `${JSON.stringify({ environment, wrong, unknown, parts }, null, 2)}\n`, stderr: '' };
  }
  const width = Math.min(options.columns ?? 80, 120);
  const findings = [...wrong, ...unknown.map((each) => `Could not be asked: ${each}`)];
  const verdict = ['is well.', 'is not well:', 'could not be asked for everything:'][exitCode] ?? '';
  const list = findings.map((each) => `  - ${wrap(visible(each), width - 4).join('\n    ')}`);
  const why = wrong.length > 0 ? [`What mends it: npm run prooflink -- doctor ${environment}`] : [];
  const text = `${drawTables(answers, width)}\n\n${[`${environment} ${verdict}`, ...list, ...why].join('\n')}\n`;
  return { exitCode, stdout: visible(text, '\n'), stderr: '' };
}
