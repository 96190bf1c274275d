import { conditionalItems, functionOf, type Resource } from '@infra/common/template';
import { groupBy, isRecord, stableJson } from '@infra/common/values';
import { covers, type Pattern } from './patterns';
import { isPolicy } from './policies';
import { referredId } from './reading';

/** One thing that is allowed, or denied, on one other, to one. */
export interface Grant {
  /** Holder of the right, or its resource. */
  readonly subject: string;
  readonly isDeny: boolean;
  readonly action: Pattern;
  readonly resource: Pattern;
  /** Principal of a resource's policy; `*` in a role's own. */
  readonly principal: Pattern;
  /** True if it is a statement of a resource's policy: there, `*` is everybody. */
  readonly isResourcePolicy: boolean;
  /** Conditions of the statement and of the template. */
  readonly conditions: Readonly<Record<string, readonly string[]>>;
}

/** True if a grant gives all that another one does. */
export function gives(wide: Grant, narrow: Grant): boolean {
  return (
    covers(lower(wide.action), lower(narrow.action)) &&
    covers(wide.resource, narrow.resource) &&
    covers(account(wide.principal), narrow.principal) &&
    Object.entries(wide.conditions).every(([key, values]) => implies(narrow.conditions, key, values))
  );
}

/** A grant as it would be without any condition. */
export const withoutConditions = (grant: Grant): Grant => ({ ...grant, conditions: {} });

/** Trust in an account is trust in each of its roles. */
const account = (principal: Pattern): Pattern =>
  typeof principal === 'string' ? principal.replace(/^(arn:aws[\w-]*:iam::\d{12}:)root$/, '$1*') : principal;

/** True if conditions ask for all that another one does: a list of what is allowed is narrower the shorter it is. */
function implies(conditions: Grant['conditions'], key: string, values: readonly string[]): boolean {
  const of = (name: string) => (Object.hasOwn(conditions, name) ? conditions[name] : undefined);
  if (stableJson(of(key)) === stableJson(values)) return true;
  const [, kind, like, name] = /^(String|Arn)(Like|Equals) (.*)$/.exec(key) ?? [];
  const isLike = like === 'Like' || kind === 'Arn';
  const others =
    kind === undefined
      ? [of(/^is /.test(key) ? key : '')]
      : [of(key), of(`${kind}${like === 'Like' ? 'Equals' : 'Like'} ${name}`)];
  return others.some((each, index) =>
    each?.every((one) => values.some((value) => (isLike ? covers(value, one) : value === one && index === 0))),
  );
}

/** AWS ignores the case of actions. */
const lower = (action: Pattern): Pattern =>
  typeof action === 'string' ? action.toLowerCase() : { not: action.not.map((each) => each.toLowerCase()) };

const IAM_POLICY = /^AWS::IAM::\w*Policy$/;

/** Every right that plain resources give: roles' own, attached policies from either side, and those of resources. */
export function rightsOf(resources: ReadonlyMap<string, Resource>): Grant[] {
  const grants = policiesOf(resources);
  const ofGroups = groupBy(grants, ({ subject }) => subject);
  return [
    ...grants,
    ...membersOf(resources).flatMap(([user, group, when]) => {
      const those = ofGroups.get(group) ?? grantsOf(user, unread(`whatever the group ${group} may`), []);
      const met = Object.fromEntries(when.map((each): [string, string[]] => [each, []]));
      return those.map((grant) => ({ ...grant, subject: user, conditions: { ...grant.conditions, ...met } }));
    }),
  ];
}

/** Members of groups, with the template's conditions on the membership. */
function membersOf(resources: ReadonlyMap<string, Resource>) {
  const idOf = (value: unknown) => referredId(value) ?? textOf(value);
  return [...resources].flatMap(([id, { Type, Properties = {}, Condition }]) => {
    const isUser = Type === 'AWS::IAM::User';
    if (!isUser && Type !== 'AWS::IAM::UserToGroupAddition') return [];
    const always = typeof Condition === 'string' ? [`${Condition} holds`] : [];
    const users = isUser ? conditionalItems(id) : conditionalItems(Properties['Users']);
    const groups = conditionalItems(Properties[isUser ? 'Groups' : 'GroupName'], always);
    return users.flatMap(([user, one]) =>
      groups.map(([group, other]) => [idOf(user), idOf(group), [...one, ...other]] as const),
    );
  });
}

function policiesOf(resources: ReadonlyMap<string, Resource>): Grant[] {
  const namedAs = (property: string) =>
    [...resources.values()].flatMap(({ Properties }) =>
      conditionalItems(Properties?.[property]).flatMap(([arn]) => referredId(arn) ?? []),
    );
  const [attachedById, boundaries] = [namedAs('ManagedPolicyArns'), namedAs('PermissionsBoundary')];
  return [...resources].flatMap(([id, { Type, Properties = {}, Condition }]) => {
    const isIam = Type.startsWith('AWS::IAM::');
    const always = typeof Condition === 'string' ? [`${Condition} holds`] : [];
    const names = ['Roles', 'RoleName', 'Users', 'UserName', 'Groups', 'GroupName'].map((key) => Properties[key]);
    const attached = IAM_POLICY.test(Type) ? conditionalItems(names, always) : [[id, always] as const];
    // A policy that is attached elsewhere, or limits a role, is reported by itself.
    const isAlone = (attached.length === 0 && !attachedById.includes(id)) || boundaries.includes(id);
    const owners = isAlone ? [...attached, [id, always] as const] : attached;
    const rights = (policy: unknown, when: readonly string[], subject?: string) =>
      owners.flatMap(([owner, more]) => {
        const whose = typeof owner === 'string' ? (referredId(owner) ?? owner) : id;
        return grantsOf(subject ?? whose, policy, [...more, ...when]);
      });
    if (Type === 'AWS::Lambda::Permission') {
      const { Action, Principal, FunctionName, ...only } = Properties;
      const Statement = { Effect: 'Allow', Action, Principal, Condition: { is: only } };
      return rights({ Statement }, [], `${referredId(FunctionName) ?? id} policy`);
    }
    // An event bus's policy is one statement, and its own document.
    return Object.entries(isPolicy(Properties) ? { Properties } : Properties).flatMap(([key, value]) => {
      if (key === 'ManagedPolicyArns') {
        return conditionalItems(value).flatMap(([arn, when]) => {
          const own = resources.get(referredId(arn) ?? '')?.Properties?.['PolicyDocument'];
          return rights(own ?? unread(`the managed policy ${textOf(arn)}`), when);
        });
      }
      const isDocument = isIam && /PolicyDocument$/.test(key);
      const policies = isDocument ? conditionalItems(value) : policiesIn(value);
      const subject = key === 'AssumeRolePolicyDocument' ? `${id} trust` : undefined;
      return policies.flatMap(([policy, when]) => rights(policy, when, subject));
    });
  });
}

/** A policy that is unknown at synth, such as AWS's own or a function's: its action is its name. */
const unread = (Action: string) => ({ Statement: { Effect: 'Allow', Action, Resource: '*' } });

const textOf = (value: unknown): string => (typeof value === 'string' ? value : stableJson(value));

function policiesIn(value: unknown, when: readonly string[] = []): [unknown, readonly string[]][] {
  return conditionalItems(value, when).flatMap(([one, more]): [unknown, readonly string[]][] => {
    if (!isRecord(one)) return [];
    if (isPolicy(one)) return [[one, more]];
    return Object.values(one).flatMap((inner) => policiesIn(inner, more));
  });
}

function grantsOf(subject: string, policy: unknown, always: readonly string[]): Grant[] {
  const read = isRecord(policy) && 'Statement' in policy ? policy : unread(`whatever ${textOf(policy)} says`);
  return conditionalItems(read.Statement, always).flatMap(([statement, when]) => {
    if (!isRecord(statement)) return [];
    const met = when.map((each): [string, string[]] => [each, []]);
    const conditions = Object.fromEntries([...conditionsOf(statement.Condition), ...met]);
    const isDeny = statement.Effect === 'Deny';
    const isResourcePolicy = 'Principal' in statement || 'NotPrincipal' in statement;
    return patterns(statement, 'Action').flatMap((action) =>
      patterns(statement, 'Resource').flatMap((resource) =>
        patterns(statement, 'Principal').map((principal) => {
          return { subject, isDeny, action, resource, principal, isResourcePolicy, conditions };
        }),
      ),
    );
  });
}

function patterns(statement: Record<string, unknown>, key: string): Pattern[] {
  const not = statement[`Not${key}`];
  if (not !== undefined) return [{ not: listed(not).sort() }];
  return statement[key] === undefined ? ['*'] : [...new Set(listed(statement[key]))];
}

/** A list of names, or of a principal's names by their kinds. Every spelling of everybody becomes `*`. */
function listed(value: unknown, kind = ''): string[] {
  return conditionalItems(value).flatMap(([one]) => {
    if (isRecord(one) && !functionOf(one)) return Object.entries(one).flatMap(([name, inner]) => listed(inner, name));
    const text = textOf(one);
    if (kind === '' || text === '*') return [text];
    return [kind === 'AWS' ? text.replace(/^(\d{12})$/, 'arn:aws:iam::$1:root') : `${kind} ${text}`];
  });
}

function conditionsOf(condition: unknown): [string, string[]][] {
  if (!isRecord(condition)) return condition === undefined ? [] : [['condition', [textOf(condition)]]];
  return Object.entries(condition).flatMap(([operator, keys]): [string, string[]][] =>
    Object.entries(isRecord(keys) ? keys : { '': keys }).map(([key, value]) => {
      return [`${operator} ${key.toLowerCase()}`, [value].flat().map(textOf).sort()];
    }),
  );
}
