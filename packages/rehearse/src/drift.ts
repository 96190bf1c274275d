import { ElasticLoadBalancingV2 } from '@aws-sdk/client-elastic-load-balancing-v2';
import { HEALTH_CHECK_PATH, Part } from '@infra/commands/app';
import { isComparedByCloudFormation } from '@infra/doctor/changed-by-hand/coverage';
import { physicalIdOf, readStack } from '@infra/operate/deployed/deployed-stack';
import { OWN_STACK_NAME, REHEARSAL } from './environment';
import { runProoflink } from './processes';
import type { Refutation, StageResult } from './stage';
import { words } from './words';

/** Path to which the application answers as to that of the template. */
const CHANGED_PATH = `${HEALTH_CHECK_PATH}?changed-by-hand`;

/** Exit code of `drift` if it could not ask AWS. */
const COULD_NOT_COMPARE = 2;

/** Small print of the report. It names types only where it lists those that nothing compares. */
const SMALL_PRINT = '<sub>';
const RESOURCE_TYPE = /\w+::\w+::\w+/g;
/** Property of the database in the report. */
const END_OF_SUPPORT = 'EngineLifecycleSupport';

/** Expects no drift; changes the health check's path by hand, which harms nothing; expects that it is seen, and reverted. */
export async function compareAndRevert(): Promise<StageResult> {
  const before = await drift();
  const { seen, refuted } = verdictsOn(before);
  // A call that was killed has changed it already.
  if (!before.isChangeSeen) await changeByHand();
  const changed = await drift();
  const reversal = await runProoflink(['revert-drift', REHEARSAL, '--yes']);
  const reverted = await drift();

  const isReverted = changed.isChangeSeen && reversal.exitCode === 0 && !reverted.isChangeSeen;
  const lines = [...changed.lines, ...reversal.lines, ...reverted.lines];
  if (isReverted) seen.push('change-by-hand-reverted');
  else refuted.push({ row: 'change-by-hand-reverted', words: lines });
  return {
    failure: isReverted ? undefined : words.notReverted({ exitCode: reversal.exitCode }),
    seen,
    refuted,
    evidence: [...before.lines, ...lines],
  };
}

async function changeByHand(): Promise<void> {
  const stack = await readStack(REHEARSAL);
  const TargetGroupArn = physicalIdOf(stack, Part.targetGroup);
  await stack.client(ElasticLoadBalancingV2).modifyTargetGroup({ TargetGroupArn, HealthCheckPath: CHANGED_PATH });
}

interface Drift {
  readonly exitCode: number;
  readonly lines: readonly string[];
  readonly isChangeSeen: boolean;
}

async function drift(): Promise<Drift> {
  const { exitCode, stdout } = await runProoflink(['drift', OWN_STACK_NAME]);
  const lines = stdout.trim().split('\n');
  return { exitCode, lines, isChangeSeen: lines.some((line) => line.includes(CHANGED_PATH)) };
}

/** Verdicts of a comparison before anything was changed by hand; none if AWS could not be asked. */
function verdictsOn({ exitCode, lines, isChangeSeen }: Drift): { seen: string[]; refuted: Refutation[] } {
  const seen: string[] = [];
  const refuted: Refutation[] = [];
  if (exitCode === COULD_NOT_COMPARE || isChangeSeen) return { seen, refuted };
  const smallPrint = lines.filter((line) => line.startsWith(SMALL_PRINT));
  const typesNothingCompares = smallPrint.flatMap((line) => line.match(RESOURCE_TYPE) ?? []);
  const holds: Readonly<Record<string, boolean>> = {
    'no-drift-after-deploy': exitCode === 0,
    'compared-types': !typesNothingCompares.some(isComparedByCloudFormation),
    'no-extended-support': !lines.some((line) => line.includes(END_OF_SUPPORT)),
  };
  for (const [row, isTrue] of Object.entries(holds)) {
    if (isTrue) seen.push(row);
    else refuted.push({ row, words: lines });
  }
  return { seen, refuted };
}
