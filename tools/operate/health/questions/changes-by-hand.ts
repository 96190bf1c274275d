import { groupBy } from '@infra/common/values';
import { countText } from '@infra/common/words';
import { findChangesByHand, sentenceOf } from '../../../deployed/changed-by-hand/changed-by-hand';
import { deployedResourcesOf } from '../../../deployed/changed-by-hand/deployed-resources';
import { describeRule } from '../../../deployed/changed-by-hand/security-groups';
import { Part, type StackPart } from '../../../../lib/contract';
import type { Change, NotCompared } from '../../../deployed/changed-by-hand/findings';
import type { Environment } from '../../../deployed/environment';
import { en } from '../../en';
import { type Answer, NOTHING_WRONG, personMustLook, wrongAnswer } from '../answer';
import type { Question } from '../question';

/** Question on changes of the stack's resources that no deployment made. */
export const CHANGES_BY_HAND: Question = {
  id: 'by-hand',
  statement: 'Nothing was changed by hand',
  firstAskedBy: 'doctor',
  ask: checkChangesByHand,
};

async function checkChangesByHand(environment: Environment): Promise<Answer> {
  const { changes, notCompared } = await findChangesByHand(environment);
  if (changes.length > 0) {
    const fixes = new Set(changes.map(({ fix }) => fix));
    return wrongAnswer({
      says: withGroupNames(environment, resourceTexts(changes).join('\n')),
      fix: [...fixes].join('\n'),
    });
  }
  // `unsupported`: AWS cannot compare resources of the type, so that there is nothing for a person to do.
  const comparable = notCompared.filter(({ cause }) => cause !== 'unsupported');
  if (comparable.length === 0) return NOTHING_WRONG;
  return personMustLook({ says: notComparedLines(comparable).join('\n') });
}

/** A line for each reason, with the type of a single resource, or the number of several. */
function notComparedLines(notCompared: readonly NotCompared[]): string[] {
  const byReason = groupBy(notCompared, ({ reason }) => reason);
  return [...byReason].map(([reason, ofReason]) => {
    const types = [...new Set(ofReason.map(({ type }) => type))];
    const resources = types.length === 1 ? types.join() : countText(ofReason.length, 'resource');
    return en.health.notCompared({ resources, reason });
  });
}

/** Start of a physical id that is an ARN, up to the part that names the resource: `arn:aws:ecs:<region>:<account>:`. */
const ARN_PREFIX = /^arn:([^:]*:){4}/;

const LEADS_USERS = 'It leads users to the web tasks.';
const STOPS_OR_STARTS = 'It stops or starts the environment.';

/** A part of the stack, and a sentence for readers who do not know AWS. */
type Consequence = readonly [part: StackPart, sentence: string];

/** Sentences on what parts do in the environment. */
const CONSEQUENCES: readonly Consequence[] = [
  [Part.scalableTarget, 'It bounds the number of web tasks.'],
  [Part.vpc, 'Its tasks find the database and AWS by names that it resolves.'],
  [Part.httpListener, LEADS_USERS],
  [Part.httpsListener, LEADS_USERS],
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

/** Purpose of a changed resource, as the words after its name; empty for most types. */
function purposeOf({ type, properties }: Change): string {
  if (type !== 'AWS::EC2::SecurityGroupIngress') return '';
  const group = properties['GroupId'];
  return ` that admits ${describeRule(properties)}${typeof group === 'string' ? ` to ${group}` : ''}`;
}

/** A text for each changed resource. */
function resourceTexts(changes: readonly Change[]): string[] {
  const changesByResource = groupBy(changes, ({ physicalId }) => physicalId);
  return [...changesByResource].map(([physicalId, changesOfResource]) => {
    const [firstChange] = changesOfResource;
    const type = firstChange?.type ?? '';
    const name = physicalId.replace(ARN_PREFIX, '');
    const sentences = changesOfResource.map(sentenceOf).join(', ');
    const purpose = firstChange ? purposeOf(firstChange) : '';
    const text = `${name} (${type})${purpose}: ${sentences}.`;
    const [, consequence] = CONSEQUENCES.find(([part]) => part.path === firstChange?.path) ?? [];
    return consequence === undefined ? text : `${text} ${consequence}`;
  });
}
