import { runOfficeHours } from '../../../tools/operate/office-hours';
import { answerCommands } from '../support/answer-commands';

const SERVICE = 'arn:aws:ecs:ap-northeast-1:123456789012:service/prooflink-dev-cluster/prooflink-dev-service';

const resources = [
  { type: 'AWS::ECS::Service', id: SERVICE },
  { type: 'AWS::Scheduler::Schedule', id: 'prooflink-dev-start-web-tasks' },
  { type: 'AWS::Scheduler::Schedule', id: 'prooflink-dev-stop-web-tasks' },
].map(({ type, id }) => ({
  ResourceType: type,
  LogicalResourceId: id,
  PhysicalResourceId: id,
  ResourceStatus: 'CREATE_COMPLETE',
}));

/** Lets AWS answer with a web service that never changes; returns what AWS is asked. */
function serviceStays(service: object) {
  jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  return answerCommands({
    DescribeStacks: { Stacks: [{ StackName: 'ProoflinkDev', StackStatus: 'UPDATE_COMPLETE' }] },
    ListStackResources: { StackResourceSummaries: resources },
    GetSchedule: ({ Name }: { Name: string }) => ({
      Name,
      State: 'ENABLED',
      ScheduleExpression: 'cron(0 9 ? * MON-FRI *)',
      ScheduleExpressionTimezone: 'Asia/Tokyo',
      Target: { Input: JSON.stringify({ DesiredCount: Name.includes('start') ? 1 : 0 }) },
    }),
    UpdateService: {},
    DescribeServices: { services: [service] },
    ListTasks: {},
    DescribeTargetHealth: {},
  });
}

const FAILED = [{ status: 'PRIMARY', rolloutState: 'FAILED', rolloutStateReason: 'tasks failed to start.' }];
const UNDERWAY = [{ status: 'PRIMARY', rolloutState: 'IN_PROGRESS' }];

afterEach(() => jest.restoreAllMocks());

test('tasks that are not healthy in time are no success, and the next command is named', async () => {
  serviceStays({ desiredCount: 1, runningCount: 1, deployments: UNDERWAY });
  expect(await runOfficeHours('dev', 'start', 0)).toEqual({
    exitCode: 1,
    stdout: '',
    stderr: 'The web tasks did not come to rest in 0 minutes. What is wrong: npm run prooflink -- doctor dev\n',
  });
});

test('tasks on which ECS has given up are not waited for', async () => {
  serviceStays({ desiredCount: 1, runningCount: 0, deployments: FAILED });
  expect(await runOfficeHours('dev', 'start')).toMatchObject({
    exitCode: 1,
    stderr: 'The web tasks do not start: tasks failed to start. What is wrong: npm run prooflink -- doctor dev\n',
  });
});

test('a service whose deployment has failed still goes to sleep', async () => {
  const asked = serviceStays({ desiredCount: 0, runningCount: 0, deployments: FAILED });
  expect((await runOfficeHours('dev', 'stop')).exitCode).toBe(0);
  expect(asked['UpdateService']).toMatchObject([{ desiredCount: 0 }]);
});
