import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RDS } from '@aws-sdk/client-rds';
import { Client, type ClientConfig } from 'pg';
import type { Account } from './account';

/** Port of an instance, which listens on localhost. */
export async function portOf(account: Account, DBInstanceIdentifier: string): Promise<number | undefined> {
  const { DBInstances = [] } = await new RDS(account.client).describeDBInstances({ DBInstanceIdentifier });
  expect(DBInstances[0]?.Endpoint?.Address).toBe('localhost');
  return DBInstances[0]?.Endpoint?.Port;
}

/** Connects like an application; returns the first column of the first row. */
export async function ask(account: Account, name: string, sql: string, config: ClientConfig): Promise<unknown> {
  const ssl = { ca: readFileSync(join(account.aws.directory, 'authority.pem')) };
  const port = await portOf(account, name);
  const client = new Client({ host: 'localhost', port, ssl, database: 'shop', ...config });
  await client.connect();
  try {
    const { rows } = await client.query<Record<string, unknown>>(sql);
    return Object.values(rows[0] ?? {})[0];
  } finally {
    await client.end();
  }
}
