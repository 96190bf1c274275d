import { joined, type Message } from '@infra/common/message';
import { groupBy } from '@infra/common/values';
import { findChangesByHand, type OnCompared, sentenceOf } from '../../changed-by-hand/changed-by-hand';
import { type Change, type FailedComparison, type Findings, isDeletion } from '../../changed-by-hand/findings';
import { isStackInProgress } from '@infra/operate/deployed/deployed-stack';
import type { Environment } from '@infra/operate/deployed/environment';
import { type Answer, NOTHING_WRONG, underwayAnswer, wrongAnswer } from '../answer';
import type { Question } from '../question';
import { words } from './words';

/**
 * Harm that a change by hand may do.
 * - `service`: users may be without service for it.
 * - `data`: it may lose data, or open it to others.
 * - `other`: neither.
 */
type Harm = 'service' | 'data' | 'other';

/** Questions on changes of the stack's resources that no deployment made: one for each harm that a change may do. */
export const CHANGES_BY_HAND: Readonly<Record<Harm, Question>> = {
  service: {
    id: 'by-hand-service',
    statement: words.statements.byHandService,
    firstAskedBy: 'doctor',
    stopsWebTasks: true,
    ask: (environment) => checkChangesByHand(environment, 'service'),
  },
  data: {
    id: 'by-hand-data',
    statement: words.statements.byHandData,
    firstAskedBy: 'doctor',
    stopsWebTasks: true,
    ask: (environment) => checkChangesByHand(environment, 'data'),
  },
  other: {
    id: 'by-hand',
    statement: words.statements.byHand,
    firstAskedBy: 'doctor',
    ask: (environment) => checkChangesByHand(environment, 'other'),
  },
};

/** Services of AWS through which a request travels. */
const SERVICES_ON_THE_WAY: ReadonlySet<string> = new Set([
  'CertificateManager',
  'EC2',
  'ECS',
  'ElasticLoadBalancingV2',
  'Route53',
]);

/** Services of AWS that keep data, or decide who reads it. */
const SERVICES_WITH_DATA: ReadonlySet<string> = new Set(['IAM', 'RDS', 'S3', 'SecretsManager', 'WAFv2']);

/** Properties that a request does not need, such as `TargetGroupAttributes` and `Tags`. */
const SETTINGS_BESIDE_THE_WAY = /Attributes|Tags/;

function harmOf(change: Change): Harm {
  // AWS::EC2::SecurityGroup
  const [, service = ''] = change.type.split('::');
  const isOnTheWay = isDeletion(change) || !SETTINGS_BESIDE_THE_WAY.test(change.property);
  if (SERVICES_ON_THE_WAY.has(service) && isOnTheWay) return 'service';
  return SERVICES_WITH_DATA.has(service) ? 'data' : 'other';
}

const foundChanges = new WeakMap<Environment, Promise<Findings>>();

/** Changes by hand in an environment, which is compared once for all questions on them. */
export function changesByHandIn(environment: Environment, onCompared?: OnCompared): Promise<Findings> {
  const found = foundChanges.get(environment) ?? findChangesByHand(environment, undefined, onCompared);
  foundChanges.set(environment, found);
  return found;
}

async function checkChangesByHand(environment: Environment, harm: Harm): Promise<Answer> {
  const { changes, failures } = await changesByHandIn(environment);
  const changesOfHarm = changes.filter((change) => harmOf(change) === harm);
  if (changesOfHarm.length > 0) {
    const changesByResource = groupBy(changesOfHarm, ({ path, type }) => `${path} (${type})`);
    const lines = [...changesByResource].map(([resource, changesOfResource]) =>
      words.byHand.changed({ resource, changes: changesOfResource.map(sentenceOf) }),
    );
    return wrongAnswer({ says: joined(lines), fix: fixOf(changesOfHarm) });
  }
  // A resource that was not compared may be of any harm: it is reported once.
  if (failures.length === 0 || harm !== 'other') return NOTHING_WRONG;
  const says = joined(failureLines(failures));
  // Nothing is compared during a deployment.
  if (isStackInProgress(environment)) return underwayAnswer(says);
  return { result: 'unknown', says, missingRights: failures.flatMap(({ missingRight }) => missingRight ?? []) };
}

/** Commands that undo all changes by hand; `undefined` without a change. */
export async function fixOfAllChanges(environment: Environment): Promise<string | undefined> {
  const { changes } = await changesByHandIn(environment);
  return changes.length > 0 ? fixOf(changes) : undefined;
}

/** Commands that undo changes, each once. */
export function fixOf(changes: readonly Change[]): string {
  const fixes = new Set(changes.map(({ fix }) => fix));
  return [...fixes].join('\n');
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
