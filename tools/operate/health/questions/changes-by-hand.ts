import { joined, type Message, untranslated } from '@infra/common/message';
import { groupBy } from '@infra/common/values';
import { findChangesByHand, sentenceOf } from '../../../deployed/changed-by-hand/changed-by-hand';
import { deployedResourcesOf } from '../../../deployed/changed-by-hand/deployed-resources';
import { describeRule } from '../../../deployed/changed-by-hand/security-groups';
import { Part, type StackPart } from '../../../../lib/contract';
import type { Change, NotCompared } from '../../../deployed/changed-by-hand/findings';
import type { Environment } from '../../../deployed/environment';
import { type Answer, NOTHING_WRONG, personMustLook, wrongAnswer } from '../answer';
import type { Question } from '../question';
import { words } from './words';

/** Question on changes of the stack's resources that no deployment made. */
export const CHANGES_BY_HAND: Question = {
  id: 'by-hand',
  statement: words.statements.byHand,
  firstAskedBy: 'doctor',
  ask: checkChangesByHand,
};

async function checkChangesByHand(environment: Environment): Promise<Answer> {
  const { changes, notCompared } = await findChangesByHand(environment);
  if (changes.length > 0) {
    const fixes = new Set(changes.map(({ fix }) => fix));
    return wrongAnswer({
      says: untranslated(withGroupNames(environment, resourceTexts(changes).join('\n'))),
      fix: [...fixes].join('\n'),
    });
  }
  // `unsupported`: AWS cannot compare resources of the type, so that there is nothing for a person to do.
  const comparable = notCompared.filter(({ cause }) => cause !== 'unsupported');
  if (comparable.length === 0) return NOTHING_WRONG;
  return personMustLook({ says: joined(notComparedLines(comparable)) });
}

/** A line for each reason, with the type of a single resource, or the number of several. */
function notComparedLines(notCompared: readonly NotCompared[]): Message[] {
  const byReason = groupBy(notCompared, ({ reason }) => reason);
  return [...byReason].map(([reason, ofReason]) => {
    const types = new Set(ofReason.map(({ type }) => type));
    const [type] = types.size === 1 ? types : [];
    return words.byHand.notCompared({ type, resourceCount: ofReason.length, reason });
  });
}

/** Start of a physical id that is an ARN, up to the part that names the resource: `arn:aws:ecs:<region>:<account>:`. */
const ARN_PREFIX = /^arn:([^:]*:){4}/;

const LEADS_USERS = words.byHand.consequences.leadsUsers();
const STOPS_OR_STARTS = words.byHand.consequences.stopsOrStarts();

/** A part of the stack, and a sentence for readers who do not know AWS. */
type Consequence = readonly [part: StackPart, sentence: string];

/** Sentences on what parts do in the environment. */
const CONSEQUENCES: readonly Consequence[] = [
  [Part.scalableTarget, words.byHand.consequences.boundsTasks()],
  [Part.vpc, words.byHand.consequences.resolvesNames()],
  [Part.httpListener, LEADS_USERS],
  [Part.httpsListener, LEADS_USERS],
  [Part.firewallAssociation, words.byHand.consequences.placesFirewall()],
  [Part.startDatabase, STOPS_OR_STARTS],
  [Part.startTasks, STOPS_OR_STARTS],
  [Part.stopTasks, STOPS_OR_STARTS],
  [Part.stopDatabase, STOPS_OR_STARTS],
];

/** A text with the name of each security group of the stack before its id. */
function withGroupNames(environment: Environment, text: string): string {
  let named = text;
  for (const { type, physicalId, properties } of deployedResourcesOf(environment)) {
    const name = properties['GroupName'];
    if (type !== 'AWS::EC2::SecurityGroup' || typeof name !== 'string') continue;
    named = named.replaceAll(physicalId, `${name} (${physicalId})`);
  }
  return named;
}

/** A text for each changed resource. */
function resourceTexts(changes: readonly Change[]): string[] {
  const changesByResource = groupBy(changes, ({ physicalId }) => physicalId);
  return [...changesByResource.values()].map(resourceText);
}

/** Sentences on the changes, at least one, of a resource. */
function resourceText(changesOfResource: readonly Change[]): string {
  const [firstChange] = changesOfResource;
  if (!firstChange) return '';
  const { type, path, physicalId, properties } = firstChange;
  const name = physicalId.replace(ARN_PREFIX, '');
  const changes = changesOfResource.map(sentenceOf);
  if (type === 'AWS::EC2::SecurityGroupIngress') {
    const group = typeof properties['GroupId'] === 'string' ? properties['GroupId'] : undefined;
    return words.byHand.changedRule({ name, type, traffic: describeRule(properties), group, changes });
  }
  const [, consequence = ''] = CONSEQUENCES.find(([part]) => part.path === path) ?? [];
  return words.byHand.changed({ name, type, changes, consequence });
}
