import { appendFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { RDS } from '@aws-sdk/client-rds';
import type { ClientConfig } from 'pg';
import { Account } from './support/account';
import { describeDatabase, runSql } from './support/databases';

// A strict umask keeps the user out as whom PostgreSQL runs where this process is root.
const umask = process.umask(0o077);
afterAll(() => {
  process.umask(umask);
});

const account = Account.shared({ run: true, usedBefore: true });
const rds = new RDS(account.client);

const MASTER = { user: 'master', password: 'first-password' };
const SQLSTATE = { insufficientPrivilege: '42501', invalidPassword: '28P01', invalidAuthorization: '28000' };

function create(identifier: string) {
  return rds.createDBInstance({
    DBInstanceIdentifier: identifier,
    DBInstanceClass: 'db.t4g.micro',
    Engine: 'postgres',
    EngineVersion: '15',
    AllocatedStorage: 20,
    MasterUsername: MASTER.user,
    MasterUserPassword: MASTER.password,
    DBName: 'shop',
  });
}

function restore(identifier: string, snapshot: string) {
  return rds.restoreDBInstanceFromDBSnapshot({
    DBInstanceIdentifier: identifier,
    DBSnapshotIdentifier: snapshot,
  });
}

async function portOf(identifier: string): Promise<number | undefined> {
  const database = await describeDatabase(account, identifier);
  return database?.Endpoint?.Port;
}

/** Runs SQL as the master user, or with another connection. */
function sql(identifier: string, statement: string, config: ClientConfig = {}): Promise<unknown> {
  return runSql(account, identifier, statement, { ...MASTER, ...config });
}

beforeAll(() => create('main'));

describe('a PostgreSQL instance of RDS', () => {
  it('runs the requested version with the requested user and database', async () => {
    expect(await sql('main', 'SHOW server_version')).toMatch(/^15\./);
    expect(await sql('main', 'SELECT current_user')).toBe('master');
    expect(await sql('main', 'SELECT current_database()')).toBe('shop');
  });

  it('lets the master user create databases and roles', async () => {
    await sql('main', 'CREATE ROLE reader');
    await sql('main', 'CREATE DATABASE other');
    expect(await sql('main', 'SELECT current_database()', { database: 'other' })).toBe('other');
  });

  it('gives the master user no rights of a superuser', async () => {
    const program = sql('main', `COPY (SELECT 1) TO PROGRAM 'cat'`);
    await expect(program).rejects.toMatchObject({ code: SQLSTATE.insufficientPrivilege });
  });

  it.each([
    {
      title: 'without TLS',
      config: { ssl: false },
      code: SQLSTATE.invalidAuthorization,
    },
    {
      title: 'with a wrong password',
      config: { password: 'wrong' },
      code: SQLSTATE.invalidPassword,
    },
    {
      title: 'that does not trust the local authority',
      config: { ssl: true },
      code: 'SELF_SIGNED_CERT_IN_CHAIN',
    },
    {
      title: 'by address, which its certificate lacks',
      config: { host: '127.0.0.1' },
      code: 'ERR_TLS_CERT_ALTNAME_INVALID',
    },
  ])('refuses a connection $title', async ({ config, code }) => {
    await expect(sql('main', 'SELECT 1', config)).rejects.toMatchObject({ code });
  });

  it('applies a changed password', async () => {
    const newPassword = `it's new`;
    const changePassword = (password: string) =>
      rds.modifyDBInstance({ DBInstanceIdentifier: 'main', MasterUserPassword: password });
    await changePassword(newPassword);
    await expect(sql('main', 'SELECT 1')).rejects.toMatchObject({ code: SQLSTATE.invalidPassword });
    expect(await sql('main', 'SELECT 1', { password: newPassword })).toBe(1);
    await changePassword(MASTER.password);
  });

  it('refuses connections while stopped, and keeps its rows', async () => {
    await sql('main', 'CREATE TABLE stopped AS SELECT generate_series(1, 5)');
    await rds.stopDBInstance({ DBInstanceIdentifier: 'main' });
    await expect(sql('main', 'SELECT 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await rds.startDBInstance({ DBInstanceIdentifier: 'main' });
    expect(await sql('main', 'SELECT count(*)::int FROM stopped')).toBe(5);
  });

  it('has an endpoint that follows the identifier on a rename, so that a restored one takes its place', async () => {
    const rename = (from: string, to: string) =>
      rds.modifyDBInstance({
        DBInstanceIdentifier: from,
        NewDBInstanceIdentifier: to,
        ApplyImmediately: true,
      });
    await sql('main', 'CREATE TABLE kept AS SELECT generate_series(1, 5)');
    await rds.createDBSnapshot({ DBInstanceIdentifier: 'main', DBSnapshotIdentifier: 'before' });
    await sql('main', 'DELETE FROM kept');
    await restore('restored', 'before');
    const port = await portOf('main');
    await rename('main', 'old');
    await rename('restored', 'main');
    expect(await portOf('main')).toBe(port);
    expect(await sql('main', 'SELECT count(*)::int FROM kept')).toBe(5);
    expect(await sql('old', 'SELECT count(*)::int FROM kept')).toBe(0);
  });

  it('ends on deletion, and is restored from its final snapshot', async () => {
    await create('last');
    await sql('last', 'CREATE TABLE final AS SELECT 1');
    const port = await portOf('last');
    await rds.deleteDBInstance({ DBInstanceIdentifier: 'last', FinalDBSnapshotIdentifier: 'final' });
    await expect(sql('main', 'SELECT 1', { port })).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await restore('again', 'final');
    expect(await sql('again', 'SELECT count(*)::int FROM final')).toBe(1);
  });

  it('reports why PostgreSQL does not start', async () => {
    const folder = join(account.aws.directory, 'databases');
    const foldersBefore = readdirSync(folder);
    await create('broken');
    const newFolder = readdirSync(folder).find((name) => !foldersBefore.includes(name));
    await rds.stopDBInstance({ DBInstanceIdentifier: 'broken' });
    appendFileSync(join(folder, newFolder ?? '', 'data', 'postgresql.auto.conf'), 'nonsense = 1\n');
    const start = rds.startDBInstance({ DBInstanceIdentifier: 'broken' });
    await expect(start).rejects.toThrow(/PostgreSQL did not start: .*unrecognized configuration parameter "nonsense"/);
  });
});
