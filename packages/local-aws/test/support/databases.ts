import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DBInstance, RDS } from '@aws-sdk/client-rds';
import { Client, type ClientConfig } from 'pg';
import type { Account } from './account';

/** An instance as RDS describes it. */
export async function describeDatabase(account: Account, identifier: string): Promise<DBInstance | undefined> {
  const rds = new RDS(account.client);
  const { DBInstances = [] } = await rds.describeDBInstances({ DBInstanceIdentifier: identifier });
  return DBInstances[0];
}

/** Connects to the database `shop` like an application; returns the first column of the first row. */
export async function runSql(
  account: Account,
  identifier: string,
  sql: string,
  config: ClientConfig,
): Promise<unknown> {
  const instance = await describeDatabase(account, identifier);
  const client = new Client({
    host: instance?.Endpoint?.Address,
    port: instance?.Endpoint?.Port,
    database: 'shop',
    ssl: { ca: readFileSync(join(account.aws.directory, 'authority.pem')) },
    ...config,
  });
  await client.connect();
  try {
    const { rows } = await client.query<Record<string, unknown>>(sql);
    return Object.values(rows[0] ?? {})[0];
  } finally {
    await client.end();
  }
}
