import type { EnvironmentConfig } from '../../../lib/config/environment';
import { ConfigError } from '../../../lib/config/validate';
import { createStacks } from '../../../lib/create-stacks';
import { withField } from '../../support/config';
import { newApp } from '../../support/synth';
import type { Template } from '../../support/template';
import { differences, isAtOrBelow, placesIn, type Seen, seenOf } from './difference';
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
  readonly name: string;
  readonly here: EnvironmentConfig;
  readonly there: EnvironmentConfig;
}

/** Changes a field, synthesizes before and after, and tells in words what is not as the row says. */
export function faultsOfChange(field: Field, row: Row): string[] {
  const { before, after } = changeOf(field, row);
  return faultsOf(row, known(field.name, before), look(field.name, after));
}

/** The config before and after a change of one field. */
export function changeOf({ field, here, there }: Field, row: Row) {
  const value = valueOf(here, field);
  const before = withValues(here, row.given ?? {});
  const other = row.to ? row.to(value) : (otherValue(value) ?? valueOf(there, field));
  return { before, after: withValues(before, { [field]: other, ...row.with?.(here, there) }) };
}

/** What is not as the row says; `after` is what is to be seen, or the rules that the config breaks. */
function faultsOf({ shows = [], refused }: Row, before: Seen | string[], after: Seen | string[]): string[] {
  if (Array.isArray(before)) return before;
  if (Array.isArray(after)) {
    const isNamed = after.some((rule) => isAtOrBelow(rule.split(': ')[1]?.replace('[', '.') ?? '', refused ?? ' '));
    return isNamed ? [] : after;
  }
  if (refused !== undefined) return [`no rule names ${refused}`];
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

const seen = new Map<EnvironmentConfig, Seen | string[]>();

/** What is to be seen of a config that is looked at again and again. */
function known(name: string, config: EnvironmentConfig): Seen | string[] {
  const looked = seen.get(config) ?? look(name, config);
  seen.set(config, looked);
  return looked;
}

/** Synthesizes one environment alone; returns what is to be seen of it, or the rules that it breaks. */
function look(name: string, config: EnvironmentConfig): Seen | string[] {
  const app = newApp({ analyticsReporting: false, treeMetadata: false });
  try {
    createStacks(app, { [name]: config });
  } catch (error) {
    if (error instanceof ConfigError) return [...error.brokenRules];
    throw error;
  }
  const [stack] = app.synth().stacks;
  if (!stack) throw new Error('There is no stack');
  return seenOf({
    template: stack.template as Template,
    environment: stack.environment.name,
    terminationProtection: stack.terminationProtection ?? false,
  });
}

function valueOf(config: EnvironmentConfig, field: string): unknown {
  const keys = field.split(/[.[\]]+/).filter(Boolean);
  return keys.reduce<unknown>((node, key) => (node as Record<string, unknown> | undefined)?.[key], config);
}

function withValues(config: EnvironmentConfig, values: Values): EnvironmentConfig {
  return Object.entries(values).reduce((changed, [field, value]) => withField(changed, field, value), config);
}
