import type { JudgedCall } from '@infra/local-aws';

/** A statement of a policy, as far as the policies of people's and workflows' roles have elements. */
export interface Statement {
  readonly Effect: string;
  readonly Action: string | string[];
  readonly Resource: string | string[];
}

/** A right of a role that no step of the life needs, and what needs it. */
export interface UnmetRight {
  readonly action: string;
  /** End of the resource, where the role has the action on several. */
  readonly on?: string;
  readonly case: string;
  /** File, page or AWS's document that says so. */
  readonly source: string;
}

/** Rights of a policy, each `<action> on <resource>`, that none of these calls needed, and no row names. */
export function unneededRights(
  statements: readonly Statement[],
  calls: readonly JudgedCall[],
  unmetRights: readonly UnmetRight[],
): string[] {
  const rights = statements.flatMap(({ Action, Resource }) =>
    [Action].flat().flatMap((action) => [Resource].flat().map((resource) => ({ action, resource }))),
  );
  const unneeded = rights.filter(
    ({ action, resource }) =>
      !calls.some((call) => call.action === action && isLike(resource, call.resource ?? '*')) &&
      !unmetRights.some((row) => row.action === action && resource.endsWith(row.on ?? '')),
  );
  return unneeded.map(({ action, resource }) => `${action} on ${resource}`);
}

/** Rows whose right the role no longer has, or that a call of the life needs by now. */
export function superfluousRows(
  statements: readonly Statement[],
  calls: readonly JudgedCall[],
  unmetRights: readonly UnmetRight[],
): UnmetRight[] {
  return unmetRights.filter((row) => {
    const others = unmetRights.filter((each) => each !== row);
    const ofRow = unneededRights(statements, calls, others).filter((right) => right.startsWith(`${row.action} on `));
    return ofRow.length === 0;
  });
}

function isLike(pattern: string, text: string): boolean {
  const expression = pattern.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll('\\*', '.*');
  return new RegExp(`^${expression}$`).test(text);
}
