import type { Service } from '@aws-sdk/client-ecs';
import { runReleaseCheck, type Sources } from '../../../tools/deploy/release-check';
import { outcomeOf } from '@infra/common/outcome';

const healthy = { Target: { Id: '10.0.0.1' }, TargetHealth: { State: 'healthy' as const } };
const ill = {
  Target: { Id: '10.0.0.2' },
  TargetHealth: { State: 'unhealthy' as const, Description: 'Health checks failed with these codes: [502]' },
};
const service = (desiredCount: number, runningCount: number, rolloutState = 'COMPLETED', more = {}): Service => ({
  desiredCount,
  runningCount,
  deployments: [{ status: 'PRIMARY', rolloutState: rolloutState as 'COMPLETED' }],
  events: ['newest', 'older'].map((message) => ({ message })),
  ...more,
});

/** AWS's answers, one a question; the last one stays. */
async function check(environment: 'dev' | 'prod', services: (Service | undefined)[], changes: Partial<Sources> = {}) {
  let asked = 0;
  let waited = 0;
  const sources: Sources = {
    tag: () => Promise.resolve('v1'),
    service: () => Promise.resolve(services[Math.min(asked++, services.length - 1)]),
    targets: () => Promise.resolve([healthy]),
    migrations: undefined,
    wait: (seconds) => {
      waited += seconds;
      return Promise.resolve();
    },
    ...changes,
  };
  const outcome = await outcomeOf(() => runReleaseCheck(environment, 2, sources));
  return { ...outcome, waited };
}

describe('a release is done', () => {
  it('once the service is stable with a healthy target', async () => {
    expect(await check('prod', [service(2, 2)])).toEqual({
      exitCode: 0,
      stdout: 'prooflink-prod-service is stable: 2 of 2 tasks run, 1 healthy.\n',
      stderr: '',
      waited: 0,
    });
  });

  it('not before prod’s first tasks run, which scaling starts after the stack was done', async () => {
    const { exitCode, waited } = await check('prod', [service(0, 0), service(2, 0), service(2, 2)]);
    expect({ exitCode, waited }).toEqual({ exitCode: 0, waited: 30 });
  });

  it('not while the older tasks still run', async () => {
    const two = { deployments: [{ status: 'PRIMARY', rolloutState: 'IN_PROGRESS' }, { status: 'ACTIVE' }] };
    const { exitCode, waited } = await check('prod', [service(2, 2, '', two), service(2, 2)]);
    expect({ exitCode, waited }).toEqual({ exitCode: 0, waited: 15 });
  });

  it('before the first image: there is no task to wait for', async () => {
    const { exitCode, stdout } = await check('prod', [service(0, 0)], { tag: () => Promise.resolve('') });
    expect({ exitCode, stdout }).toEqual({
      exitCode: 0,
      stdout: 'prooflink-prod-service has no image tag yet: there is no task to wait for.\n',
    });
  });

  it('where dev sleeps, and prod, which has no office hours, does not', async () => {
    expect((await check('dev', [service(0, 0)])).stdout).toContain('is asleep until its office hours begin');
    expect((await check('prod', [service(0, 0)], { targets: () => Promise.resolve([]) })).exitCode).toBe(1);
  });
});

describe('a release that does not run says why', () => {
  it('tasks that crash: what the load balancer and ECS say', async () => {
    expect(await check('prod', [service(2, 1)], { targets: () => Promise.resolve([ill]) })).toEqual({
      exitCode: 1,
      stdout: [
        'prooflink-prod-service is not stable after 2 minutes: 1 of 2 tasks run, 0 of 1 targets healthy.',
        'Targets:',
        '  10.0.0.2: unhealthy: Health checks failed with these codes: [502]',
        'What ECS says, newest first:',
        '  newest',
        '  older',
        '',
      ].join('\n'),
      stderr: '',
      waited: 120,
    });
  });

  it('tasks that run, and nobody finds healthy', async () => {
    expect((await check('prod', [service(2, 2)], { targets: () => Promise.resolve([ill]) })).exitCode).toBe(1);
  });

  it('a rollout that failed, at once', async () => {
    const deployments = [{ status: 'PRIMARY', rolloutState: 'FAILED', rolloutStateReason: 'circuit breaker' }];
    const { exitCode, stdout, waited } = await check('prod', [service(2, 0, '', { deployments })]);
    expect({ exitCode, waited }).toEqual({ exitCode: 1, waited: 0 });
    expect(stdout).toMatch(/^prooflink-prod-service: circuit breaker\n/);
  });

  it('a service that is not there could not be told', async () => {
    expect((await check('prod', [undefined])).exitCode).toBe(2);
  });
});
