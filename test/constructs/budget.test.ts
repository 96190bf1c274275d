import { Part } from '../../lib/contract';
import { deployed } from '../support/deployed';
import { testEnvironments } from '../support/environments';

/** Properties of the budget of testlean, the tests' environment that has one. */
const { Budget: budget, NotificationsWithSubscribers: notifications } = deployed('testlean').part(
  Part.budget,
).properties;

/** A mail above a percentage of the amount. */
function mailAbove(percentage: number, NotificationType: 'ACTUAL' | 'FORECASTED') {
  return {
    Notification: {
      NotificationType,
      ComparisonOperator: 'GREATER_THAN',
      Threshold: percentage,
      ThresholdType: 'PERCENTAGE',
    },
    Subscribers: [{ SubscriptionType: 'EMAIL', Address: 'ops@example.com' }],
  };
}

test('AWS mails when 80 % is spent, and when the forecast exceeds the amount, while there is time to do something', () => {
  expect(notifications).toEqual([mailAbove(80, 'ACTUAL'), mailAbove(100, 'FORECASTED')]);
});

test('the budget has no filter, so that it counts the costs of the whole account', () => {
  const { amount } = testEnvironments.testlean.budget ?? {};
  expect(budget).toEqual({ BudgetType: 'COST', TimeUnit: 'MONTHLY', BudgetLimit: { Amount: amount, Unit: 'USD' } });
});

test('the budget has no name: a change of its mails replaces it, which fails while the name is taken', () => {
  expect(budget).not.toHaveProperty('BudgetName');
});
