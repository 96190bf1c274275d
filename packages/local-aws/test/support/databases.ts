import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DBInstance, RDS } from '@aws-sdk/client-rds';
import { Client, type ClientConfig } from 'pg';
import type { Account } from './account';

/** An instance as RDS describes it. */
export async function database(account: Account, DBInstanceIdentifier: string): Promise<DBInstance | undefined> {
  return (await new RDS(account.client).describeDBInstances({ DBInstanceIdentifier })).DBInstances?.[0];
}

/** Connects like an application; returns the first column of the first row. */
export async function ask(account: Account, name: string, sql: string, config: ClientConfig): Promise<unknown> {
  const ssl = { ca: readFileSync(join(account.aws.directory, 'authority.pem')) };
  const { Address: host, Port: port } = (await database(account, name))?.Endpoint ?? {};
  const client = new Client({ host, port, ssl, database: 'shop', ...config });
  await client.connect();
  try {
    const { rows } = await client.query<Record<string, unknown>>(sql);
    return Object.values(rows[0] ?? {})[0];
  } finally {
    await client.end();
  }
}
