import { type NamedResource, referencedIds } from '@infra/common/template';
import { valueAtPath } from '@infra/common/values';
import type { Bill } from './bill';
import { firingsPerMonth } from './firing-times';
import { formatQuantity } from './format-amounts';
import type { Pricers } from './pricer';

/** Lists schedules, and the automations of Systems Manager that they start. No price of either is known. */
export const SCHEDULE_PRICERS: Pricers = {
  'AWS::Scheduler::Schedule': listSchedules,
};

/** End of the ARN by which a schedule starts an automation. */
const START_AUTOMATION = ':ssm:startAutomationExecution';

function listSchedules(schedules: readonly NamedResource[], bill: Bill): void {
  bill.listUnpriced(
    `Schedules: ${schedules.length}`,
    "Tokyo's price was not found; in us-east-1, 14 million calls per month are free.",
  );
  const automationSchedules = schedules.filter(startsAutomation);
  if (automationSchedules.length > 0) {
    bill.listUnpriced(
      `Systems Manager: ${describeCount(automationSchedules)} automations`,
      'Paid by the step; neither the price nor the number of steps in AWS’s documents was found.',
    );
  }
}

function startsAutomation({ properties }: NamedResource): boolean {
  // Texts, since Fn::Join has the ARN in pieces between references.
  const textsOfArn = referencedIds(valueAtPath(properties, 'Target', 'Arn'));
  return textsOfArn.some((text) => text.includes(START_AUTOMATION));
}

/** Number of automations that the schedules start in a month. */
function describeCount(automationSchedules: readonly NamedResource[]): string {
  let count = 0;
  for (const schedule of automationSchedules) {
    const firings = firingsPerMonth(schedule);
    if (firings === undefined) return 'an unknown number of';
    count += firings;
  }
  return formatQuantity(count);
}
