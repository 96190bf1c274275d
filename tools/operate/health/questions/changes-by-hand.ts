import { groupBy } from '@infra/common/values';
import { findChangesByHand, sentenceOf } from '../../../deployed/changed-by-hand/changed-by-hand';
import type { Change } from '../../../deployed/changed-by-hand/findings';
import type { Environment } from '../../../deployed/environment';
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
      says: resourceTexts(changes).join('\n'),
      fix: [...fixes].join('\n'),
    });
  }
  // `unsupported`: AWS cannot compare resources of the type, so that there is nothing for a person to do.
  const comparable = notCompared.filter(({ cause }) => cause !== 'unsupported');
  const reasons = new Set(comparable.map(({ type, reason }) => `${type} (${reason})`));
  if (reasons.size === 0) return NOTHING_WRONG;
  return personMustLook({ says: `Not compared: ${[...reasons].join(', ')}.` });
}

/** Start of a physical id that is an ARN, up to the part that names the resource: `arn:aws:ecs:<region>:<account>:`. */
const ARN_PREFIX = /^arn:([^:]*:){4}/;

/** Sentences, by resource type, on the part that a resource plays in the environment, for readers who do not know AWS. */
const CONSEQUENCES: Readonly<Record<string, string>> = {
  'AWS::ApplicationAutoScaling::ScalableTarget': 'It bounds the number of web tasks.',
  'AWS::EC2::VPC': 'Its tasks find the database and AWS by names that it resolves.',
  'AWS::ElasticLoadBalancingV2::Listener': 'It leads users to the web tasks.',
  'AWS::Scheduler::Schedule': 'It stops or starts the environment.',
};

/** A text for each changed resource. */
function resourceTexts(changes: readonly Change[]): string[] {
  const changesByResource = groupBy(changes, ({ physicalId }) => physicalId);
  return [...changesByResource].map(([physicalId, changesOfResource]) => {
    const type = changesOfResource[0]?.type ?? '';
    const name = physicalId.replace(ARN_PREFIX, '');
    const sentences = changesOfResource.map(sentenceOf).join(', ');
    const text = `${name} (${type}): ${sentences}.`;
    const consequence = CONSEQUENCES[type];
    return consequence === undefined ? text : `${text} ${consequence}`;
  });
}
