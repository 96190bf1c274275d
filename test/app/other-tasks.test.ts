import { Match, Template } from 'aws-cdk-lib/assertions';
import { Duration } from 'aws-cdk-lib/core';
import { brokenRules } from '../../lib/config/validate';
import { dev } from '../support/configs';
import { template } from '../support/assembly';
import { job, worker } from '../support/configs/other-tasks';

const withTasks = Template.fromJSON(template('testweekdays'));

test('no job runs before there is a web image, or with a version that is rolled back', () => {
  withTasks.hasResourceProperties('AWS::Scheduler::Schedule', {
    Name: 'prooflink-testweekdays-jobs-reminders',
    State: { 'Fn::If': ['HasAppImage', 'ENABLED', 'DISABLED'] },
  });
  withTasks.hasResource('AWS::Batch::JobDefinition', {
    Properties: { JobDefinitionName: 'prooflink-testweekdays-jobs-reminders' },
    DependsOn: Match.arrayWith([Match.stringLikeRegexp('^WebService')]),
  });
});

test('a worker that crashes fails its deployment: ECS counts such tasks only with a health check', () => {
  withTasks.hasResourceProperties('AWS::ECS::TaskDefinition', {
    Family: 'prooflink-testweekdays-worker-mails',
    ContainerDefinitions: [
      Match.objectLike({ HealthCheck: Match.objectLike({ Command: ['CMD', 'node', 'working.js'] }) }),
    ],
  });
});

test('a worker has a variable and a secret of its own beside those of the web tasks', () => {
  withTasks.hasResourceProperties('AWS::ECS::TaskDefinition', {
    Family: 'prooflink-testweekdays-worker-mails',
    ContainerDefinitions: [
      Match.objectLike({
        Environment: Match.arrayWith([Match.objectLike({ Name: 'SMTP_HOST' }), Match.objectLike({ Name: 'QUEUE' })]),
        Secrets: Match.arrayWith([
          Match.objectLike({ Name: 'OAUTH_SECRET' }),
          Match.objectLike({ Name: 'MAIL_TOKEN' }),
        ]),
      }),
    ],
  });
});

const withSettings = (variables: Record<string, string>, secrets: string[] = []) => [
  { ...job, settings: { variables, secrets } },
];
const withCheck = (check: object) => [{ ...worker, healthCheck: { ...worker.healthCheck, ...check } }];

test.each([
  { field: 'jobs[0].name', jobs: [{ ...job, name: 'Reminders' }] },
  { field: 'jobs[1]', jobs: [job, job] },
  { field: 'jobs[0].command', jobs: [{ ...job, command: [] }] },
  { field: 'jobs[0].time', jobs: [{ ...job, time: '03:00' as const }] },
  { field: 'jobs[0].settings.variables', jobs: withSettings({ NODE_ENV: 'test' }) },
  { field: 'jobs[0].settings.variables', jobs: withSettings({ SMTP_HOST: 'a' }, ['SMTP_HOST']) },
  { field: 'jobs[0].settings', jobs: withSettings({ LONG_TEXT: 'x'.repeat(2048) }), web: 9 },
  { field: 'workers[0].name', workers: [{ ...worker, name: 'a_b' }] },
  { field: 'workers[0].desiredCount', workers: [{ ...worker, desiredCount: 0 }] },
  { field: 'workers[0].stopTimeout', workers: [{ ...worker, stopTimeout: Duration.minutes(3) }] },
  { field: 'workers[0].healthCheck.command', workers: withCheck({ command: [] }) },
  { field: 'workers[0].healthCheck.interval', workers: withCheck({ interval: Duration.seconds(1) }) },
])('$field is refused before AWS refuses it', ({ field, web = 0, ...tasks }) => {
  const entries = Array.from({ length: web }, (_, index) => [`TEXT_${index}`, 'x'.repeat(2048)] as const);
  const settings = { variables: Object.fromEntries(entries), secrets: [] };
  const config = { ...dev, webService: { ...dev.webService, settings }, ...tasks };
  expect(brokenRules('dev', config)).toEqual([expect.stringContaining(`${field}: `)]);
});
