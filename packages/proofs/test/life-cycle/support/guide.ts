import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pushImage } from '@infra/local/images';
import { sample } from '@infra/local/programs';
import { assembly } from '@infra/testing/assembly';
import { objectsIn, type Template } from '@infra/testing/template';
import { scratch } from './apps';
import type { Life } from './life';
import { taskDefinition } from './running';
import { sdk } from './sdk';
import { deploy } from './steps';

/** Ends of the names to which the guide gives no environment. */
const SHARED_NAMES = ['[a-z]+-sg', '[a-z-]+-role', 'db-subnet-group', 'alb', 'tg', 'compute-env', 'job-queue'];
const SHARED = new RegExp(`prooflink-(?:dev|prod)-(?=(?:${SHARED_NAMES.join('|')})")`, 'g');

/** Services of whose resources the guide makes none. */
const SERVICES_NOT_MADE = [
  'ApplicationAutoScaling',
  'CDK',
  'CloudWatch',
  'Events',
  'Lambda',
  'Scheduler',
  'SecretsManager',
  'SNS',
];
/**
 * Types that the guide does not make, and the log groups of their functions. The resource that empties a deleted bucket is
 * kept: it would close the bucket for new files.
 */
const NOT_MADE = new RegExp(`^Custom::(?!S3Auto)|^AWS::(${SERVICES_NOT_MADE.join('|')})::|custom-resources"$`);
const RESOLVE = '{{resolve:secretsmanager:';

interface Secret {
  readonly Name: string;
  readonly ValueFrom: unknown;
}
interface Container {
  Environment?: object[];
  Secrets?: readonly Secret[];
}

/** Facts that people know of an environment built by hand. */
export interface HandMade {
  readonly service: string;
  readonly bucket: string;
  readonly databaseUrl: string;
}

/**
 * Builds an environment as the guide leaves it: its resources, with its names and values, which test/guide holds the
 * template to, DATABASE_URL in clear text, and no stack that owns them.
 */
export async function buildByTheGuide(life: Life<'dev' | 'prod'>): Promise<HandMade> {
  const { environment, stack: StackName, names } = life;
  const bucket = `prooflink-${environment}-files-20260123`;
  await life.call(deploy('', '', '--app', withGuideNames(StackName, bucket)));
  await life.readOutputs();
  await sdk.cloudFormation.updateTerminationProtection({ StackName, EnableTerminationProtection: false });
  await sdk.cloudFormation.deleteStack({ StackName });
  expect(await life.describe()).toBeUndefined();
  await pushImage({
    repositoryUri: life.outputs['AppRepositoryUri'] ?? '',
    tag: 'latest',
    program: sample.web('by hand'),
  });
  await pushImage({
    repositoryUri: life.outputs['BatchRepositoryUri'] ?? '',
    tag: 'latest',
    program: sample.job(),
  });
  const { containerDefinitions: [container] = [] } = await taskDefinition(life);
  const databaseUrl = container?.environment?.find(({ name }) => name === 'DATABASE_URL')?.value ?? '';
  await sdk.ecs.updateService({ cluster: names.cluster, service: names.service, desiredCount: 1 });
  await fill(bucket);
  return { service: names.service, bucket, databaseUrl };
}

/** The environment's assembly with the guide's names, whose stack leaves what the guide makes when it is deleted. */
function withGuideNames(stack: string, bucket: string): string {
  const copy = mkdtempSync(join(scratch, 'guide-'));
  cpSync(assembly, copy, { recursive: true });
  const file = join(copy, `${stack}.template.json`);
  const template = JSON.parse(readFileSync(file, 'utf8').replace(SHARED, 'prooflink-')) as Template;
  for (const resource of Object.values(template.Resources)) {
    const { Type, Properties = {} } = resource;
    const isMade = !NOT_MADE.test(Type) && !NOT_MADE.test(JSON.stringify(Properties['LogGroupName'] ?? ''));
    Object.assign(resource, { DeletionPolicy: isMade ? 'Retain' : 'Delete' });
    if (Type === 'AWS::S3::Bucket') Properties['BucketName'] = bucket;
    for (const container of objectsIn(Properties) as Iterable<Container>) {
      const inClear = ({ Name, ValueFrom }: Secret) => ({
        Name,
        Value: { 'Fn::Join': ['', [RESOLVE, ValueFrom, '}}']] },
      });
      container.Environment?.push(...(container.Secrets ?? []).map(inClear));
      delete container.Secrets;
    }
  }
  writeFileSync(file, JSON.stringify(template));
  return copy;
}

/** Puts folders and files into a bucket: an overwritten file, too. */
async function fill(Bucket: string): Promise<void> {
  // The SDK sees no length in an empty body, and warns of a stream.
  const putFolder = (Key: string) => sdk.s3.putObject({ Bucket, Key, ContentLength: 0 });
  const putFile = (Key: string, Body: string) => sdk.s3.putObject({ Bucket, Key, Body });
  for (const folder of ['evidences/', 'imports/', 'control-specs/', 'dataflows/']) await putFolder(folder);
  for (let number = 1; number <= 20; number += 1) await putFile(`evidences/${number}.pdf`, `evidence ${number}`);
  await putFile('control-specs/統制 仕様書.xlsx', 'old');
  await putFile('control-specs/統制 仕様書.xlsx', 'new');
  await putFile('imports/users-20260123.csv', 'ann@example.com,Ann\n');
}
