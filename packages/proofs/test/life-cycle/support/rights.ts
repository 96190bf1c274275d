import type { JudgedCall } from '@infra/local-aws';

/** A statement of a policy, as far as the policies of people's and workflows' roles have elements. */
export interface Statement {
  readonly Effect: string;
  readonly Action: string | string[];
  readonly Resource: string | string[];
}

/** Actions of a role that no step of the life needs, each with what needs it. */
export type UnmetRights = Readonly<Record<string, string>>;

/** Rights of a policy, each `<action> on <resource>`, that none of these calls needed, and no unmet right is. */
export function unneededRights(
  statements: readonly Statement[],
  calls: readonly JudgedCall[],
  unmetRights: UnmetRights,
): string[] {
  return rightsOf(statements)
    .filter(({ action, resource }) => !isNeeded(action, resource, calls) && !(action in unmetRights))
    .map(({ action, resource }) => `${action} on ${resource}`);
}

/** Unmet rights that the role no longer has, or that calls of the life need by now. */
export function superfluousRows(
  statements: readonly Statement[],
  calls: readonly JudgedCall[],
  unmetRights: UnmetRights,
): string[] {
  const unneeded = rightsOf(statements).filter(({ action, resource }) => !isNeeded(action, resource, calls));
  return Object.keys(unmetRights).filter((unmet) => !unneeded.some(({ action }) => action === unmet));
}

function rightsOf(statements: readonly Statement[]) {
  return statements.flatMap(({ Action, Resource }) =>
    [Action].flat().flatMap((action) => [Resource].flat().map((resource) => ({ action, resource }))),
  );
}

function isNeeded(action: string, resource: string, calls: readonly JudgedCall[]): boolean {
  return calls.some((call) => call.action === action && isLike(resource, call.resource ?? '*'));
}

function isLike(pattern: string, text: string): boolean {
  const expression = pattern.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll('\\*', '.*');
  return new RegExp(`^${expression}$`).test(text);
}
