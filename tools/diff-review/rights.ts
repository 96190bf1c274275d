import type { SynthesizedStack } from '../shared/assembly';
import { functionOf, type Reading, referredId } from '../shared/reading';
import type { Resource } from '../shared/template';
import { isRecord, stable } from '../shared/values';
import { isPolicy } from './differences';
import type { Patterns } from './patterns';

/** What one statement allows, or denies, on one action of its list. */
export interface Grant {
  readonly isDeny: boolean;
  /** In small letters: AWS does not tell them apart. */
  readonly actions: Patterns;
  readonly asWritten: string;
  readonly resources: Patterns;
  /** Who, in the policy of a resource; in a role's own everybody who has taken it. */
  readonly principals: Patterns;
  readonly conditions: ReadonlyMap<string, unknown>;
  /** The branches of conditions in which the statement is there at all. */
  readonly when: readonly string[];
}

/** All rights of a stack: by whose they are, or by what they are on. */
export type Rights = ReadonlyMap<string, readonly Grant[]>;

interface Place {
  readonly subject: string;
  readonly when: readonly string[];
}

const EVERYBODY: Patterns = { not: false, values: ['*'] };
const OWNERS: readonly (readonly [kind: string, lists: readonly string[]])[] = [
  ['Role', ['Roles', 'RoleName']],
  ['User', ['Users', 'UserName']],
  ['Group', ['Groups', 'GroupName']],
];

/** Reads every policy of a template: roles' own, attached ones from either side, and those of resources. */
export function rightsOf({ template }: SynthesizedStack, reading: Reading): Rights {
  const found = new Map<string, Grant[]>();
  const resources = Object.entries(template.Resources);
  const names = new Map<string, string>();
  const managed = new Map<string, unknown>();
  for (const [id, { Type, Properties = {} }] of resources) {
    const owner = OWNERS.find(([kind]) => Type === `AWS::IAM::${kind}`);
    const name = owner && reading.text(Properties[`${owner[0]}Name`]);
    if (name !== undefined) names.set(`${owner?.[0]} ${name}`, reading.nameOf(id));
    if (Type === 'AWS::IAM::ManagedPolicy')
      managed.set(reading.nameOf(id), reading.plain(Properties['PolicyDocument']));
  }
  const add = ({ subject, when }: Place, policy: unknown) => {
    const grants = grantsOf(policy, when);
    if (grants.length > 0) found.set(subject, [...(found.get(subject) ?? []), ...grants]);
  };

  for (const [id, resource] of resources) {
    const properties = reading.plain(resource.Properties ?? {}) as Record<string, unknown>;
    const when = typeof resource.Condition === 'string' ? [`${reading.nameOf(resource.Condition)} 0`] : [];
    const own: Place = { subject: reading.nameOf(id), when };
    const isIam = resource.Type.startsWith('AWS::IAM::');
    const owners =
      isIam && !OWNERS.some(([kind]) => resource.Type === `AWS::IAM::${kind}`)
        ? ownersOf(own.subject, properties, names, when)
        : [own];
    // An event bus's policy is one statement, and its own document.
    for (const [key, value] of isPolicy(properties) ? [['', properties] as const] : Object.entries(properties)) {
      if (key === 'AssumeRolePolicyDocument') add({ ...own, subject: `${own.subject} trust` }, value);
      else if (key === 'ManagedPolicyArns') {
        for (const [arn, more] of branches(value, [])) {
          const place = { subject: own.subject, when: [...when, ...more] };
          add(place, managed.get(referredId(arn) ?? '') ?? attached(arn));
        }
      } else {
        const isUnread = isIam && key === 'PolicyDocument' && !(isRecord(value) && 'Statement' in value);
        for (const [policy, more] of isUnread ? [[unread(value), []] as const] : policiesIn(value, [])) {
          for (const owner of owners) add({ subject: owner.subject, when: [...owner.when, ...more] }, policy);
        }
      }
    }
    if (resource.Type === 'AWS::Lambda::Permission')
      add({ subject: `${referredId(properties['FunctionName']) ?? own.subject} policy`, when }, permission(properties));
  }
  return found;
}

/** A managed policy of AWS's is what it is called: what is in it nobody here knows. */
const attached = (arn: unknown) => ({
  Statement: {
    Effect: 'Allow',
    Action: `the managed policy ${typeof arn === 'string' ? arn : stable(arn)}`,
    Resource: '*',
  },
});

/** What is in a document that a function gives nobody knows. */
const unread = (document: unknown) => ({
  Statement: { Effect: 'Allow', Action: `whatever ${stable(document)} says`, Resource: '*' },
});

const permission = ({
  Action,
  Principal,
  SourceArn,
  SourceAccount,
  PrincipalOrgID,
  FunctionUrlAuthType,
}: Resource['Properties'] & object) => ({
  Statement: {
    Effect: 'Allow',
    Action,
    Principal,
    Resource: '*',
    Condition: Object.fromEntries(
      Object.entries({ SourceArn, SourceAccount, PrincipalOrgID, FunctionUrlAuthType }).flatMap(([key, value]) =>
        value === undefined ? [] : [[key, { is: value }]],
      ),
    ),
  },
});

/** The roles, users and groups that a policy names. */
function ownersOf(
  own: string,
  properties: Record<string, unknown>,
  names: ReadonlyMap<string, string>,
  when: readonly string[],
): Place[] {
  return OWNERS.flatMap(([kind, keys]) =>
    keys.flatMap((key) =>
      branches(properties[key], []).flatMap(([name, more]): Place[] => {
        if (typeof name !== 'string') return [{ subject: own, when: [...when, ...more] }];
        return [{ subject: referredId(name) ?? names.get(`${kind} ${name}`) ?? name, when: [...when, ...more] }];
      }),
    ),
  );
}

/** The items of a list, or the one value, each with the branches of conditions in which it is there. */
function branches(value: unknown, when: readonly string[]): [unknown, readonly string[]][] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((item) => branches(item, when));
  const [key, argument] = functionOf(value) ?? [];
  if (key !== 'Fn::If' || !Array.isArray(argument)) return [[value, when]];
  const [condition, ...options] = argument as unknown[];
  return options.flatMap((option, index) => branches(option, [...when, `${String(condition)} ${index}`]));
}

function policiesIn(value: unknown, when: readonly string[]): [unknown, readonly string[]][] {
  return branches(value, when).flatMap(([one, more]): [unknown, readonly string[]][] => {
    if (!isRecord(one)) return [];
    if (isPolicy(one)) return [[one, more]];
    return Object.values(one).flatMap((inner) => policiesIn(inner, more));
  });
}

function grantsOf(policy: unknown, when: readonly string[]): Grant[] {
  if (!isRecord(policy)) return [];
  return branches(policy.Statement, when).flatMap(([statement, more]): Grant[] => {
    if (!isRecord(statement)) return [];
    const isDeny = statement.Effect === 'Deny';
    const actions = patterns(statement, 'Action', 'NotAction');
    const grant = {
      isDeny,
      resources: patterns(statement, 'Resource', 'NotResource'),
      principals: patterns(statement, 'Principal', 'NotPrincipal'),
      conditions: conditionsOf(statement.Condition),
      when: more,
    };
    const lower = (action: string) => (action.startsWith('the managed') ? action : action.toLowerCase());
    if (actions.not) {
      return [
        { ...grant, actions: { not: true, values: actions.values.map(lower) }, asWritten: actions.values.join(', ') },
      ];
    }
    return actions.values.map((action) => ({
      ...grant,
      actions: { not: false, values: [lower(action)] },
      asWritten: action,
    }));
  });
}

function patterns(statement: Record<string, unknown>, key: string, notKey: string): Patterns {
  const not = notKey in statement;
  const value = statement[not ? notKey : key];
  if (value === undefined) return EVERYBODY;
  return { not, values: [...new Set(flat(value))].sort() };
}

/** A list of names, or of a principal's names by their kinds. Everybody is `*`, however that is written. */
function flat(value: unknown, kind = ''): string[] {
  return branches(value, []).flatMap(([one]) => {
    if (isRecord(one) && !functionOf(one)) return Object.entries(one).flatMap(([name, inner]) => flat(inner, name));
    const text = typeof one === 'string' ? one : stable(one);
    if (kind === '' || text === '*') return [text];
    return [kind === 'AWS' ? text.replace(/^(\d{12})$/, 'arn:aws:iam::$1:root') : `${kind} ${text}`];
  });
}

function conditionsOf(condition: unknown): Map<string, unknown> {
  if (!isRecord(condition)) return new Map(condition === undefined ? [] : [['condition', condition]]);
  return new Map(
    Object.entries(condition).flatMap(([operator, keys]): [string, unknown][] =>
      isRecord(keys)
        ? Object.entries(keys).map(([key, value]) => [
            `${operator} ${key.toLowerCase()}`,
            [value].flat().map(String).sort(),
          ])
        : [[operator, keys]],
    ),
  );
}
