import { type Named, references } from '@infra/common/template';
import { within } from '@infra/common/values';
import type { Bill } from './bill';
import { formatQuantity } from './money';
import type { Pricers } from './pricer';
import { firingsPerMonth } from './firing-times';

/** Costs of schedules, and of the automations of Systems Manager that they start. */
export const SCHEDULE_PRICERS: Pricers = {
  'AWS::Scheduler::Schedule': listSchedules,
};

const START_AUTOMATION = ':ssm:startAutomationExecution';

function listSchedules(schedules: readonly Named[], bill: Bill): void {
  bill.listAsNotPriced(
    `Schedules: ${schedules.length}`,
    "Tokyo's price was not found; in us-east-1, 14 million calls per month are free.",
  );
  const automations = schedules.filter(startsAutomation);
  if (automations.length > 0) {
    bill.listAsNotPriced(
      `Systems Manager: ${describeRuns(automations)} automations`,
      'Paid by the step; neither the price nor the number of steps in AWS’s documents was found.',
    );
  }
}

function startsAutomation({ properties }: Named): boolean {
  const targetArn = references(within(properties, 'Target', 'Arn'));
  return String(targetArn).includes(START_AUTOMATION);
}

function describeRuns(automations: readonly Named[]): string {
  const runs = automations.reduce((sum, automation) => sum + firingsPerMonth(automation), 0);
  return Number.isNaN(runs) ? 'an unknown number of' : formatQuantity(runs);
}
