/*
 * Decides a concrete request, as IAM does. The review compares statements as they are written, with references and
 * conditions that nobody has decided (packages/change-review/src/rights.ts): neither can stand for the other.
 */

/** A request that AWS would decide. */
export interface Request {
  readonly action: string;
  readonly resource: string;
  readonly context?: Readonly<Record<string, string>>;
}

interface Statement {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal?: '*' | Readonly<Record<string, OneOrMore>>;
  readonly Action?: OneOrMore;
  readonly NotAction?: OneOrMore;
  readonly Resource?: OneOrMore;
  readonly NotResource?: OneOrMore;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, OneOrMore | boolean>>>>;
}

/** A policy as IAM reads it. */
export interface Policy {
  readonly Statement: Statement | readonly Statement[];
}

type OneOrMore = string | readonly string[];

const ELEMENTS = [
  'Sid',
  'Effect',
  'Principal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
] as const satisfies (keyof Statement)[];

/** Comparison of an operator; one that is not listed is refused, never taken for fulfilled. */
const OPERATORS: Readonly<Record<string, (pattern: string, value: string) => boolean>> = {
  StringEquals: (pattern, value) => pattern === value,
  StringEqualsIgnoreCase: (pattern, value) => pattern.toLowerCase() === value.toLowerCase(),
  StringLike: (pattern, value) => matches(pattern, value),
  ArnEquals: (pattern, value) => matches(pattern, value),
  ArnLike: (pattern, value) => matches(pattern, value),
  Bool: (pattern, value) => pattern.toLowerCase() === value.toLowerCase(),
};

/**
 * True if AWS lets a principal do it, in one account: a Deny anywhere refuses; the principal's own policies allow, or
 * the resource's policy does and names the principal. Only a role's trust policy has to allow in any case.
 */
export function allows(
  principal: string,
  request: Request,
  identity: readonly Policy[],
  resource: Policy | undefined,
): boolean {
  const own = identity.flatMap(statementsOf).filter((statement) => isMet(statement, request));
  const theirs = (resource === undefined ? [] : statementsOf(resource))
    .map((statement) => ({ Resource: '*', ...statement }))
    .filter((statement) => isMet(statement, request))
    .map((statement) => ({ statement, names: namesPrincipal(statement, principal) }))
    .filter(({ names }) => names !== 'no');
  if ([...own, ...theirs.map(({ statement }) => statement)].some(({ Effect }) => Effect === 'Deny')) return false;
  if (theirs.some(({ names }) => names === 'itself')) return true;
  const ownAllow = own.length > 0;
  return request.action.startsWith('sts:') && resource !== undefined ? ownAllow && theirs.length > 0 : ownAllow;
}

function statementsOf({ Statement }: Policy): readonly Statement[] {
  const statements: readonly Statement[] = [Statement].flat();
  for (const statement of statements) {
    const unknown = Object.keys(statement).filter((key) => !ELEMENTS.includes(key as keyof Statement));
    if (unknown.length > 0) throw new Error(`Not known to the rights' tests: ${unknown.join(', ')}`);
  }
  return statements;
}

function isMet(statement: Statement, { action, resource, context = {} }: Request): boolean {
  return (
    isOneOf(statement.Action, statement.NotAction, action.toLowerCase(), (each) => each.toLowerCase()) &&
    isOneOf(statement.Resource, statement.NotResource, resource, (each) => each) &&
    Object.entries(statement.Condition ?? {}).every(([operator, keys]) =>
      Object.entries(keys).every(([key, expected]) => isFulfilled(operator, valueOf(context, key), expected)),
    )
  );
}

function isOneOf(
  these: OneOrMore | undefined,
  others: OneOrMore | undefined,
  value: string,
  spelled: (pattern: string) => string,
): boolean {
  const among = (patterns: OneOrMore) => [patterns].flat().some((pattern) => matches(spelled(pattern), value));
  return these === undefined ? others !== undefined && !among(others) : among(these);
}

/** Parts of an operator such as `StringNotLikeIfExists`: the test, whether it is negated, what a missing key means. */
function isFulfilled(name: string, value: string | undefined, expected: OneOrMore | boolean): boolean {
  const [, first = '', not, last = '', ifExists] = /^([A-Z][a-z]+)(Not)?([A-Za-z]*?)(IfExists)?$/.exec(name) ?? [];
  const compare = OPERATORS[`${first}${last}`];
  if (!compare) throw new Error(`The operator ${name} is not known to the rights' tests`);
  if (value === undefined) return ifExists !== undefined || not !== undefined;
  const any = [expected].flat().some((pattern) => compare(String(pattern), value));
  return not === undefined ? any : !any;
}

/** Names of keys have no case. */
function valueOf(context: Readonly<Record<string, string>>, key: string): string | undefined {
  return Object.entries(context).find(([name]) => name.toLowerCase() === key.toLowerCase())?.[1];
}

/** Naming the account leaves the decision to the principal's own policies. */
function namesPrincipal({ Principal }: Statement, principal: string): 'itself' | 'its account' | 'no' {
  if (Principal === undefined) return 'no';
  if (Principal === '*') return 'itself';
  const account = /^arn:aws:iam::(\d{12}):(?:user|role|root)/.exec(principal)?.[1];
  const kind = account !== undefined ? 'AWS' : principal.endsWith('.amazonaws.com') ? 'Service' : 'Federated';
  const named = [Principal[kind] ?? []].flat();
  if (named.includes('*') || named.includes(principal)) return 'itself';
  if (account !== undefined && (named.includes(account) || named.includes(`arn:aws:iam::${account}:root`)))
    return 'its account';
  return 'no';
}

function matches(pattern: string, value: string): boolean {
  if (pattern.includes('${')) throw new Error(`Policy variables are not known to the rights' tests: ${pattern}`);
  const expression = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${expression}$`, 's').test(value);
}
