import { dev } from '@infra/testing/configs';
import { APPLICATION_PORT, createStacks } from '@infra/commands/app';
import { networkOf, renderForTerminal } from '@infra/change-review/network';
import { GATEWAY_ENDPOINT, pathsOf, S3, SERVICES } from '@infra/change-review/paths';
import { BATCH_JOB, DATABASE, ECS_TASK, INTERNET, LOAD_BALANCER } from '@infra/change-review/places';
import { template } from '@infra/testing/assembly';
import { newApp } from '@infra/testing/synth';
import type { Template } from '@infra/testing/template';
import { CHANGED_NETWORKS, ChangedStack } from './changed-networks';

const inEnglish = renderForTerminal('en');

function pathsIn(stack: Template): string[] {
  return pathsOf(networkOf(stack)).map(({ from, to, ports, through }) => `${from} → ${to}, ${ports}: ${through}`);
}

function problemsIn(stack: Template): string[] {
  return networkOf(stack).problems.map(({ words }) => inEnglish(words));
}

test.each([
  ['dev', 'tcp 80', [ECS_TASK]],
  ['prod', 'tcp 443', [ECS_TASK]],
  // Its jobs are the application's own, in the security group of the web service.
  ['testlean', 'tcp 80', [ECS_TASK, BATCH_JOB]],
  ['testlarge', 'tcp 443', [ECS_TASK]],
] as const)(
  'in %s nothing is reached but what must be: the database by tasks and jobs alone',
  (environment, entrance, targets) => {
    const stack = template(environment);
    const reported = pathsOf(networkOf(stack)).map(
      ({ from, to, ports, through }) => `${from} → ${to}, ${ports}${to === S3 ? `, ${through}` : ''}`,
    );
    // A team's further service has the same paths.
    expect([...new Set(reported)].sort()).toEqual(
      [
        `${INTERNET} → ${LOAD_BALANCER}, ${entrance}`,
        ...targets.map((target) => `${LOAD_BALANCER} → ${target}, tcp ${APPLICATION_PORT}`),
        `${DATABASE} → ${S3}, tcp 443, ${GATEWAY_ENDPOINT}`,
        ...[ECS_TASK, BATCH_JOB].flatMap((client) => [
          `${client} → ${DATABASE}, tcp 5432`,
          ...SERVICES.map((service) => `${client} → ${service}, tcp 443`),
          `${client} → ${S3}, tcp 443, ${GATEWAY_ENDPOINT}`,
        ]),
      ].sort(),
    );
    expect(problemsIn(stack)).toEqual([]);
  },
);

test('where only an office may come in, that is the internet’s one path, and named', () => {
  const app = newApp();
  createStacks(app, { office: { ...dev, loadBalancer: { ...dev.loadBalancer, allowedRanges: ['54.249.113.0/24'] } } });
  const office = app.synth().getStackByName('ProoflinkOffice').template as Template;
  expect(pathsIn(office).filter((path) => path.startsWith(INTERNET))).toEqual([
    'internet → load balancer, tcp 80: prooflink-office-igw; prooflink-office-alb-sg admits 54.249.113.0/24, tcp 80',
  ]);
});

test('tasks without public addresses reach no registry', () => {
  const text = JSON.stringify(template('dev'));
  expect(text).toContain('"AssignPublicIp":"ENABLED"');
  const stack = JSON.parse(text.replaceAll('"AssignPublicIp":"ENABLED"', '"AssignPublicIp":"DISABLED"')) as Template;
  expect(pathsIn(stack).join('\n')).not.toContain('ECS task → image registry');
});

test.each(CHANGED_NETWORKS)('a change names the path that it opens: $title', ({ change, line }) => {
  const stack = new ChangedStack();
  change(stack);
  expect([...pathsIn(stack.template), ...problemsIn(stack.template)]).toContain(line);
});
