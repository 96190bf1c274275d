import { joined, type Message } from '@infra/common/message';
import { groupBy } from '@infra/common/values';
import { findChangesByHand, sentenceOf } from '@infra/deployed/changed-by-hand/changed-by-hand';
import type { FailedComparison } from '@infra/deployed/changed-by-hand/findings';
import type { Environment } from '@infra/deployed/environment';
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
  const { changes, failures } = await findChangesByHand(environment);
  if (changes.length > 0) {
    const changesByResource = groupBy(changes, ({ path, type }) => `${path} (${type})`);
    const lines = [...changesByResource].map(([resource, changesOfResource]) =>
      words.byHand.changed({ resource, changes: changesOfResource.map(sentenceOf) }),
    );
    const fixes = new Set(changes.map(({ fix }) => fix));
    return wrongAnswer({ says: joined(lines), fix: [...fixes].join('\n') });
  }
  if (failures.length === 0) return NOTHING_WRONG;
  return personMustLook({ says: joined(failureLines(failures)) });
}

/** A line for each reason, with the type of a single resource, or the number of several. */
function failureLines(failures: readonly FailedComparison[]): Message[] {
  const byReason = groupBy(failures, ({ reason }) => reason);
  return [...byReason].map(([reason, ofReason]) => {
    const types = new Set(ofReason.map(({ type }) => type));
    const [type] = types.size === 1 ? types : [];
    return words.byHand.notCompared({ type, resourceCount: ofReason.length, reason });
  });
}
