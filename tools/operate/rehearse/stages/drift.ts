import { ElasticLoadBalancingV2 } from '@aws-sdk/client-elastic-load-balancing-v2';
import { HEALTH_CHECK_PATH, Part } from '../../../../lib/contract';
import { COMPARED_BY_CLOUDFORMATION } from '../../../deployed/changed-by-hand/cloudformation-drift';
import { physicalIdOf } from '../../../deployed/deployed-stack';
import { readDeployedRehearsal } from '../deployed-rehearsal';
import { en } from '../en';
import type { Observation } from '../observation';
import { OWN_STACK_NAME, requireCredentials } from '../own-stack';
import { runProoflink } from '../processes';
import { type Rehearsal, StageFailedError, type StageResult } from '../rehearsal';
import { cdkDeploy } from './deploy';

/** Path to which the application answers as to that of the template. */
const CHANGED_PATH = `${HEALTH_CHECK_PATH}?changed-by-hand`;

/** Words of the report under which it lists types that nothing compares. */
const NOTHING_COMPARES = 'Nothing compares';
const RESOURCE_TYPE = /\w+::\w+::\w+/g;
const END_OF_SUPPORT = /engine lifecycle support/i;

/** Expects no drift, then changes the path of the health check by hand, which harms nothing. */
export async function changeByHand(rehearsal: Rehearsal): Promise<StageResult> {
  const { exitCode, words } = await drift();
  // An earlier call was left after its change.
  if (words.some((line) => line.includes(CHANGED_PATH))) return { words };
  const observations = observationsOfDrift(exitCode, words);
  if (exitCode !== 0) throw new StageFailedError(en.driftBefore({ exitCode }), { words, observations });
  const stack = await readDeployedRehearsal(rehearsal);
  const TargetGroupArn = physicalIdOf(stack, Part.targetGroup);
  const elb = stack.client(ElasticLoadBalancingV2);
  await elb.modifyTargetGroup({ TargetGroupArn, HealthCheckPath: CHANGED_PATH });
  return { words: [...words, en.changedByHand({ path: CHANGED_PATH })], observations };
}

/** Expects that `drift` sees the change by hand, and that a deployment reverts it. */
export async function seeAndRevertDrift(rehearsal: Rehearsal): Promise<StageResult> {
  const changed = await drift();
  const isSeen = changed.exitCode === 1 && changed.words.some((line) => line.includes(CHANGED_PATH));
  if (!isSeen) throw notReverted(en.driftUnseen({ exitCode: changed.exitCode }), changed.words);
  await requireCredentials(rehearsal);
  await cdkDeploy(rehearsal, '--revert-drift');
  const reverted = await drift();
  if (reverted.exitCode !== 0) throw notReverted(en.driftAfter({ exitCode: reverted.exitCode }), reverted.words);
  const words = [...changed.words, ...reverted.words];
  return { words, observations: [{ row: 'change-by-hand-reverted', outcome: 'seen', words }] };
}

function notReverted(message: string, words: readonly string[]): StageFailedError {
  return new StageFailedError(message, {
    words,
    observations: [{ row: 'change-by-hand-reverted', outcome: 'refuted', words }],
  });
}

async function drift(): Promise<{ readonly exitCode: number; readonly words: string[] }> {
  const { exitCode, stdout } = await runProoflink(['drift', OWN_STACK_NAME]);
  return { exitCode, words: stdout.trim().split('\n') };
}

function observationsOfDrift(exitCode: number, words: readonly string[]): Observation[] {
  const outcome = exitCode === 0 ? 'seen' : 'refuted';
  const lifecycleChange = words.filter((line) => END_OF_SUPPORT.test(line));
  const isCompared = !typesNothingCompares(words).some((type) => COMPARED_BY_CLOUDFORMATION.has(type));
  return [
    { row: 'no-drift-after-deploy', outcome, words },
    { row: 'compared-types', outcome: isCompared ? 'seen' : 'refuted', words },
    { row: 'no-extended-support', outcome: lifecycleChange.length === 0 ? 'seen' : 'refuted', words },
  ];
}

function typesNothingCompares(words: readonly string[]): string[] {
  const lines = words.filter((line) => line.includes(NOTHING_COMPARES));
  return lines.flatMap((line) => line.match(RESOURCE_TYPE) ?? []);
}
