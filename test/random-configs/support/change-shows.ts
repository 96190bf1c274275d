import type { EnvironmentConfig } from '../../../lib/config/environment';
import { ConfigError } from '../../../lib/config/validate';
import { createStacks } from '../../../lib/create-stacks';
import { valueAt, withFields } from '../../support/config';
import { everyEnvironment } from '../../support/environments';
import { newApp } from '../../support/synth';
import type { Json, Template } from '../../support/template';
import { type Difference, differences, isAtOrBelow, placesIn, seenOf, type Synthesized } from './difference';
import { otherValue } from './other-value';
import { tells, writtenAs } from './written';

/** Fields with their values. */
type Values = Readonly<Record<string, unknown>>;

/** Effect of a change of one field. */
export interface Row {
  /**
   * Places of the effect: a construct's path and a property, or an output, with all that is below. Where an
   * environment has no such place, it need not show there.
   */
  readonly shows?: readonly string[];
  /** The field that a rule then names: no other value is valid unless a second field changes, too. */
  readonly refused?: string;
  /** Another value, where `otherValue` finds none that is valid. */
  readonly to?: (value: unknown) => unknown;
  /** Fields that change with it; `there` is the other environment of dev and prod. */
  readonly with?: (here: EnvironmentConfig, there: EnvironmentConfig) => Values;
  /** Forms of a value in a template, without `writtenAs`; `undefined`: not by a value. */
  readonly as?: (value: unknown) => readonly string[] | undefined;
  /** Values before and after. */
  readonly given?: Values;
}

/** A field of an environment, and the other environment, which may have a value where this one has none. */
export interface Field {
  readonly field: string;
  readonly here: EnvironmentConfig;
  readonly there: EnvironmentConfig;
}

/** The config before and after a change of one field, and the field's values. */
export function changeOf({ field, here, there }: Field, row: Row) {
  const value = valueAt(here, field);
  const before = withFields(here, row.given ?? {});
  const other = row.to ? row.to(value) : (otherValue(value) ?? valueAt(there, field));
  const after = withFields(before, { [field]: other, ...row.with?.(here, there) });
  return { before, after, values: [valueAt(before, field), other] as const };
}

/** Deviations from the row, in words. */
export function faultsOf(
  { shows = [], refused, as = writtenAs }: Row,
  [from, to]: readonly [unknown, unknown],
  base: Result,
  head: Result,
): string[] {
  if (isRefused(base)) return [...base];
  if (isRefused(head)) {
    const isNamed = head.some((rule) => isAtOrBelow(rule.split(': ')[1]?.replace('[', '.') ?? '', refused ?? ' '));
    return isNamed ? [] : [...head];
  }
  if (refused !== undefined) return [`no rule names ${refused}`];
  const [before, after] = [seenOf(base), seenOf(head)];
  const found = differences(before, after);
  const changed = found.map(({ place }) => place);
  // A safeguard or a switch may make a place come and go; a place that stays says which.
  const said = typeof from === 'boolean' || from === 'on' || to === 'on' ? found.filter(isThere) : found;
  const inexact = said.filter((one) => !tells(one.before, as(from)) || !tells(one.after, as(to)));
  const there = [...placesIn(before), ...placesIn(after)];
  const hasChanged = (place: string) => changed.some((one) => isAtOrBelow(one, place) || isAtOrBelow(place, one));
  const missing = shows.filter((place) => there.some((one) => isAtOrBelow(one, place)) && !hasChanged(place));
  const unexpected = changed.filter((one) => !shows.some((place) => isAtOrBelow(one, place)));
  return [
    ...(changed.length === 0 ? ['shows nowhere'] : missing.map((place) => `does not show in ${place}`)),
    ...unexpected.map((place) => `shows in ${place}`),
    ...[
      ...untold(
        from,
        to,
        found.map((one) => one.before),
      ),
      ...untold(
        to,
        from,
        found.map((one) => one.after),
      ),
    ],
    ...inexact.map((one) => `${one.place} says ${JSON.stringify([one.before, one.after])}, not the value`),
  ];
}

const isThere = ({ before, after }: Difference) => before !== undefined && after !== undefined;

/** Items of a list that the other list lacks, and that no place says. */
function untold(list: unknown, other: unknown, said: readonly (Json | undefined)[]): string[] {
  if (!Array.isArray(list)) return [];
  const own = (list as unknown[]).filter((item) => !(Array.isArray(other) && other.includes(item)));
  return own
    .filter((item) => !said.some((one) => one !== undefined && tells(one, writtenAs(item))))
    .map((item) => `${String(item)} is said nowhere`);
}

/** A synthesized environment, or the rules that its config breaks. */
type Result = Synthesized | readonly string[];

export const isRefused = (result: Result): result is readonly string[] => Array.isArray(result);

const known = new Map<EnvironmentConfig, Result>();

/** Synthesizes one environment alone; those that are changed, once. */
export function synthesized(name: string, config: EnvironmentConfig): Result {
  const result = known.get(config) ?? synthesize(name, config);
  if (Object.values<EnvironmentConfig>(everyEnvironment).includes(config)) known.set(config, result);
  return result;
}

function synthesize(name: string, config: EnvironmentConfig): Result {
  const app = newApp({ analyticsReporting: false, treeMetadata: false });
  try {
    createStacks(app, { [name]: config });
  } catch (error) {
    if (error instanceof ConfigError) return error.brokenRules;
    throw error;
  }
  const { directory, stacks } = app.synth();
  const [stack] = stacks;
  if (!stack) throw new Error('There is no stack');
  return {
    folder: directory,
    template: stack.template as Template,
    environment: stack.environment.name,
    terminationProtection: stack.terminationProtection ?? false,
  };
}
