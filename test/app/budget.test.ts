import { Part } from '../../lib/contract';
import { deployed } from '../support/deployed';

const { properties } = deployed('testlean').part(Part.budget);

test('the budget counts the costs of the whole account, and has no name', () => {
  // With a filter, the costs of what nobody tagged would reach no one. CloudFormation replaces a budget whose mails change:
  // the new one fails while the old one has the name.
  const BudgetLimit = { Amount: 60, Unit: 'USD' };
  expect(properties['Budget']).toEqual({ BudgetType: 'COST', TimeUnit: 'MONTHLY', BudgetLimit });
});

test('AWS mails when 80 % is spent, and when the forecast exceeds the amount', () => {
  // A mail once the amount is spent would come too late to switch something off.
  const Subscribers = [{ SubscriptionType: 'EMAIL', Address: 'ops@example.com' }];
  const above = { ComparisonOperator: 'GREATER_THAN', ThresholdType: 'PERCENTAGE' };
  expect(properties['NotificationsWithSubscribers']).toEqual([
    { Notification: { ...above, NotificationType: 'ACTUAL', Threshold: 80 }, Subscribers },
    { Notification: { ...above, NotificationType: 'FORECASTED', Threshold: 100 }, Subscribers },
  ]);
});
