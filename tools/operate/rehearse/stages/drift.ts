import { ElasticLoadBalancingV2 } from '@aws-sdk/client-elastic-load-balancing-v2';
import { HEALTH_CHECK_PATH, Part } from '../../../../lib/contract';
import { COMPARED_BY_CLOUDFORMATION } from '../../../deployed/changed-by-hand/cloudformation-drift';
import { physicalIdOf } from '../../../deployed/deployed-stack';
import { readDeployedRehearsal } from '../deployed-rehearsal';
import type { Observation } from '../observation';
import { requireCredentials } from '../own-stack';
import { OWN_STACK_NAME } from '../environment';
import { runProoflink } from '../processes';
import { type Rehearsal, StageFailedError, type StageResult } from '../rehearsal';
import { words } from '../words';
import { cdkDeploy } from './deploy';

/** Path to which the application answers as to that of the template. */
const CHANGED_PATH = `${HEALTH_CHECK_PATH}?changed-by-hand`;

/** Exit code of `drift` if it could not ask AWS. */
const COULD_NOT_COMPARE = 2;

/** Small print of the report. It names types only where it lists those that nothing compares. */
const SMALL_PRINT = '<sub>';
const RESOURCE_TYPE = /\w+::\w+::\w+/g;
/** Name of the property `EngineLifecycleSupport` in the report, as words in English. */
const END_OF_SUPPORT = /engine ?lifecycle ?support/i;

/** Expects no drift, then changes the path of the health check by hand, which harms nothing. */
export async function changeByHand(rehearsal: Rehearsal): Promise<StageResult> {
  const { exitCode, lines } = await drift();
  // An earlier call was left after its change.
  if (lines.some((line) => line.includes(CHANGED_PATH))) return { words: lines };
  const observations = observationsOfDrift(exitCode, lines);
  if (exitCode !== 0) throw new StageFailedError(words.driftBefore({ exitCode }), { words: lines, observations });
  const stack = await readDeployedRehearsal(rehearsal);
  const TargetGroupArn = physicalIdOf(stack, Part.targetGroup);
  const elb = stack.client(ElasticLoadBalancingV2);
  await elb.modifyTargetGroup({ TargetGroupArn, HealthCheckPath: CHANGED_PATH });
  return { words: [...lines, words.changedByHand({ path: CHANGED_PATH })], observations };
}

/** Expects that `drift` sees the change by hand, and that a deployment reverts it. */
export async function seeAndRevertDrift(rehearsal: Rehearsal): Promise<StageResult> {
  const changed = await drift();
  const isSeen = changed.exitCode === 1 && changed.lines.some((line) => line.includes(CHANGED_PATH));
  if (!isSeen) throw notReverted(words.driftUnseen({ exitCode: changed.exitCode }), changed.lines);
  await requireCredentials(rehearsal);
  await cdkDeploy(rehearsal, '--revert-drift');
  const reverted = await drift();
  if (reverted.exitCode !== 0) throw notReverted(words.driftAfter({ exitCode: reverted.exitCode }), reverted.lines);
  const lines = [...changed.lines, ...reverted.lines];
  return { words: lines, observations: [{ row: 'change-by-hand-reverted', outcome: 'seen', words: lines }] };
}

function notReverted(message: string, lines: readonly string[]): StageFailedError {
  return new StageFailedError(message, {
    words: lines,
    observations: [{ row: 'change-by-hand-reverted', outcome: 'refuted', words: lines }],
  });
}

async function drift(): Promise<{ readonly exitCode: number; readonly lines: string[] }> {
  const { exitCode, stdout } = await runProoflink(['drift', OWN_STACK_NAME]);
  return { exitCode, lines: stdout.trim().split('\n') };
}

function observationsOfDrift(exitCode: number, lines: readonly string[]): Observation[] {
  if (exitCode === COULD_NOT_COMPARE) return [];
  const outcome = exitCode === 0 ? 'seen' : 'refuted';
  const lifecycleChange = lines.filter((line) => END_OF_SUPPORT.test(line));
  const isCompared = !typesNothingCompares(lines).some((type) => COMPARED_BY_CLOUDFORMATION.has(type));
  return [
    { row: 'no-drift-after-deploy', outcome, words: lines },
    { row: 'compared-types', outcome: isCompared ? 'seen' : 'refuted', words: lines },
    { row: 'no-extended-support', outcome: lifecycleChange.length === 0 ? 'seen' : 'refuted', words: lines },
  ];
}

function typesNothingCompares(lines: readonly string[]): string[] {
  const smallPrint = lines.filter((line) => line.startsWith(SMALL_PRINT));
  return smallPrint.flatMap((line) => line.match(RESOURCE_TYPE) ?? []);
}
