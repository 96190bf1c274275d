import type { Resource } from '@infra/common/template';
import { isRecord, omitKeys } from '@infra/common/values';
import { conditionalItems } from '../read/conditional-items';
import { nameReferredToBy, type NormalizedValue } from '../read/normalized-text';
import { permissionSubject, trustSubject } from './grant';
import { isPolicyDocument } from './policy-documents';
import { textOf, unknownPolicy } from './statements';

type Resources = ReadonlyMap<string, Resource>;

/** A policy in a resource, under conditions of the template. */
interface ConditionalPolicy {
  readonly policy: NormalizedValue;
  /** Subject of its rights, unless that is the owner of the resource. */
  readonly subject?: string;
  readonly conditions: readonly string[];
}

const POLICY_DOCUMENT = /PolicyDocument$/;

/** The policies of a resource, in whichever property they are. */
export function policiesOf(id: string, resource: Resource, resources: Resources): ConditionalPolicy[] {
  const { Type, Properties = {} } = resource;
  if (Type === 'AWS::Lambda::Permission') return [permissionPolicy(id, Properties)];
  // An event bus's policy is one statement, and its own document.
  const values = isPolicyDocument(Properties) ? { Properties } : Properties;
  return Object.entries(values).flatMap(([property, value]) => {
    if (property === 'ManagedPolicyArns') return managedPolicies(value, resources);
    if (property === 'AssumeRolePolicyDocument') return trustPolicies(id, Type, value);
    return policiesInProperty(property, Type, value);
  });
}

/** The statement that a permission adds to the policy of its function. */
function permissionPolicy(id: string, properties: Readonly<Record<string, NormalizedValue>>): ConditionalPolicy {
  const { Action, Principal, FunctionName } = properties;
  const conditions = omitKeys(properties, 'Action', 'Principal', 'FunctionName');
  const statement = {
    Effect: 'Allow',
    Action,
    Principal,
    Condition: { is: conditions },
  };
  return {
    policy: { Statement: statement },
    subject: permissionSubject(nameReferredToBy(FunctionName) ?? id),
    conditions: [],
  };
}

/** Attached policies: those of the template, and AWS's own, whose statements are unknown. */
function managedPolicies(arns: NormalizedValue, resources: Resources): ConditionalPolicy[] {
  return conditionalItems(arns).map(([arn, conditions]) => {
    const resource = resources.get(nameReferredToBy(arn) ?? '');
    const document = resource?.Properties?.['PolicyDocument'];
    const policy = document ?? unknownPolicy('managed', textOf(arn));
    return { policy, conditions };
  });
}

/** The policies on who may assume a role. */
function trustPolicies(id: string, type: string, value: NormalizedValue): ConditionalPolicy[] {
  const policies = policiesInProperty('AssumeRolePolicyDocument', type, value);
  return policies.map((policy) => ({ ...policy, subject: trustSubject(id) }));
}

function policiesInProperty(property: string, type: string, value: NormalizedValue): ConditionalPolicy[] {
  const isDocument = type.startsWith('AWS::IAM::') && POLICY_DOCUMENT.test(property);
  if (!isDocument) return policiesWithin(value, []);
  return conditionalItems(value).map(([policy, conditions]) => ({ policy, conditions }));
}

/** Every policy document within a value. */
function policiesWithin(value: NormalizedValue, conditions: readonly string[]): ConditionalPolicy[] {
  return conditionalItems(value, conditions).flatMap(([item, itemConditions]): ConditionalPolicy[] => {
    if (!isRecord(item)) return [];
    if (isPolicyDocument(item)) return [{ policy: item, conditions: itemConditions }];
    return Object.values(item).flatMap((inner) => policiesWithin(inner, itemConditions));
  });
}
