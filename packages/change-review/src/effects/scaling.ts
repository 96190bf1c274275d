import type { Resource } from '@infra/common/template';
import { stableJson } from '@infra/common/values';
import { wordsOf } from '../messages';
import type { Effect } from '../model/finding';
import { describeValue, type StackComparison } from '../read/stack-comparison';
import { SCALING_POLICY } from '../rules/presence';

/** Properties that name what a policy scales. */
const TARGET_PROPERTIES = ['AutoScalingGroupName', 'ScalingTargetId', 'ResourceId'];

/** Effect of removing a scaling policy: its target still scales if another policy of it stays. */
export function removedScalingEffects(removed: Resource, comparison: StackComparison): Effect[] {
  if (!SCALING_POLICY.test(removed.Type)) return [];
  const target = targetOf(removed);
  const policies = [...comparison.resources.after.values()].filter(({ Type }) => SCALING_POLICY.test(Type));
  const isStillScaled = policies.some((policy) => stableJson(targetOf(policy)) === stableJson(target));
  const sentence = isStillScaled
    ? wordsOf('gone.scalingPolicy', { target: describeValue(target, comparison) })
    : wordsOf('gone.scaling');
  return [{ level: 'look', sentence }];
}

function targetOf({ Properties }: Resource): unknown {
  const property = TARGET_PROPERTIES.find((name) => Properties?.[name] !== undefined);
  return property === undefined ? undefined : Properties?.[property];
}
