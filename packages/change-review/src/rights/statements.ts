import { functionOf } from '@infra/common/template';
import { groupBy, isRecord, stableJson } from '@infra/common/values';
import { conditionalItems } from '../read/conditional-items';
import { type NormalizedValue, withoutChangedMarks } from '../read/normalized-text';
import type { Grant, GrantConditions } from './grant';
import type { Pattern } from './patterns';

type Statement = Record<string, NormalizedValue>;

/** A name, or the pattern of a statement, under conditions of the template. */
type Conditional<Item> = [item: Item, conditions: readonly string[]];

/** Beginning of the action of a policy that is unknown at synth. */
const UNKNOWN_POLICY = 'everything of ';

/** Text of the template that looks like a reference: IAM knows no such variable, so nothing matches it. */
const UNREPLACED = /\$\$\{AWS::/;

const ACCOUNT_ID = /^(\d{12})$/;

/** Every right that a policy document gives, under conditions of the template. */
export function grantsIn(policy: NormalizedValue, subject: string, templateConditions: readonly string[]): Grant[] {
  const isDocument = isRecord(policy) && 'Statement' in policy;
  const document = isDocument ? policy : unknownPolicy('policy', textOf(policy));
  const statements = conditionalItems(document.Statement, templateConditions);
  return statements.flatMap(([statement, conditions]) =>
    isRecord(statement) ? grantsOfStatement(statement, subject, conditions) : [],
  );
}

/** Kinds of policies that are unknown at synth: AWS's own, and those of a function. */
export type UnknownPolicyKind = 'managed' | 'policy';

/** A policy that is unknown at synth: its one action has its kind and its name, which no action of AWS looks like. */
export function unknownPolicy(kind: UnknownPolicyKind, name: string) {
  const statement = {
    Effect: 'Allow',
    Action: `${UNKNOWN_POLICY}${kind} ${name}`,
  };
  return { Statement: statement };
}

/** Reads the action of an unknown policy; undefined for an action of AWS. */
export function readUnknownPolicy(action: string): { kind: UnknownPolicyKind; name: string } | undefined {
  if (!action.startsWith(UNKNOWN_POLICY)) return undefined;
  const [kind = '', ...words] = action.slice(UNKNOWN_POLICY.length).split(' ');
  return { kind: kind as UnknownPolicyKind, name: words.join(' ') };
}

/** Policies of AWS that allow all actions of a service on everything, by their names. */
const ALL_OF_SERVICE: ReadonlyMap<string, string> = new Map([
  ['AdministratorAccess', '*'],
  ['AmazonDynamoDBFullAccess', 'dynamodb:*'],
  ['AmazonEC2FullAccess', 'ec2:*'],
  ['AmazonKinesisFullAccess', 'kinesis:*'],
  ['AmazonS3FullAccess', 's3:*'],
  ['AmazonSNSFullAccess', 'sns:*'],
  ['AmazonSQSFullAccess', 'sqs:*'],
  ['CloudWatchLogsFullAccess', 'logs:*'],
]);

/** The same rights, and those that policies of AWS among them are known to give. */
export function withKnownPolicies(grants: readonly Grant[]): Grant[] {
  return grants.flatMap((grant) => {
    const policy = typeof grant.action === 'string' ? readUnknownPolicy(grant.action) : undefined;
    const [, name = ''] = policy?.name.split(':iam::aws:policy/') ?? [];
    const action = ALL_OF_SERVICE.get(name);
    return action === undefined ? [grant] : [grant, { ...grant, action, resource: '*' }];
  });
}

/** A value as a text; that of a function is its JSON. */
export function textOf(value: NormalizedValue): string {
  return typeof value === 'string' ? value : stableJson(value);
}

/** Conditions of the template as those of a grant. */
function templateConditionsOf(conditions: readonly string[]): GrantConditions {
  const valuesByCondition: Record<string, readonly string[]> = {};
  for (const condition of conditions) {
    // A changed condition is the same one: its own entry reports the change.
    valuesByCondition[withoutChangedMarks(condition)] = [];
  }
  return valuesByCondition;
}

function grantsOfStatement(statement: Statement, subject: string, templateConditions: readonly string[]): Grant[] {
  const resources = patternsOf('Resource', statement);
  const principals = patternsOf('Principal', statement);
  const common = {
    subject,
    isDeny: statement.Effect === 'Deny',
    hasResource: 'Resource' in statement || 'NotResource' in statement,
    isResourcePolicy: 'Principal' in statement || 'NotPrincipal' in statement,
  };
  const conditions = conditionsOf(statement.Condition);
  const grants: Grant[] = [];
  for (const [action, ofAction] of patternsOf('Action', statement)) {
    for (const [resource, ofResource] of resources) {
      if (typeof resource === 'string' && UNREPLACED.test(resource)) continue;
      for (const [principal, ofPrincipal] of principals) {
        const ofTemplate = templateConditionsOf([...templateConditions, ...ofAction, ...ofResource, ...ofPrincipal]);
        grants.push({ ...common, action, resource, principal, conditions: { ...conditions, ...ofTemplate } });
      }
    }
  }
  return grants;
}

/** The actions, resources or principals of a statement: everything but some, each of a list, or everything. */
function patternsOf(key: 'Action' | 'Resource' | 'Principal', statement: Statement): Conditional<Pattern>[] {
  const excluded = statement[`Not${key}`];
  if (excluded !== undefined) {
    const names = namesIn(excluded).map(([name]) => name);
    return [[{ not: names.sort() }, []]];
  }
  const included = statement[key];
  if (included === undefined) return [['*', []]];
  const byName = groupBy(namesIn(included), ([name]) => name);
  // A name in several branches counts as one in each.
  return [...byName].map(([name, [first, ...others]]) => [name, others.length === 0 ? (first?.[1] ?? []) : []]);
}

/** A list of names, or of a principal's names by their types. */
function namesIn(
  value: NormalizedValue,
  principalType?: string,
  outerConditions: readonly string[] = [],
): Conditional<string>[] {
  return conditionalItems(value, outerConditions).flatMap(([item, conditions]): Conditional<string>[] => {
    const isByType = isRecord(item) && !functionOf(item);
    if (!isByType) return [[nameWithType(textOf(item), principalType), conditions]];
    const namesByType = Object.entries(item);
    return namesByType.flatMap(([type, names]) => namesIn(names, type, conditions));
  });
}

/** A principal with its type. An account is its root user; `*` is everybody, whatever the type. */
function nameWithType(name: string, principalType: string | undefined): string {
  if (!principalType || name === '*') return name;
  if (principalType === 'AWS') return name.replace(ACCOUNT_ID, 'arn:aws:iam::$1:root');
  return `${principalType} ${name}`;
}

function conditionsOf(condition: NormalizedValue): GrantConditions {
  if (condition === undefined) return {};
  if (!isRecord(condition)) return { condition: [textOf(condition)] };
  const conditions: [string, string[]][] = [];
  for (const [operator, operands] of Object.entries(condition)) {
    const valuesByKey = isRecord(operands) && !functionOf(operands) ? operands : { '': operands };
    for (const [key, values] of Object.entries(valuesByKey)) {
      const name = `${operator} ${key.toLowerCase()}`;
      const texts = [values].flat().map(textOf);
      conditions.push([name, texts.sort()]);
    }
  }
  return Object.fromEntries(conditions);
}
