import { ago, asleep, contactOf, rows } from './aws-answers';

/** NOW is noon in Tokyo: the evening came fourteen hours ago, the morning three. */
const schedule = ({ Name }: { Name: string }) => ({
  Name,
  State: 'ENABLED',
  ScheduleExpressionTimezone: 'Asia/Tokyo',
  ScheduleExpression: {
    'dev-stop-tasks': 'cron(0 22 * * ? *)',
    'dev-stop-database': 'cron(5 22 * * ? *)',
    'dev-start-database': 'cron(0 9 * * ? *)',
    'dev-start-tasks': 'cron(15 9 * * ? *)',
  }[Name],
  Target: {
    Input: JSON.stringify(
      Name.endsWith('database') ? { DocumentName: 'x' } : { DesiredCount: Name.includes('start') ? 1 : 0 },
    ),
  },
});
const executed = (Status: string, ExecutedBy = 'arn:aws:sts::123456789012:assumed-role/ProoflinkDev-Scheduler/x') => ({
  GetSchedule: schedule,
  DescribeAutomationExecutions: ({ Filters }: { Filters: { Values: string[] }[] }) => ({
    AutomationExecutionMetadataList: [
      {
        AutomationExecutionStatus: Status,
        FailureMessage: 'denied',
        ExecutedBy,
        ExecutionStartTime:
          Filters[0]?.Values[0] === 'AWS-StopRdsInstance'
            ? new Date('2026-11-25T13:05:20Z')
            : new Date('2026-11-26T00:00:20Z'),
      },
    ],
  }),
});
const dev = contactOf({ environment: 'dev', service: { desiredCount: 1 } });
rows('the nights', /falls asleep/, [
  [
    'stopped and started',
    executed('Success'),
    'pass',
    /stopped 2026-11-25 22:05 \(Tokyo\), and started 2026-11-26 09:00/,
    dev,
  ],
  ['refused', executed('Failed'), 'fail', /Failed denied$/, dev],
  [
    'another stack’s automation',
    executed('Success', 'arn:aws:sts::123456789012:assumed-role/other/x'),
    'fail',
    /no automation of AWS-StopRdsInstance began/,
    dev,
  ],
  ['tasks stayed away', executed('Success'), 'fail', /did not come back 2026-11-26 09:15 .+wants 1/, asleep],
  [
    'deployed this morning',
    executed('Success'),
    'look',
    /Ask again after 2026-11-27 09:15/,
    contactOf({ environment: 'dev', service: { desiredCount: 1 }, description: { CreationTime: ago(2) } }),
  ],
]);
