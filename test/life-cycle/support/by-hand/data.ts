import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client, type ClientConfig } from 'pg';
import type { LocalAws } from '@infra/local-aws';
import { sdk } from '../sdk';
import type { Network } from './network';

/** Letters, digits and a sign, as the guide asks for. */
const PASSWORD = 'Guide-2026-01-23';
const FOLDERS = ['evidences/', 'imports/', 'control-specs/', 'dataflows/'];
const SIZES = {
  dev: { DBInstanceClass: 'db.t4g.micro', AllocatedStorage: 20, MultiAZ: false, BackupRetentionPeriod: 0 },
  prod: {
    DBInstanceClass: 'db.t4g.medium',
    AllocatedStorage: 100,
    MaxAllocatedStorage: 500,
    MultiAZ: true,
    BackupRetentionPeriod: 7,
    StorageEncrypted: true,
    DeletionProtection: true,
    EnablePerformanceInsights: true,
  },
};

/** Step 3 of the guide; returns DATABASE_URL, with the `sslmode` that RDS needs and the guide forgets. */
export async function makeDatabase(environment: 'dev' | 'prod', network: Network): Promise<string> {
  const DBSubnetGroupName = 'prooflink-db-subnet-group';
  await sdk.rds.createDBSubnetGroup({
    DBSubnetGroupName,
    DBSubnetGroupDescription: 'Subnet group for prooflink database',
    SubnetIds: network.privateSubnets,
  });
  const DBName = `prooflink_${environment}`;
  const { DBInstance } = await sdk.rds.createDBInstance({
    DBInstanceIdentifier: `prooflink-${environment}-db`,
    Engine: 'postgres',
    EngineVersion: '15',
    MasterUsername: 'postgres',
    MasterUserPassword: PASSWORD,
    StorageType: 'gp3',
    DBSubnetGroupName,
    PubliclyAccessible: false,
    VpcSecurityGroupIds: [network.groups.rds],
    DBName,
    ...SIZES[environment],
  });
  const { Address = '', Port = 0 } = DBInstance?.Endpoint ?? {};
  return `postgresql://postgres:${PASSWORD}@${Address}:${Port}/${DBName}?sslmode=require`;
}

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

/** Step 4 of the guide, and files in it: an overwritten one, too, where the bucket keeps versions. */
export async function makeFiles(environment: 'dev' | 'prod', Bucket: string): Promise<void> {
  const put = (Key: string, Body: string) => sdk.s3.putObject({ Bucket, Key, Body });
  await sdk.s3.createBucket({ Bucket, CreateBucketConfiguration: { LocationConstraint: 'ap-northeast-1' } });
  if (environment === 'prod') {
    await sdk.s3.putBucketVersioning({ Bucket, VersioningConfiguration: { Status: 'Enabled' } });
  }
  for (const folder of FOLDERS) await put(folder, '');
  for (let number = 1; number <= 20; number += 1) await put(`evidences/${number}.pdf`, `evidence ${number}`);
  await put('control-specs/統制 仕様書.xlsx', 'old');
  await put('control-specs/統制 仕様書.xlsx', 'new');
  await put('imports/users-20260123.csv', 'ann@example.com,Ann\n');
}
