import { stackWith } from '@infra/deployed/test/support/parts';
import { describeAnswers, environmentWith } from './aws-answers';

const targetsIn = (...states: readonly string[]) => ({
  DescribeTargetHealth: {
    TargetHealthDescriptions: states.map((State) => ({
      TargetHealth: { State, Reason: 'Target.Timeout', Description: 'late' },
    })),
  },
});

/** prod, whose web service has one deployment, with further fields of it. */
const deploymentIn = (rolloutState: string, fields: object = {}) =>
  environmentWith({
    service: {
      deployments: [{ status: 'PRIMARY', rolloutState, rolloutStateReason: 'tasks failed to start', ...fields }],
      events: [{ message: 'unable to pull\nmore' }],
    },
  });

describeAnswers('healthy', [
  {
    title: 'a target that is not healthy is counted, with the load balancer’s reason',
    aws: targetsIn('healthy', 'unhealthy'),
    result: 'wrong',
    says: '1 of 2 targets are not healthy. Target.Timeout late',
    fix: /^the application: it must listen on port \d+ of 0\.0\.0\.0\. Its log: /,
  },
  {
    title: 'a deployment that is underway is asked about later',
    aws: targetsIn('initial'),
    environment: deploymentIn('IN_PROGRESS'),
    result: 'look',
    says: 'A deployment is underway. v1 (task:1): 2 of 2 tasks run, 0 of 1 targets healthy: ask again after it.',
  },
  {
    title: 'a deployment whose tasks end fails, and the newest event of ECS says why',
    aws: targetsIn(),
    environment: deploymentIn('IN_PROGRESS', { failedTasks: 1 }),
    result: 'wrong',
    says: 'The deployment of v1 fails: tasks failed to start. Nothing else serves. ECS says: unable to pull',
    fix: /^what the application says\. Its log: /,
  },
  {
    title: 'a deployment that ECS rolled back runs another version than the stack wants',
    aws: targetsIn('healthy', 'healthy'),
    environment: environmentWith({ parameters: { AppImageTag: 'v9' } }),
    result: 'wrong',
    says: 'The stack wants v9, and v1 runs.',
    fix: /^what the application says\. Its log: /,
  },
]);

describeAnswers('wanted', [
  {
    title: 'no web task of an environment without office hours is a fault',
    aws: {},
    environment: environmentWith({
      service: { desiredCount: 0, serviceName: 'service' },
      resources: stackWith({ webService: 'arn:aws:ecs:ap-northeast-1:123456789012:service/cluster/service' }),
    }),
    result: 'wrong',
    says: 'service wants 0 web tasks.',
    fix: /^aws ecs update-service .* --desired-count 2$/,
  },
]);
