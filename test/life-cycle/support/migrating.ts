import { RDSClient, StartDBInstanceCommand, StopDBInstanceCommand } from '@aws-sdk/client-rds';
import { pushImage } from '../../../tools/deploy-local/images';
import { sample } from '../../../tools/deploy-local/programs';
import type { ImageProgram } from '@infra/local-aws';
import { failedMigration, migrationsOf, type Note, proofOfMigration } from '../../../tools/deploy/migration';
import { apps } from './apps';
import type { Life } from './life';
import { ask, expectServing, until } from './serving';

/** The application's tables come from a migration, which each release runs once before it serves. */
export function migrates(life: Life<'dev' | 'prod'>): void {
  const migrations = migrationsOf(life.environment);
  const proof = () => proofOfMigration(migrations, life.names.logGroups.migration);
  const notes = async (image: string): Promise<string[]> =>
    (await migrations.notes())
      .filter((note) => note.image?.endsWith(`:${image}`))
      .map(({ migration, exitCode }: Note) => (exitCode === undefined ? migration : `${migration} ${exitCode}`));
  const release = async (tag: string, program: ImageProgram) => {
    await pushImage(life.outputs['AppRepositoryUri'] ?? '', tag, program);
    await life.deploy(apps.written, { AppImageTag: tag });
  };

  test('the tables come from the migration of v1, which ran once; before there was an image, none ran', async () => {
    const [first] = (await migrations.notes()).filter(({ migration }) => migration === 'started');
    expect(first?.image).toMatch(/:v1$/);
    expect((await notes('v1')).slice(0, 2)).toEqual(['started', 'succeeded 0']);
    expect((await notes('v1')).filter((each) => each === 'started')).toHaveLength(1);
    expect((await ask(life, 'GET', '/api/imports?jobId=none')).body).toMatchObject({ state: 'waiting' });
    expect((await proof()).proved).toBe(true);
  });

  test('a release whose migration fails is turned back by the deploy itself, and the old version goes on', async () => {
    await expect(release('unmigrated', sample.failingMigration())).rejects.toThrow('ECS Deployment was rolled back');
    expect((await life.describe())?.StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
    await expectServing(life, 'v1');
    expect(await notes('unmigrated')).toEqual(['started', 'failed 1']);
    const told = await failedMigration(migrations);
    expect(told).toMatch(/:unmigrated failed on .*: exit code 1\. Essential container in task exited/);
    expect(told).toContain('  error: relation "users" already exists');
  });

  test('the next release runs its own migration, and a way back to v1 runs none', async () => {
    await release('newer', sample.web('newer'));
    await expectServing(life, 'newer');
    expect(await notes('newer')).toEqual(['started', 'succeeded 0']);
    expect(await proof()).toEqual({ proved: true, says: 'Its migration ran: exit code 0.' });
    await life.deploy(apps.written, { AppImageTag: 'v1' });
    await expectServing(life, 'v1');
    expect((await notes('v1')).filter((each) => each === 'started')).toHaveLength(1);
    expect((await proof()).says).toContain('No migration ran. The image is the one that runs, or older');
  });

  test('while the database sleeps, a release is turned back before a task starts, and the database is named', async () => {
    const rds = new RDSClient({});
    const DBInstanceIdentifier = life.names.dbInstance;
    await rds.send(new StopDBInstanceCommand({ DBInstanceIdentifier }));
    await expect(release('tonight', sample.web('tonight'))).rejects.toThrow('ECS Deployment was rolled back');
    expect(await notes('tonight')).toEqual(['failed']);
    expect(await failedMigration(migrations)).toContain(`The database ${DBInstanceIdentifier} sleeps (stopped)`);
    await rds.send(new StartDBInstanceCommand({ DBInstanceIdentifier }));
    await until(
      () => ask(life, 'GET', '/api/health'),
      ({ status }) => status === 200,
    );
    await expectServing(life, 'v1');
  });
}
