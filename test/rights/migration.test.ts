import { template } from '../support/assembly';
import { ACCOUNT, isAllowed, REGION, Rights } from '../support/iam';
import { accountProbes, probe, probesOf } from './probes';

const rights = new Rights('testweekdays', template('testweekdays'));
const FUNCTION = 'Web/Migration/Function';
const at = (service: string, what: string) => `arn:aws:${service}:${REGION}:${ACCOUNT}:${what}`;
const cluster = (name: string) => ({ 'ecs:cluster': at('ecs', `cluster/prooflink-${name}-cluster`) });
const [OWN, OTHERS] = ['testweekdays', 'dev'];
const task = (name: string) => at('ecs', `task-definition/prooflink-${name}-task:7`);
const STACK = at('cloudformation', 'stack/this/one');
const REVISION = 'service-revision/prooflink-testweekdays-cluster/prooflink-testweekdays-service/1';

/** What only a migration might try, besides everything that is probed of everybody. */
const probes = [
  ...probesOf(rights),
  ...accountProbes,
  ...probe('its tasks in its cluster', task(OWN), 'ecs:RunTask', cluster(OWN)),
  ...probe('its tasks in another cluster', task(OWN), 'ecs:RunTask', cluster(OTHERS)),
  ...probe('another environment’s tasks', task(OTHERS), 'ecs:RunTask', cluster(OWN)),
  ...probe('what runs in its cluster', '*', 'ecs:ListTasks', cluster(OWN)),
  ...probe('what runs in another cluster', '*', 'ecs:ListTasks', cluster(OTHERS)),
  ...probe('a task', at('ecs', 'task/prooflink-testweekdays-cluster/1'), 'ecs:DescribeTasks ecs:StopTask'),
  ...probe('another’s task', at('ecs', 'task/prooflink-dev-cluster/1'), 'ecs:DescribeTasks ecs:StopTask'),
  ...probe('a revision', at('ecs', REVISION), 'ecs:DescribeServiceRevisions'),
  ...probe(
    'the service',
    at('ecs', 'service/prooflink-testweekdays-cluster/prooflink-testweekdays-service'),
    'ecs:ListServiceDeployments ecs:UpdateService',
  ),
  ...probe('its stack', STACK, 'cloudformation:DescribeStacks cloudformation:UpdateStack'),
  ...probe('the app registry', at('ecr', 'repository/prooflink-testweekdays-app'), 'ecr:DescribeImages'),
  ...probe('the batch registry', at('ecr', 'repository/prooflink-testweekdays-batch'), 'ecr:DescribeImages'),
  ...probe(
    'its own log',
    at('logs', 'log-group:/aws/lambda/prooflink-testweekdays-migration:log-stream:one'),
    'logs:PutLogEvents logs:DeleteLogStream',
  ),
];

function may(path: string): string[] {
  const { arn, policies } = rights.role(path);
  return probes
    .filter((one) => isAllowed(arn, one, policies, rights.bucketPolicy(one.resource)))
    .map(({ action, target }) => `${action}: ${target}`)
    .sort();
}

function mayTake(path: string, principal: string): boolean {
  const { arn, trust } = rights.role(path);
  const anything = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };
  return isAllowed(principal, { action: 'sts:AssumeRole', resource: arn, context: {} }, [{ policy: anything }], trust);
}

test('the migration starts tasks of its own service, in its own cluster, and looks; nothing else that is probed', () => {
  expect(may('Web/Migration/Role')).toEqual(
    [
      'ecs:RunTask: its tasks in its cluster',
      'ecs:ListTasks: what runs in its cluster',
      'ecs:DescribeTasks: a task',
      'ecs:StopTask: a task',
      'ecs:DescribeServiceRevisions: a revision',
      'ecs:ListServiceDeployments: the service',
      'cloudformation:DescribeStacks: its stack',
      'ecr:DescribeImages: the app registry',
      'rds:DescribeDBInstances: the database',
      'iam:PassRole: the role Web/Roles/ExecutionRole to ECS',
      'iam:PassRole: the role Web/Roles/TaskRole to ECS',
      'logs:GetLogEvents: the web log',
      'logs:PutLogEvents: its own log',
    ].sort(),
  );
});

test('ECS may call this one function', () => {
  expect(may('Web/Migration/CallerRole')).toEqual([`lambda:InvokeFunction: the function ${FUNCTION}`]);
});

test.each([
  ['Web/Migration/Role', 'lambda.amazonaws.com'],
  ['Web/Migration/CallerRole', 'ecs.amazonaws.com'],
])('%s is taken by %s, and by nobody else', (path, service) => {
  expect(mayTake(path, service)).toBe(true);
  for (const other of ['ecs-tasks', 'ec2', 'batch'].map((name) => `${name}.amazonaws.com`)) {
    expect(mayTake(path, other)).toBe(false);
  }
  expect(mayTake(path, 'arn:aws:iam::210987654321:root')).toBe(false);
});
