import { ElasticLoadBalancingV2 } from '@aws-sdk/client-elastic-load-balancing-v2';
import { HEALTH_CHECK_PATH, Part } from '@infra/commands/app';
import { isComparedByCloudFormation } from '@infra/doctor/changed-by-hand/coverage';
import { physicalIdOf, readStack } from '@infra/operate/deployed/deployed-stack';
import { OWN_STACK_NAME, REHEARSAL } from './environment';
import { runProoflink } from './processes';
import type { StageResult, Verdict } from './stage';

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
  // A call that was killed has changed it already.
  if (!before.isChangeSeen) await changeByHand();
  const changed = await drift();
  const reversal = await runProoflink(['revert-drift', REHEARSAL, '--yes']);
  const reverted = await drift();

  const isReverted = changed.isChangeSeen && reversal.exitCode === 0 && !reverted.isChangeSeen;
  const reversalVerdict = { row: 'change-by-hand-reverted', holds: isReverted, seen: reversal.lines };
  return {
    verdicts: [...verdictsOn(before), reversalVerdict],
    evidence: [...before.lines, ...changed.lines, ...reverted.lines],
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
function verdictsOn({ exitCode, lines, isChangeSeen }: Drift): Verdict[] {
  if (exitCode === COULD_NOT_COMPARE || isChangeSeen) return [];
  const smallPrint = lines.filter((line) => line.startsWith(SMALL_PRINT));
  const typesNothingCompares = smallPrint.flatMap((line) => line.match(RESOURCE_TYPE) ?? []);
  const areTypesCompared = !typesNothingCompares.some(isComparedByCloudFormation);
  const isSupported = !lines.some((line) => line.includes(END_OF_SUPPORT));
  return [
    { row: 'no-drift-after-deploy', holds: exitCode === 0, seen: lines },
    { row: 'compared-types', holds: areTypesCompared, seen: smallPrint },
    {
      row: 'no-extended-support',
      holds: isSupported,
      seen: [`${END_OF_SUPPORT}: ${isSupported ? 'no drift' : 'drift'}`],
    },
  ];
}
