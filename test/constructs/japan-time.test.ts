import { Duration } from 'aws-cdk-lib/core';
import { japanTime } from '../../lib/constructs/japan-time';

test('a schedule keeps Japan’s time', () => {
  // EventBridge Scheduler's own time is UTC: 9:00 would be 18:00 in Japan.
  expect(japanTime('every-day', '09:00').timeZone?.timezoneName).toBe('Asia/Tokyo');
});

test.each([
  { title: 'on the hour', time: '09:00', later: 0, expression: 'cron(0 9 * * ? *)' },
  { title: 'to the minute', time: '08:50', later: 0, expression: 'cron(50 8 * * ? *)' },
  { title: 'later in the hour', time: '22:00', later: 5, expression: 'cron(5 22 * * ? *)' },
  { title: 'later, in the next hour', time: '22:57', later: 5, expression: 'cron(2 23 * * ? *)' },
] as const)('a time of day is a cron expression: $title', ({ time, later, expression }) => {
  expect(japanTime('every-day', time, Duration.minutes(later)).expressionString).toBe(expression);
});

test('weekdays leave out the weekend', () => {
  expect(japanTime('weekdays', '10:30').expressionString).toBe('cron(30 10 ? * MON-FRI *)');
});
