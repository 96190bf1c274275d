import { ago, resting, standing, answers } from './aws-answers';

const executed = (Status: string, ExecutedBy = 'arn:aws:sts::123456789012:assumed-role/ProoflinkDev-Scheduler/x') => ({
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
const dev = standing({ environment: 'dev', service: { desiredCount: 1 } });
answers('nights', [
  [
    'stopped and started',
    executed('Success'),
    'well',
    /stopped 2026-11-25 22:05 \(Tokyo\), and started 2026-11-26 09:00/,
    dev,
  ],
  ['refused', executed('Failed'), 'wrong', /Failed denied$/, dev],
  [
    'another stack’s automation',
    executed('Success', 'arn:aws:sts::123456789012:assumed-role/other/x'),
    'wrong',
    /no automation of AWS-StopRdsInstance began/,
    dev,
  ],
  ['tasks stayed away', executed('Success'), 'wrong', /did not come back 2026-11-26 09:15 .+wants 1/, resting],
  [
    'deployed this morning',
    executed('Success'),
    'look',
    /Ask again after 2026-11-27 09:15/,
    standing({ environment: 'dev', service: { desiredCount: 1 }, description: { CreationTime: ago(2) } }),
  ],
]);
