import { groupBy } from '@infra/common/values';
import { changedByHand, sentenceOf } from '../../../deployed/changed-by-hand/changed-by-hand';
import type { Change } from '../../../deployed/changed-by-hand/findings';
import type { Environment } from '../../../deployed/environment';
import { type Answer, lookAnswer, wrongAnswer } from '../answer';
import type { Question } from '../question';

/** Behind the questions that name a cause, before those that blame the application. */
export const BY_HAND_QUESTIONS: readonly Question[] = [
  {
    id: 'by-hand',
    statement: 'Nothing was changed by hand',
    depth: 'cause',
    ask: checkChangesByHand,
  },
];

/** Beginning of a physical id that is an ARN. */
const ARN_PREFIX = /^arn:([^:]*:){4}/;

/** Consequences of a change of a resource, by type, for readers who do not know AWS. */
const CONSEQUENCES: Readonly<Record<string, string>> = {
  'AWS::ApplicationAutoScaling::ScalableTarget': 'It bounds the number of web tasks.',
  'AWS::EC2::VPC': 'Its tasks find the database and AWS by names that it resolves.',
  'AWS::ElasticLoadBalancingV2::Listener': 'It leads users to the web tasks.',
  'AWS::Scheduler::Schedule': 'It stops or starts the environment.',
};

async function checkChangesByHand(environment: Environment): Promise<Answer | undefined> {
  const { changes, notCompared } = await changedByHand(environment);
  if (changes.length > 0) {
    const fixes = new Set(changes.map(({ fix }) => fix));
    return wrongAnswer(resourceTexts(changes).join('\n'), [...fixes].join('\n'));
  }
  const comparable = notCompared.filter(({ cause }) => cause !== 'unsupported');
  const reasons = new Set(comparable.map(({ type, reason }) => `${type} (${reason})`));
  if (reasons.size === 0) return undefined;
  return lookAnswer(`Not compared: ${[...reasons].join(', ')}.`);
}

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
