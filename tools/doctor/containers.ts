import { paginateDescribeLogGroups } from '@aws-sdk/client-cloudwatch-logs';
import { ImageNotFoundException, paginateDescribeImages } from '@aws-sdk/client-ecr';
import { DescribeSecretCommand } from '@aws-sdk/client-secrets-manager';
import { itemsOf } from '../shared/aws';
import { tail } from '../shared/health/part';
import { isRecord } from '@infra/common/values';
import { type Cause, cause, type Check, type Found } from './check';
import { bucketOf, type Containers, registryOf, secretOf } from './container';
import type { Facts } from './facts';
import { publicAddress, route, wayOut, wayToDatabase } from './network';
import { executionRights } from './rights';
import { Variable } from '../../lib/contract';

/** From what they are to the database: what a container needs to start. Without a NAT gateway all of it is its own. */
export function containerChecks(facts: Facts, containers: Containers): Check[] {
  const { who } = containers;
  return [
    [`Do the ${who} use what the stack made?`, () => ownParts(facts, containers)],
    [`Do the ${who} get a public address?`, () => publicAddress(containers)],
    [`Is there a route from the ${who} to the internet?`, () => route(facts, containers)],
    [`May the ${who} reach the internet?`, () => wayOut(facts, containers)],
    [`Is the image of the ${who} there?`, () => image(facts, containers)],
    [`May the ${who} be started with their role?`, () => executionRights(facts, containers)],
    [`Have the secrets of the ${who} a value?`, () => secrets(facts, containers)],
    [`Is the log group of the ${who} there?`, () => logGroup(facts, containers)],
    [`May the ${who} reach the database?`, () => wayToDatabase(facts, containers)],
  ];
}

/** A definition that somebody registered by hand may name another image, role, bucket, secret or log group. */
async function ownParts({ stack }: Facts, { who, definition, mend }: Containers): Found {
  const it = await definition();
  const made = (type: string, name: string) => stack.ids(type).includes(name);
  const secretArns = it.secrets.map(({ valueFrom }) => secretOf(valueFrom).arn);
  const others = [
    made('AWS::ECR::Repository', registryOf(it.image).repository) ? '' : `the image ${it.image}`,
    made('AWS::IAM::Role', tail(it.executionRole)) ? '' : `the execution role ${tail(it.executionRole) || '(none)'}`,
    made('AWS::IAM::Role', tail(it.taskRole)) ? '' : `the task role ${tail(it.taskRole) || '(none)'}`,
    made('AWS::S3::Bucket', bucketOf(it)) ? '' : `the bucket ${bucketOf(it) || '(none)'}`,
    it.secrets.some(({ name }) => name === Variable.databaseUrl) ? '' : 'no DATABASE_URL',
    ...secretArns.map((arn) => (made('AWS::SecretsManager::Secret', arn) ? '' : `the secret ${tail(arn)}`)),
    made('AWS::Logs::LogGroup', it.logGroup) ? '' : `the log group ${it.logGroup || '(none)'}`,
  ].filter(Boolean);
  if (others.length === 0) return undefined;
  const says = `The ${who} run ${it.arn.split('/').at(-1) ?? ''}, with what the stack did not make`;
  return cause(`${says}: ${others.join(', ')}.`, mend(it));
}

async function image(facts: Facts, { who, definition, tagOption }: Containers): Found {
  const { repository: repositoryName, reference } = registryOf((await definition()).image);
  // Before the first release there is none, neither for web tasks nor for jobs.
  if (!facts.hasImage || repositoryName === '') return undefined;
  const imageIds = [reference.startsWith('sha256:') ? { imageDigest: reference } : { imageTag: reference }];
  try {
    await itemsOf(paginateDescribeImages({ client: facts.ecr }, { repositoryName, imageIds }), () => []);
    return undefined;
  } catch (error) {
    if (!(error instanceof ImageNotFoundException)) throw error;
    return cause(
      `${repositoryName} has no image ${reference}, which the ${who} want.`,
      `push it, or release a tag that is there: npm run prooflink -- release ${facts.stack.environment} ${tagOption} <tag>. ` +
        `Which there are: ${facts.aws('ecr list-images', `--repository-name ${repositoryName}`)}`,
    );
  }
}

/** ECS and Batch refuse a secret that waits for its deletion, and one that lacks a key. No value is ever told. */
async function secrets({ aws, secrets: client, secretValue, stack }: Facts, { who, definition }: Containers): Found {
  const faults = (await definition()).secrets.map(async ({ name = '', valueFrom }): Promise<Cause | undefined> => {
    const { arn: SecretId, key } = secretOf(valueFrom);
    if ((await client.send(new DescribeSecretCommand({ SecretId }))).DeletedDate) {
      const restore = aws('secretsmanager restore-secret', `--secret-id ${SecretId}`);
      return cause(`The secret ${name} of the ${who} waits for its deletion.`, restore);
    }
    if (key === '') return undefined;
    const value = await secretValue(SecretId);
    if (value === undefined || hasValue(value, key)) return undefined;
    const set = `npm run prooflink -- settings ${stack.environment} set ${key}`;
    return cause(`The secret setting ${key} of the ${who} has no value.`, set);
  });
  return (await Promise.all(faults)).find(Boolean);
}

function hasValue(text: string, key: string): boolean {
  try {
    const values: unknown = JSON.parse(text);
    return isRecord(values) && Boolean(values[key]);
  } catch {
    return false;
  }
}

async function logGroup({ logs: client, redeploy }: Facts, { who, definition }: Containers): Found {
  const { logGroup: name } = await definition();
  const groups = paginateDescribeLogGroups({ client }, { logGroupNamePrefix: name });
  if ((await itemsOf(groups, (page) => page.logGroups)).some(({ logGroupName }) => logGroupName === name))
    return undefined;
  return cause(`The log group ${name} is gone: the ${who} do not start without it.`, redeploy);
}
