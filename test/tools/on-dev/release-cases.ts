import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ECS } from '@aws-sdk/client-ecs';
import { RDS } from '@aws-sdk/client-rds';
import { temporaryFolder } from '@infra/common/testing';
import { diff, type ImageProgram } from '@infra/local-aws';
import { dev as config } from '../../support/configs';
import { MIGRATION_TIMEOUT } from '../../../lib/contract';
import { sample } from '../../../tools/local/programs';
import { runRelease } from '../../../tools/operate/release/release';
import { assembly } from '../../support/assembly';
import { until } from '../../support/until';
import { command } from '../support/prooflink';
import { type Dev, names } from '../support/running-dev';
import {
  changedAssembly,
  changeRights,
  expectFailed,
  expectRefused,
  expectServing,
  interrupted,
  statusOf,
  tags,
} from './release-support';

export function releaseCases(dev: Dev): void {
  /** The same app, whose migration is stopped after seconds, and killed after some more. */
  let hasty: string;
  let hangs: ImageProgram;
  const folder = temporaryFolder('release-');

  beforeAll(() => {
    writeFileSync(
      join(folder, 'migrate.js'),
      "process.on('SIGTERM', () => console.log('not yet')); setInterval(() => {}, 1000); console.log('half of it');",
    );
    hangs = { directory: folder, command: ['node', 'migrate.js'] };
    hasty = changedAssembly(dev().app, folder, (text) =>
      text
        .replace(`"${MIGRATION_TIMEOUT}": 300`, `"${MIGRATION_TIMEOUT}": 2`)
        .replace(/"Command": \[\s*"node",\s*"migrate\.js"\s*\]/, '$&, "StopTimeout": 2'),
    );
  });

  const push = (...args: Parameters<ReturnType<Dev>['push']['app']>) => dev().push.app(...args);
  /** The command, as a person calls it; its assembly is synthesized already. */
  const run = (...args: string[]) => command('release', 'dev', '--assembly', dev().app, ...args);
  const release = (tag: string, ...args: string[]) => run('--app', tag, ...args);

  test('the first release migrates, deploys and ends once it serves; the summary alone is on stdout', async () => {
    await push('v1');
    const { exitCode, stdout, stderr } = await release('v1');
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(
      /^dev is released\.\n\nv1 serves: http:\S+ \(1 of 1 tasks run, 1 healthy\)\.\nIts migration/,
    );
    const steps = ['1/4 Check dev', '2/4 Migrate v1', '3/4 Deploy ProoflinkDev', '4/4 Wait until it serves'];
    expect(stderr.match(/^[1-4]\/4 .*/gm)).toEqual(steps);
    expect(stderr).toContain('  applying the migration users');
    expect(await tags()).toMatchObject({ App: 'v1', Migration: 'v1', Migrated: 'v1' });
  });

  test('the next one, for a program; a diff after it says nothing', async () => {
    await push('v2');
    const { exitCode, stdout } = await release('v2', '--json');
    expect([exitCode, JSON.parse(stdout)]).toEqual([
      0,
      expect.objectContaining({ environment: 'dev', serves: ['v2'] }) as unknown,
    ]);
    expect((await diff({ aws: dev().aws, app: dev().app }, 'ProoflinkDev')).differs).toBe(false);
  });

  test('a migration that fails is reported with its last lines, and the version before goes on', async () => {
    await push('failing', sample.failingMigration());
    await expectFailed(
      release('failing'),
      'v2',
      'failing does not serve: its migration failed with exit code 1.',
      / {4}error: relation "users" already exists/,
      'A migration that failed',
    );
    expect(await tags()).toMatchObject({ App: 'v2', Migration: 'failing', Migrated: 'v2' });
    expect(await statusOf('migration')).toMatch(
      /^wrong: The migration of failing failed with exit code 1: the last release that migrated was v2, and v2 serves\. “A migr/,
    );
  });

  test('a deployment that CloudFormation rolls back: which version it was to bring, and which the stack has', async () => {
    await push('refused');
    // A service with a name of its own cannot be replaced, which is refused once its task definition was made.
    const other = changedAssembly(dev().app, folder, (text) =>
      text.replace('"LaunchType": "FARGATE"', '"LaunchType": "FARGATE", "SchedulingStrategy": "DAEMON"'),
    );
    const ended = command('release', 'dev', '--app', 'refused', '--no-migration', '--assembly', other);
    await expectFailed(ended, 'v2', 'refused does not serve: the deployment failed');
    expect(await statusOf('deployment')).toMatch(
      /^wrong: The last deployment failed: ProoflinkDev is UPDATE_ROLLBACK_COMPLETE, .* It was to bring refused; the stack is back at v2\. .*diagnose ProoflinkDev$/,
    );
  });

  test('one that hangs, and ignores SIGTERM, is stopped after its time', async () => {
    await push('hangs', hangs);
    const ended = command('release', 'dev', '--app', 'hangs', '--assembly', hasty);
    await expectFailed(ended, 'v2', 'its migration was stopped after', / {4}half of it\n {4}not yet/);
  });

  test('Ctrl-C leaves the task running and says how to come back; another release waits for its end', async () => {
    const args = ['--app', 'hangs', '--assembly', dev().app];
    const { exitCode, said } = await interrupted(dev().aws.env, 'half of it', ...args);
    expect(exitCode).toBe(3);
    expect(said).toMatch(
      /The migration goes on by itself.*\n {2}aws logs tail \/ecs\/prooflink-dev-app .*\n.*\n {2}aws ecs stop-task .*\n.*release again/,
    );
    await push('waits');
    const refusal = /the migration of hangs runs since .*: wait for its end\..*\n {4}aws ecs stop-task .*--task \w+/;
    await expectRefused(release('waits'), refusal);
    // Its release would deploy its own image afterwards, and undo a way back.
    await expectRefused(release('v2', '--no-migration'), refusal);
    await expectRefused(command('restart', 'dev'), refusal);

    const ecs = new ECS({});
    const wanted = { cluster: names.cluster, family: names.migrationFamily };
    const { taskArns: [task] = [] } = await ecs.listTasks(wanted);
    await ecs.stopTask({ cluster: names.cluster, task });
    await until(
      () => ecs.listTasks(wanted),
      ({ taskArns }) => taskArns?.length === 0,
    );
  });

  test('of two releases at once one serves, and the other one says why it does not', async () => {
    await Promise.all([push('one'), push('other')]);
    const silent = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    const ended = await Promise.all(
      ['one', 'other'].map((appTag) => runRelease('dev', { appTag, assemblyFolder: dev().app })),
    );
    silent.mockRestore();
    const [won, lost] = ended[0]?.exitCode === 0 ? ['one', ended[1]] : ['other', ended[0]];
    // Both, with what they say, where not exactly one serves.
    expect(ended.filter(({ exitCode }) => exitCode === 0).length === 1 ? [] : ended).toEqual([]);
    // Its deploy may meet the other one's: then the stack is at work, and it does not know how that ends.
    const why =
      lost?.exitCode === 3
        ? /is not known how/
        : /the deployment failed|somebody else releases|gave way|another release has deployed/;
    expect([1, 3]).toContain(lost?.exitCode);
    expect(lost?.stdout).toMatch(why);
    expect(await tags()).toMatchObject({ App: won, Migrated: won });
  });

  test('an application that crashes after its migration: the version before serves', async () => {
    const serving = (await tags())['App'] ?? '';
    await push('crashes', { ...sample.cannotStart() });
    await expectFailed(
      release('crashes'),
      serving,
      'crashes does not serve: the deployment failed',
      'Its migration ended with exit code 0, and stays.',
      /Its tasks that ended, newest first:\n {2}\w+ \(crashes\): .*exit code 1/,
      /The last lines of \w+:\n[^]*Cannot find module/,
    );
    expect(await statusOf('migration')).toMatch(
      /^look: The migration of crashes ended with exit code 0, and stays, but crashes was not deployed/,
    );
    expect(await tags()).toMatchObject({ App: serving, Migration: 'crashes', Migrated: serving });
    expect(await statusOf('deployment')).toMatch(
      /^wrong: The last deployment failed: ProoflinkDev is UPDATE_ROLLBACK_COMPLETE, .* It was to bring crashes; /,
    );
  });

  test('what would fail later is refused before anything is touched, all of it at once', async () => {
    await push('arm', sample.web('arm'), 'arm64');
    await expectRefused(
      run('--app', 'arm', '--batch', 'none'),
      'prooflink-dev-app:arm is for linux/arm64, and the config',
      'prooflink-dev-batch has no none: no image was pushed yet.',
    );
    await expectRefused(release('v9'), /has no v9\. It has, newest first:\n {4}arm /);
    await expectRefused(run('--migration'), '--migration needs --app');
    const wants = { ...config, webService: { ...config.webService, settings: { variables: {}, secrets: ['TOKEN'] } } };
    const options = { appTag: 'v2', assemblyFolder: dev().app, migrationRequest: 'never' } as const;
    expect(await runRelease('dev', options, wants)).toMatchObject({
      exitCode: 2,
      stdout: expect.stringContaining('MISSING  TOKEN') as string,
    });
  });

  test('an older image may need a migration; a way back runs none, of which status says that it is not known', async () => {
    await expectRefused(release('v1'), /v1 was pushed .*, before \w+, which runs\..*--no-migration.*--migration/);
    // Rights that are not in force yet are waited for, and are no failed migration.
    await changeRights(names.roles.ecsExecution);
    const migrated = release('v1', '--migration');
    await expectServing(migrated, 'v1');
    expect((await migrated).stderr).toMatch(/ECS did not start the task, and is asked again: .*not authorized/);
    expect(await tags()).toMatchObject({ App: 'v1', Migrated: 'v1' });
    expect(await statusOf('migration')).toBe('well:  ');
    await expectServing(release('v2', '--no-migration'), 'v2');
    expect(await tags()).toMatchObject({ App: 'v2', Migration: 'v1', Migrated: 'v1' });
    expect(await statusOf('migration')).toMatch(/^look: It is not known whether v2 was migrated: .* was v1\./);
  });

  test('a tag that was pushed again is refused: the CLI would skip its deployment', async () => {
    await push('v2', sample.web('again'));
    await expectRefused(release('v2'), 'v2 was pushed again');
  });

  test('asleep: the old version is not woken against a stopped database; infrastructure alone is deployed', async () => {
    const [rds, DBInstanceIdentifier] = [new RDS({}), names.dbInstance];
    await rds.stopDBInstance({ DBInstanceIdentifier });
    await push('v4');
    const databaseFirst = /database .* is stopped, .* First: npm run prooflink -- start dev/;
    await expectRefused(release('v4'), databaseFirst);
    await expectRefused(command('restart', 'dev'), databaseFirst);
    const smaller = changedAssembly(dev().app, folder, (text) => text.replace('"Memory": "1024"', '"Memory": "2048"'));
    await expectRefused(command('release', 'dev', '--assembly', smaller), 'First: npm run');
    await rds.startDBInstance({ DBInstanceIdentifier });
  });

  test('the running image would start on another processor first: refused, with what to do instead', async () => {
    const arm = changedAssembly(dev().app, folder, (text) =>
      text.replaceAll('"CpuArchitecture": "X86_64"', '"CpuArchitecture": "ARM64"'),
    );
    const options = { appTag: 'arm', assemblyFolder: arm, migrationRequest: 'always' } as const;
    expect(await runRelease('dev', options, { ...config, cpuArchitecture: 'ARM64' })).toMatchObject({
      exitCode: 2,
      stdout: expect.stringMatching(
        /v2 would start there first\. Release v2, built for it .* with --no-migration/,
      ) as string,
    });
  });

  test('a migration that is switched off, and on again, begins anew; the infrastructure alone is deployed', async () => {
    expect(await command('release', 'dev', '--assembly', assembly)).toMatchObject({
      exitCode: 0,
      stderr: expect.stringContaining('2/4 No migration: none is configured') as string,
    });
    expect(await tags()).not.toHaveProperty('Migration');
    await expectServing(run(), 'v2');
    expect(await tags()).toMatchObject({ App: 'v2', Migration: '', Migrated: '' });
  });
}
