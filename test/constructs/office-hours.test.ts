import { Part, type PartName } from '../../lib/contract';
import { at, type Deployed, type DeployedResource, deployed, firstDeploy } from '../support/deployed';

const stack = deployed('dev');

/** The schedules of the office hours: another schedule, such as the import's, is none of them. */
function schedulesOf(environment: Deployed): DeployedResource[] {
  return environment.all('AWS::Scheduler::Schedule').filter(({ path }) => path.startsWith('OfficeHours/'));
}

/** A schedule of dev, and its time of day in Japan. */
interface DailySchedule {
  readonly part: PartName;
  readonly name: string;
  readonly expression: string;
}

const SCHEDULES: readonly DailySchedule[] = [
  { part: 'stopTasks', name: 'prooflink-dev-stop-web-tasks', expression: 'cron(0 22 * * ? *)' },
  { part: 'stopDatabase', name: 'prooflink-dev-stop-database', expression: 'cron(5 22 * * ? *)' },
  { part: 'startDatabase', name: 'prooflink-dev-start-database', expression: 'cron(0 9 * * ? *)' },
  { part: 'startTasks', name: 'prooflink-dev-start-web-tasks', expression: 'cron(15 9 * * ? *)' },
];

describe('the tasks end before their database, and come back once it has had time to start', () => {
  test.each(SCHEDULES)('$name: $expression', ({ part, name, expression }) => {
    expect(stack.part(Part[part]).name).toBe(name);
    expect(stack.partAt(Part[part], 'ScheduleExpression')).toBe(expression);
  });

  test('there is no further schedule', () => {
    expect(schedulesOf(stack)).toHaveLength(SCHEDULES.length);
  });
});

describe.each(SCHEDULES)('$name', ({ part }) => {
  const { properties } = stack.part(Part[part]);

  test('keeps Japan’s time, to the minute', () => {
    expect(properties['ScheduleExpressionTimezone']).toBe('Asia/Tokyo');
    expect(properties['FlexibleTimeWindow']).toEqual({ Mode: 'OFF' });
  });

  test('is retried for a quarter of an hour: no retry stops the database next morning', () => {
    const policy = at(properties, 'Target.RetryPolicy');
    expect(policy).toEqual({ MaximumRetryAttempts: 3, MaximumEventAgeInSeconds: 900 });
  });

  test('is left out at the weekend where an environment rests then', () => {
    const expression = deployed('testweekdays').partAt(Part[part], 'ScheduleExpression');
    expect(expression).toContain('? * MON-FRI *');
  });
});

describe('the number of tasks, as a number: ECS takes no string', () => {
  const countOf = (part: PartName, environment = stack) => environment.partAt(Part[part], 'Target.Input.DesiredCount');

  test('in the morning is the configured one', () => {
    expect(countOf('startTasks')).toBe(1);
  });

  test('in the evening is zero', () => {
    expect(countOf('stopTasks')).toBe(0);
  });

  test('in the morning is zero while there is no image', () => {
    expect(countOf('startTasks', firstDeploy('dev'))).toBe(0);
  });

  test('is never decided within a text, where it might be written as text', () => {
    const inputs = schedulesOf(stack).map(({ resource }) => JSON.stringify(at(resource.Properties, 'Target.Input')));
    const decided = inputs.filter((input) => input.includes('Fn::If'));
    expect(decided).toHaveLength(1);
    expect(decided.filter((input) => /Fn::Join.*Fn::If/.test(input))).toEqual([]);
  });
});

test.each(['stopDatabase', 'startDatabase'] as const)(
  '%s names this database, and the role that the automation assumes: it would stop nothing, or have no right to',
  (part) => {
    expect(stack.partAt(Part[part], 'Target.Input.Parameters')).toEqual({
      InstanceId: ['prooflink-dev-db'],
      AutomationAssumeRole: [expect.stringContaining('Automation')],
    });
  },
);

test('prod never stops', () => {
  expect(schedulesOf(deployed('prod'))).toEqual([]);
});
