import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client, type ClientConfig } from 'pg';
import type { LocalAws } from '@infra/local-aws';

/** The authority that signs certificates of RDS, and of the local AWS's load balancers. */
export const authority = (aws: LocalAws) => ({ ca: readFileSync(join(aws.directory, 'authority.pem')) });

/** Says something to the database behind a URL; returns the first column of the first row. */
export async function sql(url: string, statement: string, ssl: ClientConfig['ssl']): Promise<unknown> {
  const { hostname: host, port, username: user, password, pathname } = new URL(url);
  const client = new Client({ host, port: Number(port), user, password, database: pathname.slice(1), ssl });
  await client.connect();
  try {
    // Several statements have an answer each.
    const answer = [await client.query<Record<string, unknown>>(statement)].flat().at(-1);
    return Object.values(answer?.rows[0] ?? {})[0];
  } finally {
    await client.end();
  }
}

/** The application's tables, created by hand, with a year of use. */
export async function useDatabase(url: string, aws: LocalAws): Promise<void> {
  await sql(
    url,
    `CREATE TABLE users (email text PRIMARY KEY, name text NOT NULL);
     CREATE TABLE imports (job_id text PRIMARY KEY, state text NOT NULL, rows int NOT NULL, message text);
     CREATE TABLE evidences (id serial PRIMARY KEY, file text NOT NULL, at timestamptz DEFAULT now());
     INSERT INTO users SELECT 'user' || n || '@example.com', '利用者' || n FROM generate_series(1, 1000) n;
     INSERT INTO evidences (file) SELECT 'evidences/' || n || '.pdf' FROM generate_series(1, 300) n;
     CREATE SCHEMA audit; CREATE TABLE audit."Log" AS SELECT n AS line FROM generate_series(1, 2000) n;`,
    authority(aws),
  );
}
