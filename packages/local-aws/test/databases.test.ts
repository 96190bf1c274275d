import { appendFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { RDS } from '@aws-sdk/client-rds';
import type { ClientConfig } from 'pg';
import { Account } from './support/account';
import { runSql } from './support/databases';

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

  it('refuses connections while stopped, and keeps its rows', async () => {
    await sql('main', 'CREATE TABLE stopped AS SELECT generate_series(1, 5)');
    await rds.stopDBInstance({ DBInstanceIdentifier: 'main' });
    await expect(sql('main', 'SELECT 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await rds.startDBInstance({ DBInstanceIdentifier: 'main' });
    expect(await sql('main', 'SELECT count(*)::int FROM stopped')).toBe(5);
  });

  it('is what its read replica shows', async () => {
    await rds.createDBInstanceReadReplica({ DBInstanceIdentifier: 'replica', SourceDBInstanceIdentifier: 'main' });
    expect(await sql('replica', 'SELECT count(*)::int FROM stopped')).toBe(5);
    await rds.deleteDBInstance({ DBInstanceIdentifier: 'replica', SkipFinalSnapshot: true });
    expect(await sql('main', 'SELECT 1')).toBe(1);
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
