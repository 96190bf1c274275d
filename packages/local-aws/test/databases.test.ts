import { appendFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { RDS } from '@aws-sdk/client-rds';
import type { ClientConfig } from 'pg';
import { Account } from './support/account';
import { ask as askAs, database } from './support/databases';

const account = Account.shared({ run: true, usedBefore: true });
const rds = new RDS(account.client);
const main = { DBInstanceIdentifier: 'main' };
const USER = { user: 'master', password: 'first-password' };

const create = (DBInstanceIdentifier: string) =>
  rds.createDBInstance({
    DBInstanceIdentifier,
    DBInstanceClass: 'db.t4g.micro',
    Engine: 'postgres',
    EngineVersion: '15',
    AllocatedStorage: 20,
    MasterUsername: USER.user,
    MasterUserPassword: USER.password,
    DBName: 'shop',
  });
const restore = (DBInstanceIdentifier: string, DBSnapshotIdentifier: string) =>
  rds.restoreDBInstanceFromDBSnapshot({ DBInstanceIdentifier, DBSnapshotIdentifier });
const portOf = async (name: string) => (await database(account, name))?.Endpoint?.Port;
const ask = (name: string, sql: string, config: ClientConfig = {}) => askAs(account, name, sql, { ...USER, ...config });

beforeAll(() => create('main'));

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

  it.each([
    ['without TLS', { ssl: false }, { code: '28000' }],
    ['with a wrong password', { password: 'wrong' }, { code: '28P01' }],
    ['that does not trust the local authority', { ssl: true }, { code: 'SELF_SIGNED_CERT_IN_CHAIN' }],
    ['by address, which its certificate lacks', { host: '127.0.0.1' }, { code: 'ERR_TLS_CERT_ALTNAME_INVALID' }],
  ])('refuses a connection %s', async (_, config, error) => {
    await expect(ask('main', 'SELECT 1', config)).rejects.toMatchObject(error);
  });

  it('applies a changed password', async () => {
    const change = (MasterUserPassword: string) => rds.modifyDBInstance({ ...main, MasterUserPassword });
    await change(`it's new`);
    await expect(ask('main', 'SELECT 1')).rejects.toMatchObject({ code: '28P01' });
    expect(await ask('main', 'SELECT 1', { password: `it's new` })).toBe(1);
    await change(USER.password);
  });

  it('refuses connections while stopped, and keeps its rows', async () => {
    await ask('main', 'CREATE TABLE kept AS SELECT generate_series(1, 5)');
    await rds.stopDBInstance(main);
    await expect(ask('main', 'SELECT 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await rds.startDBInstance(main);
    expect(await ask('main', 'SELECT count(*)::int FROM kept')).toBe(5);
  });

  it('has an endpoint that follows the identifier on a rename', async () => {
    const rename = (DBInstanceIdentifier: string, NewDBInstanceIdentifier: string) =>
      rds.modifyDBInstance({ DBInstanceIdentifier, NewDBInstanceIdentifier, ApplyImmediately: true });
    await rds.createDBSnapshot({ ...main, DBSnapshotIdentifier: 'before' });
    await ask('main', 'DELETE FROM kept');
    await restore('restored', 'before');
    const port = await portOf('main');
    await rename('main', 'old');
    await rename('restored', 'main');
    expect(await portOf('main')).toBe(port);
    expect(await ask('main', 'SELECT count(*)::int FROM kept')).toBe(5);
    expect(await ask('old', 'SELECT count(*)::int FROM kept')).toBe(0);
  });

  it('ends on deletion, and is restored from its final snapshot', async () => {
    await create('last');
    await ask('last', 'CREATE TABLE final AS SELECT 1');
    const port = await portOf('last');
    await rds.deleteDBInstance({ DBInstanceIdentifier: 'last', FinalDBSnapshotIdentifier: 'final' });
    await expect(ask('main', 'SELECT 1', { port })).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await restore('again', 'final');
    expect(await ask('again', 'SELECT count(*)::int FROM final')).toBe(1);
  });

  it('reports why PostgreSQL does not start', async () => {
    const folder = join(account.aws.directory, 'databases');
    const before = readdirSync(folder);
    await create('broken');
    const [made = ''] = readdirSync(folder).filter((each) => !before.includes(each));
    await rds.stopDBInstance({ DBInstanceIdentifier: 'broken' });
    appendFileSync(join(folder, made, 'data', 'postgresql.auto.conf'), 'nonsense = 1\n');
    const start = rds.startDBInstance({ DBInstanceIdentifier: 'broken' });
    await expect(start).rejects.toThrow(/PostgreSQL did not start: .*unrecognized configuration parameter "nonsense"/);
  });
});
