import { groupBy, limited, parseJson, stableJson } from '@infra/common/values';
import { type MessageId, wordsForCount, wordsOf } from '../messages';
import { join, listOf, type Words } from '../messages/words';
import type { Naming } from '../read/naming';
import { readableValue, withoutChangedMarks } from '../read/normalized-text';
import { dependsOnOwnParameter } from '../read/possible-values';
import type { ComparisonContext } from '../read/stack-comparison';
import { arnOf } from '../read/value';
import { MOST_COMPARISONS } from '../uncovered';
import { commonPartOf, type Grant, type GrantConditions } from './grant';
import type { Pattern } from './patterns';
import { readUnknownPolicy, type UnknownPolicyKind } from './statements';

/** Message on rights that change: allowed, no longer denied, no longer allowed, denied. */
export type RightsMessage = 'may' | 'notDenied' | 'mayNot' | 'denied';

/** Grants that one sentence reports: the same actions, principal and conditions on some resources. */
interface GrantGroup {
  readonly first: Grant;
  readonly grants: readonly Grant[];
  readonly actions: readonly Pattern[];
  readonly resources: readonly Pattern[];
}

/** End of a condition of the template, which has no values. */
const HOLDS = ' holds';

/** Start of a condition that is a property of a permission to invoke a function. */
const OF_PERMISSION = /^is /;

/** Actions on an account, whose resource can only be `*`. */
const ACCOUNT_ACTION = /:(GetAuthorizationToken|(Describe|List)[\w*]*)$/i;

const UNKNOWN_POLICIES: Readonly<Record<UnknownPolicyKind, MessageId>> = {
  managed: 'allOf.managed',
  policy: 'allOf.policy',
};

/** Warnings about a `*`, the worst one first. */
const WARNINGS = ['everybody', 'everyAction', 'everyBucket', 'everyResource'] as const satisfies readonly MessageId[];

/** Patterns of what is wide: everything, what administrators may do, what gives rights, and what has a wildcard. */
const WIDEST = [/^\*$/, /Administrator|PowerUser|FullAccess/, /^(iam|sts|organizations|kms):/, /\*|:root$/];

/** Names of actions, resources or principals in one sentence. */
const MOST_NAMES = 20;

/** Conditions that leave only some of an account's resources. */
const ON_SOME_RESOURCES = /(resourcetag\/|requestedregion$)/;

/** Values of conditions that restrict nothing. */
const ANY_VALUE = /^(\*|\S+\/0)$/;

const NOT_ASCII = /[^\0-\x7F]/gu;

/** Conditions that only some callers fulfil, unless they allow any value. */
const RESTRICTING_OPERATOR = /^(ForAnyValue:)?(StringEquals|StringEqualsIgnoreCase|StringLike|Arn\w+|IpAddress|is) /;
const NEGATED_OPERATOR = /^\S*(Not|IfExists)/;
/** Ends of conditions on an account, an organization, a resource, a service or a network that calls. */
const CALLER = /(account|orgid|orgpaths|sourcearn|ecs:cluster|principalarn|service|calledvia\w*|sourceip|sourcevpce?)$/;

/** Further messages on rights that change. */
interface FurtherMessages {
  /** On the parts of rights that the other side has, too. */
  readonly common?: MessageId;
  /** On a policy that is unknown at synth, if other policies may allow the same on the other side. */
  readonly ofUnknown?: MessageId;
  /** On unknown policies of the other side, which may allow the same. */
  readonly byUnknown?: MessageId;
}

const FURTHER_MESSAGES: Readonly<Record<RightsMessage, FurtherMessages>> = {
  may: { common: 'heldBefore', ofUnknown: 'mayUnlessBefore', byUnknown: 'mayHaveBefore' },
  mayNot: { common: 'stillMay', ofUnknown: 'mayNotUnlessOther', byUnknown: 'mayStill' },
  notDenied: { common: 'stillDenied' },
  denied: {},
};

/** AWS's policies that the CDK attaches to roles of functions: they allow actions on logs and network interfaces only. */
const FUNCTION_POLICY = /:policy\/service-role\/AWSLambda(Basic|VPCAccess)ExecutionRole$/;
const NOT_OF_FUNCTION_POLICY = /^(?!(logs|ec2):)[\w-]+:/i;

/** Sentences on grants that change, the worst first; `others` are those of the other side. */
export function rightsSentences(
  message: RightsMessage,
  grants: readonly Grant[],
  others: readonly Grant[],
  { naming, readers }: ComparisonContext,
): Words[] {
  const otherTexts = new Set(others.map((other) => shownText(stableJson(other), naming)));
  // One that is the same text on both sides changes with a value that only AWS knows.
  const isUncertain = (grant: Grant) => {
    return otherTexts.has(shownText(stableJson(grant), naming)) || dependsOnOwnParameter(grant, readers);
  };
  const groups = groupGrants(grants).map((group) => {
    const warnings = message === 'may' ? warningsOnWildcards(group) : [];
    const sentence = grantSentence(message, group, others, naming);
    const remark = group.grants.some(isUncertain) ? [' ', ...wordsOf('underValue')] : [];
    return {
      sentences: [[...sentence, ...remainder(message, group, others, naming), ...remark], ...warnings],
      warnings,
      narrowness: narrownessOfGroup(group),
    };
  });
  const positionOf = (warnings: readonly Words[]) => {
    const position = WARNINGS.findIndex((warning) => stableJson(warnings).includes(`"${warning}"`));
    return position < 0 ? WARNINGS.length : position;
  };
  groups.sort(
    (one, other) => positionOf(one.warnings) - positionOf(other.warnings) || one.narrowness - other.narrowness,
  );
  const sentences = groups.flatMap((group) => group.sentences);
  return [...sentences, ...alsoByUnknown(message, grants, others, naming)];
}

function grantSentence(message: RightsMessage, group: GrantGroup, others: readonly Grant[], naming: Naming): Words {
  const messageOnUnknown = FURTHER_MESSAGES[message].ofUnknown;
  const values = grantValues(group, naming);
  if (messageOnUnknown === undefined || others.length === 0 || !isUnknown(group.first)) return wordsOf(message, values);
  return wordsOf(messageOnUnknown, { actions: values.actions, where: values.where });
}

/** Sentence on the unknown policies of the other side that may allow the same. */
function alsoByUnknown(
  message: RightsMessage,
  grants: readonly Grant[],
  others: readonly Grant[],
  naming: Naming,
): Words[] {
  const messageOnOthers = FURTHER_MESSAGES[message].byUnknown;
  const known = grants.filter((grant) => !isUnknown(grant));
  const policies = others.flatMap(({ action }) => {
    const name = unknownPolicyIn(action)?.name;
    return name !== undefined && known.some((grant) => mayAllow(name, grant)) ? shownText(name, naming) : [];
  });
  if (messageOnOthers === undefined || policies.length === 0) return [];
  return [wordsOf(messageOnOthers, { policies: listOf([...new Set(policies)]) })];
}

/** True unless the policy is one of AWS's that are known to allow actions of other services only. */
function mayAllow(policy: string, { action }: Grant): boolean {
  const isOfOtherService = typeof action === 'string' && NOT_OF_FUNCTION_POLICY.test(action);
  return !(FUNCTION_POLICY.test(policy) && isOfOtherService);
}

function unknownPolicyIn(action: Pattern) {
  return typeof action === 'string' ? readUnknownPolicy(action) : undefined;
}

function isUnknown({ action }: Grant): boolean {
  return unknownPolicyIn(action) !== undefined;
}

function grantValues({ first, actions, resources }: GrantGroup, naming: Naming) {
  const { principal } = first;
  const isForEverybody = principal === '*';
  return {
    who: isForEverybody ? [] : [...patternList([principal], naming), ': '],
    actions: patternList(actions, naming),
    resources: first.hasResource ? patternList(resources, naming) : unnamedResource(first),
    where: whereClause(first.conditions, naming),
  };
}

/** End of a sentence: the parts of rights that the other side gives, too. */
function remainder(message: RightsMessage, { grants }: GrantGroup, others: readonly Grant[], naming: Naming): Words {
  const messageOnRest = FURTHER_MESSAGES[message].common;
  if (messageOnRest === undefined || grants.length * others.length > MOST_COMPARISONS) return [];
  const common = grants.flatMap((grant) => others.flatMap((other) => commonPartOf(grant, other) ?? []));
  const distinct = new Map(common.map((grant) => [stableJson(grant), grant]));
  const rights = groupGrants([...distinct.values()]).map((group) => wordsOf('right', grantValues(group, naming)));
  return rights.length === 0 ? [] : [' ', ...wordsOf(messageOnRest, { rights: join(rights, '; ') })];
}

/** A trust policy or a permission is on what has it; the resources of a policy outside the template are unknown. */
function unnamedResource({ isResourcePolicy }: Grant): Words {
  return wordsOf(isResourcePolicy ? 'itself' : 'unknownResources');
}

function whereClause(conditions: GrantConditions, naming: Naming): Words {
  const sentences = conditionSentences(conditions, naming);
  if (sentences.length === 0) return [];
  return wordsOf('where', { conditions: join(sentences, wordsOf('and')) });
}

/** Grants by their actions, principal and conditions; those on several resources are joined. */
function groupGrants(grants: readonly Grant[]): GrantGroup[] {
  const byResource = groupBy(grants, ({ action, ...otherFields }) => {
    const isException = typeof action !== 'string';
    return stableJson([otherFields, isException]);
  });
  const alike = groupBy([...byResource.values()], (grantsOnResource) => {
    const [first] = grantsOnResource;
    return stableJson([actionsOf(grantsOnResource), first?.principal, first?.conditions, first?.hasResource]);
  });
  return [...alike.values()].flatMap(grantGroups);
}

/** One group of grants, each list on another resource; none if there is no grant. */
function grantGroups(grantsByResource: readonly (readonly Grant[])[]): GrantGroup[] {
  const [grantsOnFirst = []] = grantsByResource;
  const [first] = grantsOnFirst;
  if (!first) return [];
  const grants = grantsByResource.flat();
  const resources = new Set(grants.map(({ resource }) => resource));
  const group: GrantGroup = {
    first,
    grants,
    actions: actionsOf(grantsOnFirst),
    resources: [...resources],
  };
  return [group];
}

function actionsOf(grants: readonly Grant[]): Pattern[] {
  return grants.map(({ action }) => action);
}

function patternList(patterns: readonly Pattern[], naming: Naming): Words {
  const sentences = new Map<string, Words>();
  for (const pattern of widestFirst(patterns)) {
    const sentence = patternWords(pattern, naming);
    sentences.set(stableJson(sentence), sentence);
  }
  const all = [...sentences.values()];
  const rest = join(all.slice(MOST_NAMES), ', ');
  const shown = limited(all, MOST_NAMES, (hiddenCount) => wordsForCount('more', hiddenCount, { rest }));
  return join(shown, ', ');
}

/** Patterns of everything, then those of much: a long list is cut at its end. */
function widestFirst(patterns: readonly Pattern[]): Pattern[] {
  return [...patterns].sort((one, other) => narrownessOf(one) - narrownessOf(other));
}

function narrownessOf(pattern: Pattern): number {
  if (typeof pattern !== 'string') return 0;
  const position = WIDEST.findIndex((wide) => wide.test(pattern));
  return position < 0 ? WIDEST.length : position;
}

/** Narrowness of a group: that of its actions, then that of its principal. */
function narrownessOfGroup({ actions, first }: GrantGroup): number {
  const ofActions = Math.min(...actions.map(narrownessOf));
  return ofActions * (WIDEST.length + 1) + narrownessOf(first.principal);
}

function patternWords(pattern: Pattern, naming: Naming): Words {
  if (typeof pattern === 'string') {
    const unknown = readUnknownPolicy(pattern);
    if (unknown) return wordsOf(UNKNOWN_POLICIES[unknown.kind], { name: shownText(unknown.name, naming) });
    return [{ code: shownText(pattern, naming) }];
  }
  const exceptions = pattern.not.map((text) => shownText(text, naming));
  return wordsOf('allBut', { list: listOf(exceptions) });
}

/** A text as people write it. Letters that are not ASCII may look like others: their codes are shown. */
function shownText(text: string, naming: Naming): string {
  const ascii = withoutChangedMarks(readableValue(parseJson(text) ?? text)).replace(NOT_ASCII, (letter) => {
    const codePoint = letter.codePointAt(0) ?? 0;
    return `\\u{${codePoint.toString(16)}}`;
  });
  return naming(ascii);
}

function conditionSentences(conditions: GrantConditions, naming: Naming): Words[] {
  return Object.entries(conditions).map(([key, values]): Words => {
    if (key.endsWith(HOLDS)) return wordsOf('holds', { condition: key.slice(0, -HOLDS.length) });
    const words: Words = [{ code: key.replace(OF_PERMISSION, '') }];
    return values.length === 0 ? words : [...words, ' ', { code: shownText(values.join(', '), naming) }];
  });
}

/** Warnings about a `*`. */
function warningsOnWildcards({ first, actions, resources }: GrantGroup): Words[] {
  const { principal, isResourcePolicy, conditions } = first;
  if (isResourcePolicy) {
    const isAnyPrincipal = principal === '*' || typeof principal !== 'string';
    const isEverybody = isAnyPrincipal && !restrictCallers(conditions);
    return isEverybody ? [wordsOf('everybody')] : [];
  }
  const isOnSome = Object.keys(conditions).some((key) => ON_SOME_RESOURCES.test(key));
  if (!first.hasResource || isOnSome || !resources.some(isEveryResource)) return [];
  if (actions.includes('*')) return [wordsOf('everyAction')];
  if (actions.every(isS3Action)) return [wordsOf('everyBucket')];
  return actions.some(isOnResources) ? [wordsOf('everyResource')] : [];
}

/** True if conditions let only some callers pass, such as those of an account. */
function restrictCallers(conditions: GrantConditions): boolean {
  return Object.entries(conditions).some(([key, values]) => {
    // A condition with an intrinsic function for its keys may restrict anything.
    if (key === 'condition' || key.endsWith(' ')) return true;
    const isRestricting = RESTRICTING_OPERATOR.test(key) && !NEGATED_OPERATOR.test(key);
    const allowsAny = values.some((value) => ANY_VALUE.test(value));
    return isRestricting && !allowsAny && CALLER.test(key);
  });
}

function isEveryResource(resource: Pattern): boolean {
  if (typeof resource !== 'string') return false;
  const arn = arnOf(resource);
  return resource === '*' || (arn?.service === 's3' && arn.resource.startsWith('*'));
}

function isS3Action(action: Pattern): boolean {
  return typeof action === 'string' && action.startsWith('s3:');
}

/** Actions on an account take `*` only. */
function isOnResources(action: Pattern): boolean {
  return typeof action !== 'string' || !ACCOUNT_ACTION.test(action);
}
