import { Part } from '../../lib/contract';
import { deployed } from '../support/deployed';

test('mails when 80 % is spent, and when the forecast reaches the amount, while there is time to do something', () => {
  const mail = [{ SubscriptionType: 'EMAIL', Address: 'ops@example.com' }];
  const above = (type: string, threshold: number) => ({
    Notification: {
      NotificationType: type,
      ComparisonOperator: 'GREATER_THAN',
      Threshold: threshold,
      ThresholdType: 'PERCENTAGE',
    },
    Subscribers: mail,
  });
  expect(deployed('testlean').part(Part.budget).properties).toEqual({
    // No name: a change of the mails makes another budget, and a name would be taken. No filter: it is the account's.
    Budget: { BudgetType: 'COST', TimeUnit: 'MONTHLY', BudgetLimit: { Amount: 60, Unit: 'USD' } },
    NotificationsWithSubscribers: [above('ACTUAL', 80), above('FORECASTED', 100)],
  });
});
