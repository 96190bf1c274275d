import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ECS } from '@aws-sdk/client-ecs';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Outcome } from '@infra/common/outcome';
import { temporaryFolder } from '@infra/common/testing';
import { deploy, diff, type ImageProgram } from '@infra/local-aws';
import { dev as config } from '@infra/testing/configs';
import { sample } from '../../src/programs';
import { runRelease } from '@infra/operate/release/release';
import { assembly } from '@infra/testing/assembly';
import { withFields } from '@infra/testing/config';
import { until } from '@infra/common/test/support/until';
import { command, interruptedProoflink } from '@infra/testing/prooflink';
import { type Dev, names } from '../support/running-dev';
import {
  changedAssembly,
  expectFailed,
  expectRefused,
  expectServing,
  expectStatus,
  imageTags,
  rewritePolicy,
} from './release-support';

/** Reasons for which a release does not serve beside another one. */
const REASONS_TO_LOSE = /gave way|another release has (?:deployed|overtaken)/;

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
        .replace(/"Command": \[\s*"300"\s*\]/, '"Command": ["2"]')
        .replace(/"Command": \[\s*"node",\s*"migrate\.js"\s*\]/, '$&, "StopTimeout": 2'),
    );
  });

  const push = (...args: Parameters<ReturnType<Dev>['push']['app']>) => dev().push.app(...args);
  const release = (tag: string, ...args: string[]) => command('release', 'dev', '--app', tag, ...args);
  /** Deploys an assembly by the CDK CLI: a release changes image tags alone. */
  const deployApp = (app: string) => deploy({ aws: dev().aws, app }, 'ProoflinkDev');

  test('the first release migrates, deploys and ends once it serves; the summary alone is on stdout', async () => {
    await push('v1');
    const { exitCode, stdout, stderr } = await release('v1');
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^dev is released\.\n\nv1 serves: http:/);
    expect(stdout).toContain(' (1 of 1 tasks run, 1 healthy).\nIts migration');
    const steps = ['1/4 Check dev', '2/4 Migrate v1', '3/4 Deploy ProoflinkDev', '4/4 Wait until it serves'];
    expect(stderr.match(/^[1-4]\/4 .*/gm)).toEqual(steps);
    expect(stderr).toContain('  applying the migration users');
    expect(await imageTags()).toMatchObject({ App: 'v1', Migration: 'v1', Migrated: 'v1' });
  });

  test('the next one, for a program; a diff after it says nothing, although lib/config has changed meanwhile', async () => {
    await push('v2');
    const silent = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    const changed = withFields(config, { logRetention: RetentionDays.ONE_DAY, cpuArchitecture: 'ARM64' });
    const { exitCode, stdout } = await runRelease('dev', { appTag: 'v2', json: true }, changed);
    silent.mockRestore();
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ environment: 'dev', serves: ['v2'] });
    expect((await diff({ aws: dev().aws, app: dev().app }, 'ProoflinkDev')).differs).toBe(false);
  });

  test('the import’s image alone: the web image and the other tags stay', async () => {
    await dev().push.batch('import');
    const { exitCode, stdout } = await command('release', 'dev', '--batch', 'import');
    expect({ exitCode, stdout }).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('v2 serves') as string });
    expect(await imageTags()).toEqual({ App: 'v2', Batch: 'import', Migration: 'v2', Migrated: 'v2' });
  });

  test('a migration that fails is reported with its last lines, and the version before goes on', async () => {
    await push('failing', sample.failingMigration());
    await expectFailed(release('failing'), {
      serves: 'v2',
      says: [
        'failing does not serve: its migration failed with exit code 1.',
        '    error: relation "users" already exists',
        'A migration that failed',
      ],
    });
    expect(await imageTags()).toMatchObject({ App: 'v2', Migration: 'failing', Migrated: 'v2' });
    await expectStatus('migration', {
      result: 'wrong',
      says: 'The migration of failing failed with exit code 1.',
      fix: expect.stringMatching(/^“A migration that failed/) as string,
    });
  });

  test('one that hangs, and ignores SIGTERM, is stopped after its time', async () => {
    await push('hangs', hangs);
    await deployApp(hasty);
    await expectFailed(release('hangs'), {
      serves: 'v2',
      says: ['its migration was stopped, since its time was over', '    half of it\n    not yet'],
    });
    await deployApp(dev().app);
  });

  test('Ctrl-C leaves the task running and says how to come back; another release waits for its end', async () => {
    const { exitCode, output } = await interruptedProoflink(
      dev().aws.env,
      'SIGINT',
      'half of it',
      'release',
      'dev',
      '--app',
      'hangs',
    );
    expect(exitCode).toBe(3);
    const [, goesOn = ''] = output.split('The migration goes on by itself');
    expect(goesOn).toContain('\n  aws logs tail /ecs/prooflink-dev-app ');
    expect(goesOn).toContain('\n  aws ecs stop-task ');
    expect(goesOn).toContain('release again');
    await push('waits');
    const refusals = [
      /the migration of hangs runs since .*: wait for its end\./,
      /\n {4}aws ecs stop-task .*--task \w+/,
    ];
    await expectRefused(release('waits'), ...refusals);
    // Its release would deploy its own image afterwards, and undo a way back.
    await expectRefused(release('v2', '--no-migration'), ...refusals);
    await expectRefused(command('restart', 'dev'), ...refusals);

    const ecs = new ECS({});
    const migrations = { cluster: names.cluster, family: names.migrationFamily };
    const { taskArns: [task] = [] } = await ecs.listTasks(migrations);
    await ecs.stopTask({ cluster: names.cluster, task });
    await until(
      () => ecs.listTasks(migrations),
      ({ taskArns }) => taskArns?.length === 0,
    );
  });

  test('of two releases at once the last one to end serves, and one that does not says why', async () => {
    await Promise.all([push('one'), push('other')]);
    const silent = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    const winners: string[] = [];
    const losers: Outcome[] = [];
    await Promise.all(
      ['one', 'other'].map(async (appTag) => {
        const outcome = await runRelease('dev', { appTag });
        if (outcome.exitCode === 0) winners.push(appTag);
        else losers.push(outcome);
      }),
    );
    silent.mockRestore();
    // Both win if the first one has ended before the other one deploys, as on a busy machine.
    const servingTag = winners.at(-1);
    expect(servingTag).toBeDefined();
    expect(await imageTags()).toMatchObject({ App: servingTag, Migrated: servingTag });
    // The updates may meet: then the later one waits for its turn.
    for (const { exitCode, stdout } of losers) {
      expect(exitCode).toBe(1);
      expect(stdout).toMatch(REASONS_TO_LOSE);
    }
  });

  test('an application that crashes after its migration: the version before serves', async () => {
    const { App: servingTag = '' } = await imageTags();
    await push('crashes', { ...sample.cannotStart() });
    await expectFailed(release('crashes'), {
      serves: servingTag,
      says: [
        /^crashes does not serve: the deployment failed\.\n {2}WebService\w+: /m,
        'Its migration ended with exit code 0, and stays.',
        /Tasks that ended, newest first:\n {2}\w+ \(crashes\): .*exit code 1/,
        /The last lines of its log:\n[^]*Cannot find module/,
      ],
    });
    await expectStatus('migration', {
      result: 'look',
      says: expect.stringContaining(
        'The migration of crashes ended with exit code 0, and stays, but crashes was not deployed',
      ) as string,
      fix: expect.stringContaining('a repaired version under a new tag') as string,
    });
    expect(await imageTags()).toMatchObject({ App: servingTag, Migration: 'crashes', Migrated: servingTag });
    await expectStatus('deployment', {
      result: 'wrong',
      says: expect.stringMatching(
        /^The last deployment failed: ProoflinkDev is UPDATE_ROLLBACK_COMPLETE, .* It was to bring crashes; /,
      ) as string,
      fix: expect.stringContaining('Its log: aws logs tail ') as string,
    });
  });

  test('an older image may need a migration; a newer one without it is one of which status says that it is not known', async () => {
    await expectRefused(
      release('v1'),
      /v1 was pushed .*, and \w+, which runs, is newer or .*--no-migration.*--migration/,
    );
    // Rights that are not in force yet are waited for, and are no failed migration.
    await rewritePolicy(names.roles.ecsExecution);
    const ended = release('v1', '--migration');
    await expectServing(ended, 'v1');
    const { stderr } = await ended;
    expect(stderr).toMatch(/ECS did not start the task, and is asked again: .*not authorized/);
    expect(await imageTags()).toMatchObject({ App: 'v1', Migrated: 'v1' });
    await expectStatus('migration', { result: 'well', says: '' });
    await expectServing(release('v2', '--no-migration'), 'v2');
    expect(await imageTags()).toMatchObject({ App: 'v2', Migration: 'v1', Migrated: 'v1' });
    await expectStatus('migration', {
      result: 'look',
      says: expect.stringMatching(/^It is not known whether v2 was migrated\. .*: v1\.$/) as string,
    });
  });

  test('a migration that a deployment has switched off, and on again, begins anew', async () => {
    await deployApp(assembly);
    await push('v4');
    expect(await release('v4')).toMatchObject({
      exitCode: 0,
      stderr: expect.stringContaining('2/4 No migration: the deployed stack has none') as string,
    });
    expect(await imageTags()).not.toHaveProperty('Migration');
    await deployApp(dev().app);
    expect(await imageTags()).toMatchObject({ App: 'v4', Migration: '', Migrated: '' });
  });
}
