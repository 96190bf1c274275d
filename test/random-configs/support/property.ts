import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { show } from '../../../lib/config/rules/check';
import { ConfigError } from '../../../lib/config/validate';
import { createStacks } from '../../../lib/create-stacks';
import { runFolder } from '../../support/assembly';
import { newApp } from '../../support/synth';
import type { Template } from '../../support/template';
import { type ChangedEnvironment, within } from './changes';
import { whyNotDeployable } from './deployable';

/** The run's seed: another one every time, printed, and `SEED=… npx jest test/random-configs` repeats a run. */
export const seed = Number(process.env['SEED'] ?? Date.now() % 2 ** 31);

/** Folder of the templates; a single one, since CDK stages assets once a process. */
const outdir = mkdtempSync(join(runFolder, 'random-configs-'));

/** To be called before the tests of a file: a failure can be repeated, even one that hangs. */
export function tellSeed(): void {
  process.stdout.write(`To repeat this run: SEED=${seed} npx jest test/random-configs\n`);
}

/** Result of a config. */
export interface Outcome {
  readonly template?: Template;
  readonly refused?: readonly string[];
  /** Faults: an exception, a template that cannot be deployed, a field that is not or wrongly named. */
  readonly faults: readonly string[];
}

/** Synthesizes a config. */
function attempt(environment: ChangedEnvironment): Outcome {
  const { name, config } = environment;
  try {
    const app = newApp({ outdir });
    const [stack] = createStacks(app, { [name]: config });
    const accepted = environment.changes.filter(({ broken }) => broken).map(({ field }) => `${field} was not refused`);
    if (accepted.length > 0) return { faults: accepted };
    const template = app.synth().getStackArtifact(stack?.artifactId ?? '').template as Template;
    return { template, faults: whyNotDeployable(template, config) };
  } catch (error) {
    if (!(error instanceof ConfigError)) return { faults: [`another exception: ${String(error)}`] };
    return { refused: error.brokenRules, faults: misnamed(error, environment) };
  }
}

/** Fields that a message may name because another one was changed. */
const ACROSS: readonly [changed: string, named: string][] = [
  ['region', 'network'],
  ['database', 'officeHours'],
  ['database', 'alarms'],
  ['officeHours', 'database'],
  ['keepData', 'fileStorage'],
  ['webService', 'officeHours'],
];

/** Every change that no environment may hold is named; every line is a single one and speaks of something changed. */
function misnamed({ brokenRules, message }: ConfigError, { name, changes }: ChangedEnvironment): string[] {
  const named = brokenRules.map((line) => line.slice(show(name).length + 2).split(':', 1)[0] ?? '');
  const section = (field: string) => field.split(/[.[]/, 1)[0] ?? '';
  const explains = (change: string, line: string) =>
    section(change) === section(line) || ACROSS.some(([from, to]) => from === section(change) && to === section(line));
  return [
    ...changes
      .filter(({ field, broken }) => broken && !named.some((one) => within(one, field) || within(field, one)))
      .map(({ field }) => `${field} is not named`),
    ...named
      .filter((field) => !changes.some((change) => explains(change.field, field)))
      .map((field) => `${field} is named, but nothing near it was changed`),
    ...(message.split('\n').length === brokenRules.length + 1 ? [] : ['a line is broken in two']),
    ...(/(?!\n)[\p{Cc}\p{Bidi_Control}\u2028\u2029]/u.test(message) ? ['a character that a terminal obeys'] : []),
  ];
}

/** The property: there is nothing wrong with any outcome. `seen` is told each. */
export function holdsFor(
  environments: fc.Arbitrary<ChangedEnvironment>,
  seen: (outcome: Outcome) => void = () => undefined,
) {
  return fc.property(environments, (environment) => {
    const outcome = attempt(environment);
    seen(outcome);
    if (outcome.faults.length > 0) throw new Error(outcome.faults.join('\n'));
  });
}
