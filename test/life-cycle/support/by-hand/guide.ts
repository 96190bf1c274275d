import { randomBytes } from 'node:crypto';
import { sample } from '../../../../tools/deploy-local/programs';
import type { Life } from '../life';
import { makeApplication } from './application';
import { makeImport } from './batch';
import { makeDatabase, makeFiles } from './data';
import { makeNetwork } from './network';

/** Facts that people know of an environment built by hand. */
export interface HandMade {
  readonly service: string;
  readonly bucket: string;
  readonly databaseUrl: string;
}

/** Builds an environment by the guide's steps and with its names, as far as moving in touches it. */
export async function buildByTheGuide({
  environment,
  config: { loadBalancer },
}: Life<'dev' | 'prod'>): Promise<HandMade> {
  const network = await makeNetwork();
  const databaseUrl = await makeDatabase(environment, network);
  const bucket = `prooflink-${environment}-files-20260123`;
  await makeFiles(environment, bucket);
  const { domain } = loadBalancer;
  const shared = {
    NODE_ENV: 'production',
    DATABASE_URL: databaseUrl,
    AWS_REGION: 'ap-northeast-1',
    AWS_S3_BUCKET_NAME: bucket,
  };
  const variables = {
    ...shared,
    NEXTAUTH_URL: domain ? `https://${domain.domainName}` : 'http://prooflink-alb.example.com',
    NEXTAUTH_SECRET: randomBytes(64).toString('base64'),
  };
  const program = sample.web('by hand');
  const service = await makeApplication({ environment, network, variables, program, domain });
  await makeImport(environment, network, shared);
  return { service, bucket, databaseUrl };
}
