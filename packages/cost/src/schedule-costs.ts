import { type NamedResource, referencedIds } from '@infra/common/template';
import { valueAtPath } from '@infra/common/values';
import type { Bill } from './bill';
import { firingsPerMonth } from './firing-times';
import { formatQuantity } from './format-amounts';
import type { Pricers } from './pricer';

/** Lists schedules, and the automations of Systems Manager that they start. No price of either is known. */
export const SCHEDULE_PRICERS: Pricers = {
  'AWS::Scheduler::Schedule': listUnpricedSchedules,
};

/** Part of the ARN by which a schedule starts an automation: `arn:aws:scheduler:::aws-sdk:ssm:startAutomationExecution`. */
const START_AUTOMATION = ':ssm:startAutomationExecution';

function listUnpricedSchedules(schedules: readonly NamedResource[], bill: Bill): void {
  const { schedules: words } = bill.words;
  bill.listUnpriced(words.usage({ count: schedules.length }), words.reason);
  const automationSchedules = schedules.filter(startsAutomation);
  if (automationSchedules.length > 0) {
    const count = automationsPerMonth(automationSchedules);
    const usage = count === undefined ? words.unknownAutomations : words.automations({ count: formatQuantity(count) });
    bill.listUnpriced(usage, words.reasonForAutomations);
  }
}

function startsAutomation({ properties }: NamedResource): boolean {
  // Fn::Join makes the ARN of texts and references: `referencedIds` returns both.
  const partsOfArn = referencedIds(valueAtPath(properties, 'Target', 'Arn'));
  return partsOfArn.some((part) => part.includes(START_AUTOMATION));
}

/** Number of automations that the schedules start in a month; `undefined` if it cannot be read. */
function automationsPerMonth(automationSchedules: readonly NamedResource[]): number | undefined {
  let count = 0;
  for (const schedule of automationSchedules) {
    const firings = firingsPerMonth(schedule);
    if (firings === undefined) return undefined;
    count += firings;
  }
  return count;
}
