import type { Template } from '@infra/common/template';
import { isRecord } from '@infra/common/values';

/**
 * A value of a template as it is once the application is released: conditions are decided, with a text for each parameter
 * that may be empty. References stay as they are.
 */
export function decided(template: Template, value: unknown, known: Known = new Map()): unknown {
  if (Array.isArray(value)) return value.map((each) => decided(template, each, known));
  if (!isRecord(value)) return value;
  const [choice] = Object.entries(value);
  if (choice?.[0] === 'Fn::If' && Array.isArray(choice[1])) {
    const [name, then, otherwise] = choice[1] as unknown[];
    return decided(template, holds(template, { Condition: name }, known) ? then : otherwise, known);
  }
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, decided(template, inner, known)]));
}

/** Conditions that are decided already: some name others twice, and those others, and so on. */
type Known = Map<string, boolean>;

function holds(template: Template, condition: unknown, known: Known): boolean {
  const { Conditions = {} } = template as Template & { Conditions?: Record<string, unknown> };
  const [kind = '', value] = isRecord(condition) ? (Object.entries(condition)[0] ?? []) : [];
  const parts = Array.isArray(value) ? (value as unknown[]) : [];
  if (kind === 'Condition') {
    const name = String(value);
    // One that names itself is refused by AWS; here it ends.
    if (!known.has(name)) known.set(name, false).set(name, holds(template, Conditions[name], known));
    return known.get(name) === true;
  }
  if (kind === 'Fn::Not') return !holds(template, parts[0], known);
  if (kind === 'Fn::And') return parts.every((part) => holds(template, part, known));
  if (kind === 'Fn::Or') return parts.some((part) => holds(template, part, known));
  if (kind === 'Fn::Equals') return parameter(template, parts[0]) === parameter(template, parts[1]);
  return false;
}

/** The value of a parameter: its default, or a text of its own where that is empty. */
function parameter(template: Template, value: unknown): string {
  if (!isRecord(value) || typeof value.Ref !== 'string') return JSON.stringify(value);
  const { Parameters = {} } = template as Template & { Parameters?: Record<string, { Default?: unknown }> };
  const initial = Parameters[value.Ref]?.Default;
  return initial === undefined || initial === '' ? `the ${value.Ref}` : JSON.stringify(initial);
}
