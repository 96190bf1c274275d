import { createHash } from 'node:crypto';
import { EC2 } from '@aws-sdk/client-ec2';
import { ECR } from '@aws-sdk/client-ecr';
import { IAM } from '@aws-sdk/client-iam';
import { PutObjectCommand, S3 } from '@aws-sdk/client-s3';
import { SecretsManager } from '@aws-sdk/client-secrets-manager';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { Account } from './support/account';

const account = Account.shared();
const ec2 = new EC2(account.client);
const s3 = new S3(account.client);

it('SimulatePrincipalPolicy distinguishes allowed, explicitly denied and implicitly denied', async () => {
  const iam = new IAM(account.client);
  const RoleName = 'asked';
  await iam.createRole({ RoleName, AssumeRolePolicyDocument: '{"Statement":[]}' });
  const on = (Effect: string, Action: string) => ({ Effect, Action, Resource: 'arn:aws:s3:::files/*' });
  const Statement = [on('Allow', 's3:*'), on('Deny', 's3:Delete*')];
  await iam.putRolePolicy({
    RoleName,
    PolicyName: 'files',
    PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement }),
  });
  const { EvaluationResults = [] } = await iam.simulatePrincipalPolicy({
    PolicySourceArn: `arn:aws:iam::123456789012:role/${RoleName}`,
    ActionNames: ['s3:GetObject', 's3:DeleteObject', 'logs:PutLogEvents'],
    ResourceArns: ['arn:aws:s3:::files/a'],
  });
  expect(EvaluationResults.map((each) => `${each.EvalActionName} ${each.EvalDecision}`)).toEqual([
    's3:GetObject allowed',
    's3:DeleteObject explicitDeny',
    'logs:PutLogEvents implicitDeny',
  ]);
});

it('a route is a blackhole once its internet gateway is detached', async () => {
  const VpcId = (await ec2.createVpc({ CidrBlock: '10.1.0.0/16' })).Vpc?.VpcId;
  const GatewayId = (await ec2.createInternetGateway({})).InternetGateway?.InternetGatewayId;
  await ec2.attachInternetGateway({ InternetGatewayId: GatewayId, VpcId });
  const { RouteTableId = '' } = (await ec2.createRouteTable({ VpcId })).RouteTable ?? {};
  await ec2.createRoute({ RouteTableId, DestinationCidrBlock: '0.0.0.0/0', GatewayId });
  const states = async () => {
    const { RouteTables = [] } = await ec2.describeRouteTables({ RouteTableIds: [RouteTableId] });
    return RouteTables[0]?.Routes?.map(({ State }) => State);
  };
  expect(await states()).toEqual(['active', 'active']);
  await ec2.detachInternetGateway({ InternetGatewayId: GatewayId, VpcId });
  expect(await states()).toEqual(['active', 'blackhole']);
});

it('a VPC has one internet gateway: a second one is refused until the first one is detached', async () => {
  const VpcId = (await ec2.createVpc({ CidrBlock: '10.2.0.0/16' })).Vpc?.VpcId;
  const first = (await ec2.createInternetGateway({})).InternetGateway?.InternetGatewayId;
  const second = (await ec2.createInternetGateway({})).InternetGateway?.InternetGatewayId;
  await ec2.attachInternetGateway({ InternetGatewayId: first, VpcId });
  const attachSecond = () => ec2.attachInternetGateway({ InternetGatewayId: second, VpcId });
  await expect(attachSecond()).rejects.toThrow(`Network ${VpcId} already has an internet gateway attached`);
  await ec2.detachInternetGateway({ InternetGatewayId: first, VpcId });
  await expect(attachSecond()).resolves.toBeDefined();
});

it('an endpoint without a type is a gateway, which can be deleted', async () => {
  const { Vpcs: [vpc] = [] } = await ec2.describeVpcs({});
  const wanted = { VpcId: vpc?.VpcId, ServiceName: 'com.amazonaws.ap-northeast-1.s3' };
  const { VpcEndpoint: made } = await ec2.createVpcEndpoint(wanted);
  expect(made?.VpcEndpointType).toBe('Gateway');
  await expect(ec2.deleteVpcEndpoints({ VpcEndpointIds: [made?.VpcEndpointId ?? ''] })).resolves.toBeDefined();
});

it('a bucket without a lifecycle answers with S3’s error', async () => {
  await s3.createBucket({ Bucket: 'for-ever' });
  const asked = s3.getBucketLifecycleConfiguration({ Bucket: 'for-ever' });
  await expect(asked).rejects.toMatchObject({ name: 'NoSuchLifecycleConfiguration' });
});

it('ECR scans a pushed image, even without a tag, but no index of images', async () => {
  const ecr = new ECR(account.client);
  const repositoryName = 'scanned';
  await ecr.createRepository({ repositoryName, imageScanningConfiguration: { scanOnPush: true } });
  const push = async (kind: string, content: object, imageTag?: string) => {
    const imageManifestMediaType = `application/vnd.oci.image.${kind}.v1+json`;
    const imageManifest = JSON.stringify({ schemaVersion: 2, mediaType: imageManifestMediaType, ...content });
    await ecr.putImage({ repositoryName, imageTag, imageManifest, imageManifestMediaType });
    return `sha256:${createHash('sha256').update(imageManifest).digest('hex')}`;
  };
  const imageDigest = await push('manifest', { config: {}, layers: [] });
  await push('index', { manifests: [{ digest: imageDigest }] }, 'v1');
  const scan = async (imageId: object) =>
    (await ecr.describeImageScanFindings({ repositoryName, imageId })).imageScanStatus?.status;
  expect(await scan({ imageDigest })).toBe('COMPLETE');
  await expect(scan({ imageTag: 'v1' })).rejects.toThrow('Image scan does not exist');
  await expect(ecr.startImageScan({ repositoryName, imageId: { imageTag: 'v1' } })).rejects.toThrow(
    /^An artifact with media type '.+index.+' cannot be scanned\./,
  );
  // DescribeImages does not return the status of basic scanning.
  const { imageDetails = [] } = await ecr.describeImages({ repositoryName });
  expect(imageDetails.map(({ imageScanStatus }) => imageScanStatus)).toEqual([undefined, undefined]);
});

describe('an upload', () => {
  /** Contents that resemble a form, as text and as invalid UTF-8. */
  const bodies = [Buffer.from('a=1&b=2\nkey,名前\n'), Buffer.from([0x61, 0x3d, 0xff, 0xfe, 0x00, 0x26, 0x0a])];

  beforeAll(() => s3.createBucket({ Bucket: 'uploads' }));

  async function stored(Key: string) {
    const { Body, ContentType } = await s3.getObject({ Bucket: 'uploads', Key });
    return { ContentType, Body: Buffer.from((await Body?.transformToByteArray()) ?? []) };
  }

  it.each([
    ...['application/x-www-form-urlencoded', 'application/x-www-form-urlencoded; charset=utf-8', 'multipart/form-data'],
    ...['multipart/form-data; boundary=x', 'application/json', 'application/x-amz-json-1.1', 'text/csv', 'text/html'],
  ])('as %s is stored unchanged, by an SDK and by a presigned URL', async (ContentType) => {
    for (const Body of bodies) {
      await s3.putObject({ Bucket: 'uploads', Key: 'sdk', Body, ContentType });
      expect(await stored('sdk')).toEqual({ ContentType, Body });
      const url = await getSignedUrl(s3, new PutObjectCommand({ Bucket: 'uploads', Key: 'url' }));
      const headers = { 'content-type': ContentType };
      const answer = await fetch(url, { method: 'PUT', body: Body, headers, signal: AbortSignal.timeout(5000) });
      expect(answer.status).toBe(200);
      expect(await stored('url')).toEqual({ ContentType, Body });
    }
  });
});

describe('the versions of a secret', () => {
  const SecretId = 'secret';
  const secrets = new SecretsManager(account.client);
  let first = '';

  beforeAll(async () => {
    first = (await secrets.createSecret({ Name: SecretId, SecretString: 'first' })).VersionId ?? '';
  });

  async function put(SecretString: string, ...stages: string[]): Promise<string> {
    const VersionStages = stages.length > 0 ? stages : undefined;
    return (await secrets.putSecretValue({ SecretId, SecretString, VersionStages })).VersionId ?? '';
  }

  const move = (VersionStage: string, RemoveFromVersionId?: string, MoveToVersionId?: string) =>
    secrets.updateSecretVersionStage({ SecretId, VersionStage, RemoveFromVersionId, MoveToVersionId });
  const value = async () => (await secrets.getSecretValue({ SecretId })).SecretString;
  const labels = async () => (await secrets.describeSecret({ SecretId })).VersionIdsToStages ?? {};
  const current = async () => Object.entries(await labels()).find(([, each]) => each.includes('AWSCURRENT'))?.[0] ?? '';

  it('a version becomes current only when AWSCURRENT moves to it', async () => {
    const second = await put('second', 'own');
    expect(await value()).toBe('first');
    await move('AWSCURRENT', first, second);
    expect(await value()).toBe('second');
    expect(await labels()).toEqual({ [first]: ['AWSPREVIOUS'], [second]: ['own', 'AWSCURRENT'] });
  });

  it('AWSCURRENT moves only from the version that holds it, and cannot be removed', async () => {
    const other = await put('other', 'other');
    for (const from of [first, undefined]) {
      await expect(move('AWSCURRENT', from, other)).rejects.toThrow('is currently attached to version');
    }
    await expect(move('AWSCURRENT', await current())).rejects.toThrow('not removed');
    expect(await value()).toBe('second');
  });

  it('any other label moves only from the version that holds it', async () => {
    const third = await put('third', 'third');
    await expect(move('own', undefined, third)).rejects.toThrow('is currently attached to version');
    await move('third', undefined, third);
    expect((await labels())[third]).toEqual(['third']);
  });

  it('one of eight concurrent moves of AWSCURRENT succeeds', async () => {
    const from = await current();
    const versions = await Promise.all(Array.from({ length: 8 }, (_, index) => put(`of ${index}`, `own.${index}`)));
    const moved = await Promise.allSettled(versions.map((version) => move('AWSCURRENT', from, version)));
    const winners = moved.flatMap(({ status }, index) => (status === 'fulfilled' ? [`of ${index}`] : []));
    expect(winners).toEqual([await value()]);
  });

  it('a new value moves AWSCURRENT, and keeps the other labels of the version before', async () => {
    const before = await put('before', 'AWSCURRENT', 'note');
    const after = await put('after');
    expect(await labels()).toMatchObject({ [before]: ['AWSPREVIOUS', 'note'], [after]: ['AWSCURRENT'] });
  });

  it('a version without a label is not listed, and a 21st label is refused', async () => {
    const named = Object.values(await labels()).flat().length;
    await Promise.all(Array.from({ length: 20 - named }, (_, index) => put('more', `more.${index}`)));
    await expect(put('too many', 'too.many')).rejects.toMatchObject({ name: 'LimitExceededException' });
    const [id = '', [label = ''] = []] = Object.entries(await labels()).find(([, each]) => each.length === 1) ?? [];
    await move(label, id);
    expect(Object.keys(await labels())).not.toContain(id);
    await put('room again', 'too.many');
  });
});
