import { Duration } from 'aws-cdk-lib/core';
import { japanTime } from '../../lib/constructs/japan-time';

// In Japan's time zone, on the hour and every day: chapter 5.2 of the guide's tables.
test('a time of day, and minutes later in the next hour, are cron expressions; weekdays leave out the weekend', () => {
  expect(japanTime('every-day', '08:50').expressionString).toBe('cron(50 8 * * ? *)');
  expect(japanTime('weekdays', '22:57', Duration.minutes(5)).expressionString).toBe('cron(2 23 ? * MON-FRI *)');
});
