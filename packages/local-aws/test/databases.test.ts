import { appendFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { RDS } from '@aws-sdk/client-rds';
import type { ClientConfig } from 'pg';
import { Account } from './support/account';
import * as postgres from './support/postgres';

const account = Account.shared({ run: true, usedBefore: true });
let rds: RDS;

const CONFIG = {
  DBInstanceClass: 'db.t4g.micro',
  Engine: 'postgres',
  EngineVersion: '15',
  AllocatedStorage: 20,
  MasterUsername: 'master',
  MasterUserPassword: 'first-password',
  DBName: 'shop',
};

beforeAll(async () => {
  rds = new RDS(account.client);
  await rds.createDBInstance({ ...CONFIG, DBInstanceIdentifier: 'main' });
});

const portOf = (name: string) => postgres.portOf(account, name);
const ask = (name: string, sql: string, config: ClientConfig = {}) =>
  postgres.ask(account, name, sql, { user: CONFIG.MasterUsername, password: CONFIG.MasterUserPassword, ...config });

describe('a PostgreSQL instance of RDS', () => {
  it('runs the requested version with the requested user and database', async () => {
    expect(await ask('main', 'SHOW server_version')).toMatch(/^15\./);
    expect(await ask('main', 'SELECT current_database()')).toBe('shop');
  });

  it('lets the master user create databases and roles, without superuser rights', async () => {
    await expect(ask('main', `COPY (SELECT 1) TO PROGRAM 'cat'`)).rejects.toMatchObject({ code: '42501' });
    await ask('main', 'CREATE ROLE reader');
    await ask('main', 'CREATE DATABASE other');
    expect(await ask('main', 'SELECT current_database()', { database: 'other' })).toBe('other');
  });

  it('refuses a connection without TLS, and a wrong password', async () => {
    await expect(ask('main', 'SELECT 1', { ssl: false })).rejects.toMatchObject({ code: '28000' });
    await expect(ask('main', 'SELECT 1', { password: 'wrong' })).rejects.toMatchObject({ code: '28P01' });
  });

  it('has a certificate of the local authority, for localhost only', async () => {
    await expect(ask('main', 'SELECT 1', { ssl: true })).rejects.toThrow(
      'self-signed certificate in certificate chain',
    );
    const byAddress = ask('main', 'SELECT 1', { host: '127.0.0.1' });
    await expect(byAddress).rejects.toMatchObject({ code: 'ERR_TLS_CERT_ALTNAME_INVALID' });
  });

  it('applies a changed password', async () => {
    const change = (MasterUserPassword: string) =>
      rds.modifyDBInstance({ DBInstanceIdentifier: 'main', MasterUserPassword });
    await change(`it's new`);
    await expect(ask('main', 'SELECT 1')).rejects.toMatchObject({ code: '28P01' });
    expect(await ask('main', 'SELECT 1', { password: `it's new` })).toBe(1);
    await change(CONFIG.MasterUserPassword);
  });

  it('refuses connections while stopped, and keeps its rows', async () => {
    await ask('main', 'CREATE TABLE kept AS SELECT generate_series(1, 5)');
    await rds.stopDBInstance({ DBInstanceIdentifier: 'main' });
    await expect(ask('main', 'SELECT 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await rds.startDBInstance({ DBInstanceIdentifier: 'main' });
    expect(await ask('main', 'SELECT count(*)::int FROM kept')).toBe(5);
  });

  it('is restored to the moment of its snapshot, beside the original', async () => {
    await ask('main', 'CREATE TABLE history AS SELECT generate_series(1, 1000)');
    await rds.createDBSnapshot({ DBInstanceIdentifier: 'main', DBSnapshotIdentifier: 'before' });
    await ask('main', 'DELETE FROM history');
    const restore = { DBInstanceIdentifier: 'restored', DBSnapshotIdentifier: 'before' };
    await rds.restoreDBInstanceFromDBSnapshot(restore);
    expect(await ask('restored', 'SELECT count(*)::int FROM history')).toBe(1000);
    expect(await ask('main', 'SELECT count(*)::int FROM history')).toBe(0);
  });

  it('has an endpoint that follows the identifier on a rename', async () => {
    const rename = (DBInstanceIdentifier: string, NewDBInstanceIdentifier: string) =>
      rds.modifyDBInstance({ DBInstanceIdentifier, NewDBInstanceIdentifier, ApplyImmediately: true });
    const port = await portOf('main');
    await rename('main', 'old');
    await rename('restored', 'main');
    expect(await portOf('main')).toBe(port);
    expect(await ask('main', 'SELECT count(*)::int FROM history')).toBe(1000);
    expect(await ask('old', 'SELECT count(*)::int FROM history')).toBe(0);
  });

  it('ends on deletion, and is restored from its final snapshot', async () => {
    await rds.createDBInstance({ ...CONFIG, DBInstanceIdentifier: 'last' });
    await ask('last', 'CREATE TABLE final AS SELECT 1');
    const port = await portOf('last');
    const end = { DBInstanceIdentifier: 'last', FinalDBSnapshotIdentifier: 'final' };
    await rds.deleteDBInstance(end);
    await expect(ask('main', 'SELECT 1', { port })).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    const restore = { DBInstanceIdentifier: 'again', DBSnapshotIdentifier: 'final' };
    await rds.restoreDBInstanceFromDBSnapshot(restore);
    expect(await ask('again', 'SELECT count(*)::int FROM final')).toBe(1);
  });

  it('reports why PostgreSQL does not start', async () => {
    const folders = () => readdirSync(join(account.aws.directory, 'databases'));
    const before = folders();
    const DBInstanceIdentifier = 'broken';
    await rds.createDBInstance({ ...CONFIG, DBInstanceIdentifier });
    const [folder = ''] = folders().filter((each) => !before.includes(each));
    await rds.stopDBInstance({ DBInstanceIdentifier });
    appendFileSync(join(account.aws.directory, 'databases', folder, 'data', 'postgresql.auto.conf'), 'nonsense = 1\n');
    const start = rds.startDBInstance({ DBInstanceIdentifier });
    await expect(start).rejects.toThrow(/PostgreSQL did not start: .*unrecognized configuration parameter "nonsense"/);
  });
});
