import type { Resource } from '@infra/common/template';
import { wordsOf } from '../messages';
import type { BeforeAndAfter } from '../model/entry';
import type { Effect } from '../model/finding';
import { conditionalItems } from '../read/conditional-items';

const ALARM = /^AWS::CloudWatch::(Composite)?Alarm$/;

/** Effect of an alarm that acted so far, and no longer does: its actions are off, or none is left. */
export function silentAlarmEffects({ before, after }: BeforeAndAfter<Resource>): Effect[] {
  if (!ALARM.test(after.Type) || !acts(before) || acts(after)) return [];
  return [{ level: 'weaker', sentence: wordsOf('alarmSilent') }];
}

/** True if an alarm has an action, at least in one branch of a condition. */
function acts({ Properties = {} }: Resource): boolean {
  const isOff = String(Properties['ActionsEnabled']) === 'false';
  return !isOff && conditionalItems(Properties['AlarmActions']).length > 0;
}
