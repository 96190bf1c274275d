import { at, type Deployed, deployed, firstDeploy } from '../support/deployed';

/** The schedules of the office hours: another schedule, such as the import's, is none of them. */
const schedulesOf = (stack: Deployed) =>
  stack.all('AWS::Scheduler::Schedule').filter(({ path }) => path.startsWith('OfficeHours/'));

const schedules = (stack = deployed('dev')) =>
  Object.fromEntries(
    schedulesOf(stack).map(({ name, properties }) => [name.replace(/^prooflink-[a-z]+-/, ''), properties]),
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
  for (const schedule of Object.values(schedules(deployed('testweekdays')))) {
    expect(schedule['ScheduleExpression']).toContain('? * MON-FRI *');
  }
});

test.each(Object.entries(schedules()))(
  '%s: Japan’s time, and no retry reaches into the next morning',
  (_, schedule) => {
    expect(schedule['ScheduleExpressionTimezone']).toBe('Asia/Tokyo');
    expect(schedule['FlexibleTimeWindow']).toEqual({ Mode: 'OFF' });
    expect(at(schedule, 'Target.RetryPolicy')).toEqual({ MaximumRetryAttempts: 3, MaximumEventAgeInSeconds: 900 });
  },
);

test('the morning brings the configured tasks back, as a number: ECS takes no string; and none while there is no image', () => {
  const count = (name: string, stack = deployed('dev')) => at(schedules(stack)[name], 'Target.Input.DesiredCount');
  expect(count('start-web-tasks')).toBe(1);
  expect(count('stop-web-tasks')).toBe(0);
  expect(count('start-web-tasks', firstDeploy('dev'))).toBe(0);
});

test('no number is decided within a text, where it might be written as text', () => {
  const inputs = schedulesOf(deployed('dev')).map(({ resource }) =>
    JSON.stringify(at(resource.Properties, 'Target.Input')),
  );
  expect(inputs.filter((input) => input.includes('Fn::If'))).toHaveLength(1);
  expect(inputs.filter((input) => /Fn::Join.*Fn::If/.test(input))).toEqual([]);
});

test.each(['stop-database', 'start-database'])(
  '%s names this database, and the role that the automation assumes: it would stop nothing, or have no right to',
  (name) => {
    expect(at(schedules()[name], 'Target.Input.Parameters')).toEqual({
      InstanceId: ['prooflink-dev-db'],
      AutomationAssumeRole: [expect.stringContaining('Automation')],
    });
  },
);

test('prod never stops', () => {
  expect(schedules(deployed('prod'))).toEqual({});
});
