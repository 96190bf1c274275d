import { Match, Template } from 'aws-cdk-lib/assertions';
import { Budget } from '../../lib/constructs/budget';
import { newStack } from '../support/construct';

const BUDGET = 'AWS::Budgets::Budget';

const stack = newStack();
new Budget(stack, 'Budget', { amount: 60, email: 'night-watch@example.com' });
const template = Template.fromStack(stack);

/** A mail above a percentage of the amount. */
function mailAbove(percentage: number, type: 'ACTUAL' | 'FORECASTED') {
  return {
    Notification: {
      NotificationType: type,
      ComparisonOperator: 'GREATER_THAN',
      Threshold: percentage,
      ThresholdType: 'PERCENTAGE',
    },
    Subscribers: [{ SubscriptionType: 'EMAIL', Address: 'night-watch@example.com' }],
  };
}

test('AWS mails when 80 % is spent, and when the forecast exceeds the amount', () => {
  // A mail once the amount is spent would come too late to switch something off.
  template.hasResourceProperties(BUDGET, {
    NotificationsWithSubscribers: [mailAbove(80, 'ACTUAL'), mailAbove(100, 'FORECASTED')],
  });
});

test('the budget counts the costs of the whole account', () => {
  // With a filter, the costs of what nobody tagged would reach no one.
  template.hasResourceProperties(BUDGET, {
    Budget: Match.objectEquals({
      BudgetType: 'COST',
      TimeUnit: 'MONTHLY',
      BudgetLimit: { Amount: 60, Unit: 'USD' },
    }),
  });
});

test('the budget has no name', () => {
  // CloudFormation replaces a budget whose mails change: the new one fails while the old one has the name.
  template.hasResourceProperties(BUDGET, { Budget: { BudgetName: Match.absent() } });
});
