import { at, deployed, firstDeploy } from '../support/deployed';

const schedules = (stack = deployed('dev')) =>
  Object.fromEntries(
    stack
      .all('AWS::Scheduler::Schedule')
      .map(({ name, properties }) => [name.replace(/^prooflink-[a-z]+-/, ''), properties]),
  );

test('the tasks end before their database, and come back once it has had time to start', () => {
  const times = Object.entries(schedules()).map(([name, schedule]) => [name, schedule['ScheduleExpression']]);
  expect(Object.fromEntries(times)).toEqual({
    'stop-web-tasks': 'cron(0 22 * * ? *)',
    'stop-database': 'cron(5 22 * * ? *)',
    'start-database': 'cron(0 9 * * ? *)',
    'start-web-tasks': 'cron(15 9 * * ? *)',
  });
});

test('an environment may rest at the weekend', () => {
  const times = Object.values(schedules(deployed('testweekdays'))).map((schedule) => schedule['ScheduleExpression']);
  expect(times.every((time) => JSON.stringify(time).includes('? * MON-FRI *'))).toBe(true);
});

test.each(Object.entries(schedules()))(
  '%s: Japan’s time, and no retry reaches into the next morning',
  (_, schedule) => {
    expect(schedule['ScheduleExpressionTimezone']).toBe('Asia/Tokyo');
    expect(schedule['FlexibleTimeWindow']).toEqual({ Mode: 'OFF' });
    expect(at(schedule, 'Target.RetryPolicy')).toEqual({ MaximumRetryAttempts: 3, MaximumEventAgeInSeconds: 900 });
  },
);

test('the morning brings the configured tasks back, as a number: ECS takes no string', () => {
  expect(at(schedules()['start-web-tasks'], 'Target.Input.DesiredCount')).toBe(1);
  expect(at(schedules()['stop-web-tasks'], 'Target.Input.DesiredCount')).toBe(0);
});

test('no number is decided within a text, where it might be written as text', () => {
  const inputs = deployed('dev')
    .all('AWS::Scheduler::Schedule')
    .map(({ resource }) => JSON.stringify(at(resource.Properties, 'Target.Input')));
  expect(inputs.filter((input) => input.includes('Fn::If'))).toHaveLength(1);
  expect(inputs.filter((input) => /Fn::Join.*Fn::If/.test(input))).toEqual([]);
});

test('the morning starts no task while there is no image', () => {
  expect(at(schedules(firstDeploy('dev'))['start-web-tasks'], 'Target.Input.DesiredCount')).toBe(0);
});

test.each(['stop-database', 'start-database'])(
  '%s names this database, and the role that the automation takes: it would stop nothing, or have no right to',
  (name) => {
    expect(at(schedules()[name], 'Target.Input.Parameters')).toEqual({
      InstanceId: ['prooflink-dev-db'],
      AutomationAssumeRole: [expect.stringContaining('Automation')],
    });
  },
);

test('prod never stops', () => {
  expect(deployed('prod').all('AWS::Scheduler::Schedule')).toEqual([]);
});
