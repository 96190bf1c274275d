import type { Resource } from '@infra/common/template';
import { isTrue, stableJson, valueAtPath } from '@infra/common/values';
import { wordsOf } from '../messages';
import { type BeforeAndAfter, isCertain, type Replacement } from '../model/entry';
import type { Effect } from '../model/finding';

const GROUP = 'AWS::AutoScaling::AutoScalingGroup';

/** Properties that say from what instances start. */
const TEMPLATES = ['LaunchTemplate', 'LaunchConfigurationName', 'MixedInstancesPolicy'];

/** Effect of another template on the instances that run: the update policy decides, unless the group itself is replaced. */
export function runningInstanceEffects(
  { before, after }: BeforeAndAfter<Resource>,
  replacement: Replacement | undefined,
): Effect[] {
  const hasOtherTemplate = after.Type === GROUP && templatesOf(before) !== templatesOf(after);
  if (!hasOtherTemplate || isCertain(replacement)) return [];
  const policy = valueAtPath(after, 'UpdatePolicy');
  const isRolling = valueAtPath(policy, 'AutoScalingRollingUpdate') !== undefined;
  const isReplacing = isTrue(valueAtPath(policy, 'AutoScalingReplacingUpdate', 'WillReplace'));
  const message = isRolling || isReplacing ? 'instancesReplaced' : 'instancesStay';
  return [{ level: 'look', sentence: wordsOf(message) }];
}

function templatesOf({ Properties }: Resource): string {
  return stableJson(TEMPLATES.map((name) => Properties?.[name]));
}
