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
  bill.listUnpriced(
    `Schedules: ${schedules.length}`,
    "Tokyo's price was not found; in us-east-1, 14 million calls per month are free.",
  );
  const automationSchedules = schedules.filter(startsAutomation);
  if (automationSchedules.length > 0) {
    bill.listUnpriced(
      `Systems Manager: ${automationsPerMonth(automationSchedules)} automations`,
      'Paid by the step; neither the price nor the number of steps in AWS’s documents was found.',
    );
  }
}

function startsAutomation({ properties }: NamedResource): boolean {
  // Fn::Join makes the ARN of texts and references: `referencedIds` returns both.
  const partsOfArn = referencedIds(valueAtPath(properties, 'Target', 'Arn'));
  return partsOfArn.some((part) => part.includes(START_AUTOMATION));
}

/** Text of the number of automations that the schedules start in a month. */
function automationsPerMonth(automationSchedules: readonly NamedResource[]): string {
  let count = 0;
  for (const schedule of automationSchedules) {
    const firings = firingsPerMonth(schedule);
    if (firings === undefined) return 'an unknown number of';
    count += firings;
  }
  return formatQuantity(count);
}
