import type { EnvironmentConfig } from '../../../lib/config/environment';
import { ConfigError } from '../../../lib/config/validate';
import { createStacks } from '../../../lib/create-stacks';
import { withField } from '../../support/config';
import { newApp } from '../../support/synth';
import type { Template } from '../../support/template';
import { type BaseName, bases } from './changes';
import { differences, isAtOrBelow, placesIn, seenOf, type Synthesized } from './difference';
import { otherValue } from './other-value';

/** Fields with their values. */
type Values = Readonly<Record<string, unknown>>;

/** What comes of a change of one field. */
export interface Row {
  /**
   * Where it shows, and nowhere else: a construct's path and a property, or an output, with all that is below. Where an
   * environment has no such place, it need not show there.
   */
  readonly shows?: readonly string[];
  /** The field that a rule then names: no other value is valid unless a second field changes, too. */
  readonly refused?: string;
  /** Another value, where `otherValue` finds none that is valid. */
  readonly to?: (value: unknown) => unknown;
  /** What changes with it; `there` is the other environment of dev and prod. */
  readonly with?: (here: EnvironmentConfig, there: EnvironmentConfig) => Values;
  /** What the config says before and after. */
  readonly given?: Values;
}

/** A field of an environment, and the other environment, which may have a value where this one has none. */
export interface Field {
  readonly field: string;
  readonly here: EnvironmentConfig;
  readonly there: EnvironmentConfig;
}

/** The config before and after a change of one field. */
export function changeOf({ field, here, there }: Field, row: Row) {
  const value = valueOf(here, field);
  const before = withValues(here, row.given ?? {});
  const other = row.to ? row.to(value) : (otherValue(value) ?? valueOf(there, field));
  return { before, after: withValues(before, { [field]: other, ...row.with?.(here, there) }) };
}

/** What is not as the row says, in words. */
export function faultsOf({ shows = [], refused }: Row, base: Result, head: Result): string[] {
  if (isRefused(base)) return [...base];
  if (isRefused(head)) {
    const isNamed = head.some((rule) => isAtOrBelow(rule.split(': ')[1]?.replace('[', '.') ?? '', refused ?? ' '));
    return isNamed ? [] : [...head];
  }
  if (refused !== undefined) return [`no rule names ${refused}`];
  const [before, after] = [seenOf(base), seenOf(head)];
  const changed = differences(before, after);
  const there = [...placesIn(before), ...placesIn(after)];
  const hasChanged = (place: string) => changed.some((one) => isAtOrBelow(one, place) || isAtOrBelow(place, one));
  const missing = shows.filter((place) => there.some((one) => isAtOrBelow(one, place)) && !hasChanged(place));
  const unexpected = changed.filter((one) => !shows.some((place) => isAtOrBelow(one, place)));
  return [
    ...(changed.length === 0 ? ['shows nowhere'] : missing.map((place) => `does not show in ${place}`)),
    ...unexpected.map((place) => `shows in ${place}`),
  ];
}

/** A synthesized environment, or the rules that its config breaks. */
type Result = Synthesized | readonly string[];

export const isRefused = (result: Result): result is readonly string[] => Array.isArray(result);

const known = new Map<EnvironmentConfig, Result>();

/** Synthesizes one environment alone; dev and prod as they are, once. */
export function synthesized(name: BaseName, config: EnvironmentConfig): Result {
  const result = known.get(config) ?? synthesize(name, config);
  if (config === bases[name]) known.set(config, result);
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

function valueOf(config: EnvironmentConfig, field: string): unknown {
  const keys = field.split(/[.[\]]+/).filter(Boolean);
  return keys.reduce<unknown>((node, key) => (node as Record<string, unknown> | undefined)?.[key], config);
}

function withValues(config: EnvironmentConfig, values: Values): EnvironmentConfig {
  return Object.entries(values).reduce((changed, [field, value]) => withField(changed, field, value), config);
}
