import { groupBy, stableJson } from '@infra/common/values';
import { type MessageId, wordsOf } from '../messages';
import { adviceFor } from '../messages/advice';
import { join, listOf, messageIn, type Words } from '../messages/words';
import type { BeforeAndAfter } from '../model/entry';
import type { Finding } from '../model/finding';
import { outcomeFinding } from '../outcome-finding';
import { IAM_IDENTITY } from '../read/iam-types';
import { isImplied } from '../read/evaluation';
import { nameOf, type StackComparison } from '../read/stack-comparison';
import type { TemplateReader } from '../read/template-reader';
import { uncovered } from '../uncovered';
import { gives, type Grant, type Implication, readSubject } from './grant';
import { grantsOf } from './grants';
import { isBrokenPolicy } from './policy-documents';
import { type RightsMessage, rightsSentences } from './rights-sentences';
import { withKnownPolicies } from './statements';

/** Finding on the rights of one subject. */
interface RightsFinding {
  /** Logical ID of the identity or the resource. */
  readonly id: string;
  /** True for the rights of a new identity, which are reported together with those of other new ones. */
  readonly isOfNewIdentity: boolean;
  readonly finding: Finding;
}

type Grants = BeforeAndAfter<readonly Grant[]>;

/** Signs of rights that are reported alone: anything is allowed, or anyone may have it. */
const BROAD_RIGHTS = [
  /"(everybody|everyAction|everyBucket)"/,
  /Administrator/,
  /"code":"(iam|sts):\*/,
  /"code":"arn:aws:iam::\d{12}/,
];

/** Rights that were added or removed, whichever policy grants them. */
export function rightsFindings(comparison: StackComparison): Finding[] {
  const { before, after } = comparison.resources;
  const grantsBefore = groupBy(grantsOf(before), ({ subject }) => subject);
  const grantsAfter = groupBy(grantsOf(after), ({ subject }) => subject);
  const subjects = new Set([...grantsAfter.keys(), ...grantsBefore.keys()]);
  const findings = [...subjects].flatMap((subject) => {
    const grants = { before: grantsBefore.get(subject) ?? [], after: grantsAfter.get(subject) ?? [] };
    return findingsOnSubject(subject, grants, comparison);
  });
  return joinNewIdentities(findings, comparison);
}

function findingsOnSubject(subject: string, grants: Grants, comparison: StackComparison): RightsFinding[] {
  const { id } = readSubject(subject);
  if (isIrrelevant(id, comparison) || hasDefaultPolicy(id, comparison)) return [];
  const title = wordsOf(titleOf(subject, grants, comparison), { name: nameOf(id, comparison) });
  if (Object.values(comparison.resources.after.get(id)?.Properties ?? {}).some(isBrokenPolicy)) {
    const finding = outcomeFinding('fails', title, [wordsOf('policyNoJson')]);
    return [{ id, isOfNewIdentity: false, finding }];
  }
  const allowed = grantsOfKind(grants, false);
  const denied = grantsOfKind(grants, true);
  const newRights = [
    ...sentencesOn('may', 'after', allowed, comparison),
    ...sentencesOn('notDenied', 'before', denied, comparison),
  ];
  // The policy of an endpoint only limits what its callers may do anyway.
  const isEndpoint = comparison.resources.after.get(id)?.Type === 'AWS::EC2::VPCEndpoint';
  const added = isEndpoint ? newRights.filter((sentence) => messageIn(sentence)?.message !== 'everybody') : newRights;
  const removed = [
    ...sentencesOn('mayNot', 'before', allowed, comparison),
    ...sentencesOn('denied', 'after', denied, comparison),
  ];
  const findings: RightsFinding[] = [];
  if (added.length > 0) {
    const isOfNewIdentity = isNewIdentity(subject, comparison) && !isBroad(added);
    const finding = outcomeFinding('weaker', title, added);
    findings.push({ id, isOfNewIdentity, finding });
  }
  if (removed.length > 0) {
    const finding = outcomeFinding('look', title, removed);
    findings.push({ id, isOfNewIdentity: false, finding });
  }
  return findings;
}

/** A removed resource needs no rights any more. What a policy denied goes with it. */
function isIrrelevant(id: string, { resources }: StackComparison): boolean {
  const removed = resources.after.has(id) ? undefined : resources.before.get(id);
  return removed !== undefined && !removed.Type.endsWith('Policy');
}

/** True for an endpoint that lost its policy: the default one allows everything, which its value reports. */
function hasDefaultPolicy(id: string, { resources }: StackComparison): boolean {
  const endpoint = resources.after.get(id);
  return endpoint?.Type === 'AWS::EC2::VPCEndpoint' && endpoint.Properties?.['PolicyDocument'] === undefined;
}

function grantsOfKind({ before, after }: Grants, isOfDeny: boolean): Grants {
  return {
    before: before.filter(({ isDeny }) => isDeny === isOfDeny),
    after: after.filter(({ isDeny }) => isDeny === isOfDeny),
  };
}

/** Sentences on grants of one side that the other one does not give. */
function sentencesOn(message: RightsMessage, side: keyof Grants, grants: Grants, comparison: StackComparison): Words[] {
  const otherSide = side === 'before' ? 'after' : 'before';
  const { [side]: reader, [otherSide]: otherReader } = comparison.readers;
  const others = grants[otherSide];
  const changed = uncovered(grants[side], withKnownPolicies(others), givesFrom(reader, otherReader));
  return rightsSentences(message, changed, others, comparison);
}

/** Compares grants of two sides; a negated condition implies another one if that, negated, implies it. */
function givesFrom(narrowSide: TemplateReader, wideSide: TemplateReader): (wide: Grant, narrow: Grant) => boolean {
  const isConditionImplied: Implication = (condition, other) => {
    const [name, ...truth] = condition.split(' ');
    const [otherName, ...otherTruth] = other.split(' ');
    if (truth.join() !== otherTruth.join()) return false;
    const isNegated = truth.length > 1;
    return isNegated
      ? isImplied({ before: otherName, after: name }, { before: wideSide, after: narrowSide })
      : isImplied({ before: name, after: otherName }, { before: narrowSide, after: wideSide });
  };
  return (wide, narrow) => gives(wide, narrow, isConditionImplied);
}

function titleOf(subject: string, { before, after }: Grants, { resources }: StackComparison): MessageId {
  const { id, isTrust, isOwn } = readSubject(subject);
  if (isTrust) return 'subject.trust';
  if (isOwn && isIdentity(id, resources)) return 'subject.rights';
  // A policy without principals says what those may do who have it, whoever that is.
  return [...before, ...after].some(({ isResourcePolicy }) => isResourcePolicy) ? 'subject.use' : 'subject.allowed';
}

/** True for a role, a user or a group, which may also be outside the template. */
function isIdentity(id: string, { before, after }: StackComparison['resources']): boolean {
  const resource = after.get(id) ?? before.get(id);
  return resource === undefined || IAM_IDENTITY.test(resource.Type);
}

function isNewIdentity(subject: string, { resources }: StackComparison): boolean {
  const { id, isTrust, isOwn } = readSubject(subject);
  const isAdded = resources.after.has(id) && !resources.before.has(id);
  const isOfIdentity = isTrust || (isOwn && isIdentity(id, resources));
  return isAdded && isOfIdentity;
}

/** True if a new identity may do anything, or anyone may have it. */
function isBroad(sentences: readonly Words[]): boolean {
  const text = stableJson(sentences);
  return BROAD_RIGHTS.some((pattern) => pattern.test(text));
}

/** The rights of several new identities are one finding, after the others. */
function joinNewIdentities(findings: readonly RightsFinding[], comparison: StackComparison): Finding[] {
  const ofNewIdentities = findings.filter(({ isOfNewIdentity }) => isOfNewIdentity);
  const isJoined = ofNewIdentities.length > 1;
  const separate = isJoined ? findings.filter(({ isOfNewIdentity }) => !isOfNewIdentity) : findings;
  const joined = isJoined ? [joinedFinding(ofNewIdentities, comparison)] : [];
  return [...separate.map(({ finding }) => finding), ...joined];
}

function joinedFinding(findings: readonly RightsFinding[], comparison: StackComparison): Finding {
  const names = new Set(findings.map(({ id }) => nameOf(id, comparison)));
  // A long list is cut at its end.
  const sentences = worstFirst(findings).map(({ finding }) => joinedSentence(finding));
  const originalSentences = findings.flatMap(({ finding }) => finding.sentences);
  return {
    level: 'weaker',
    subject: wordsOf('subject.newRoles', { names: listOf([...names]) }),
    sentences,
    changes: [],
    advice: adviceFor(originalSentences),
  };
}

/** Those with a warning about a `*` first. */
function worstFirst(findings: readonly RightsFinding[]): RightsFinding[] {
  const warns = ({ finding }: RightsFinding) => Number(stableJson(finding.sentences).includes('"everyResource"'));
  return [...findings].sort((one, other) => warns(other) - warns(one));
}

function joinedSentence({ subject, sentences }: Finding): Words {
  return [...subject, ': ', ...join(sentences, ' ')];
}
