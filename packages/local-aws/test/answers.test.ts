import { createHash } from 'node:crypto';
import { EC2 } from '@aws-sdk/client-ec2';
import { ECR } from '@aws-sdk/client-ecr';
import { PutObjectCommand, S3 } from '@aws-sdk/client-s3';
import { SecretsManager } from '@aws-sdk/client-secrets-manager';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { findingAnnotations } from '../src';
import { Account } from './support/account';

const account = Account.shared();
const ec2 = new EC2(account.client);
const s3 = new S3(account.client);

describe('an internet gateway', () => {
  async function createVpc(range: string): Promise<string | undefined> {
    const { Vpc } = await ec2.createVpc({ CidrBlock: range });
    return Vpc?.VpcId;
  }

  async function createGateway(): Promise<string | undefined> {
    const { InternetGateway } = await ec2.createInternetGateway({});
    return InternetGateway?.InternetGatewayId;
  }

  async function routeStates(routeTableId: string): Promise<unknown[]> {
    const { RouteTables = [] } = await ec2.describeRouteTables({ RouteTableIds: [routeTableId] });
    const routes = RouteTables[0]?.Routes ?? [];
    return routes.map(({ State }) => State);
  }

  it('that is detached makes its route a blackhole', async () => {
    const vpcId = await createVpc('10.1.0.0/16');
    const gatewayId = await createGateway();
    await ec2.attachInternetGateway({ InternetGatewayId: gatewayId, VpcId: vpcId });
    const { RouteTable } = await ec2.createRouteTable({ VpcId: vpcId });
    const routeTableId = RouteTable?.RouteTableId ?? '';
    await ec2.createRoute({
      RouteTableId: routeTableId,
      DestinationCidrBlock: '0.0.0.0/0',
      GatewayId: gatewayId,
    });
    expect(await routeStates(routeTableId)).toEqual(['active', 'active']);
    await ec2.detachInternetGateway({ InternetGatewayId: gatewayId, VpcId: vpcId });
    expect(await routeStates(routeTableId)).toEqual(['active', 'blackhole']);
  });
});

it('a bucket without a lifecycle answers with S3’s error', async () => {
  await s3.createBucket({ Bucket: 'for-ever' });
  const lifecycle = s3.getBucketLifecycleConfiguration({ Bucket: 'for-ever' });
  await expect(lifecycle).rejects.toMatchObject({ name: 'NoSuchLifecycleConfiguration' });
});

describe('a scan of ECR', () => {
  const ecr = new ECR(account.client);
  const repositoryName = 'scanned';
  let imageDigest: string;

  interface Manifest {
    readonly schemaVersion: 2;
    readonly mediaType: string;
    readonly annotations?: Readonly<Record<string, string>>;
  }

  /** Pushes an image or an index of images; returns its digest. */
  async function push(manifest: Manifest, tag?: string): Promise<string> {
    const imageManifest = JSON.stringify(manifest);
    await ecr.putImage({
      repositoryName,
      imageManifest,
      imageManifestMediaType: manifest.mediaType,
      imageTag: tag,
    });
    return `sha256:${createHash('sha256').update(imageManifest).digest('hex')}`;
  }

  /** Pushes an image without a tag, and an index with the tag `v1` that lists it. */
  beforeAll(async () => {
    await ecr.createRepository({ repositoryName, imageScanningConfiguration: { scanOnPush: true } });
    const image = {
      schemaVersion: 2 as const,
      mediaType: 'application/vnd.oci.image.manifest.v1+json',
      config: {},
      layers: [],
    };
    imageDigest = await push(image);
    const index = {
      schemaVersion: 2 as const,
      mediaType: 'application/vnd.oci.image.index.v1+json',
      manifests: [{ digest: imageDigest }],
    };
    await push(index, 'v1');
  });

  it('completes on a pushed image, even without a tag', async () => {
    const { imageScanStatus } = await ecr.describeImageScanFindings({ repositoryName, imageId: { imageDigest } });
    expect(imageScanStatus?.status).toBe('COMPLETE');
  });

  it('reports the findings that an annotation of the image names', async () => {
    const findings = [
      { name: 'CVE-2026-1', severity: 'HIGH', attributes: [{ key: 'package_name', value: 'openssl' }] },
      { name: 'CVE-2026-2', severity: 'LOW' },
    ];
    const image = {
      schemaVersion: 2 as const,
      mediaType: 'application/vnd.oci.image.manifest.v1+json',
      annotations: findingAnnotations(findings),
    };
    const digest = await push(image);
    const scan = await ecr.describeImageScanFindings({ repositoryName, imageId: { imageDigest: digest } });
    expect(scan.imageScanFindings).toMatchObject({ findings, findingSeverityCounts: { HIGH: 1, LOW: 1 } });
  });

  it('does not exist for an index of images', async () => {
    const index = { repositoryName, imageId: { imageTag: 'v1' } };
    await expect(ecr.describeImageScanFindings(index)).rejects.toThrow('Image scan does not exist');
  });

  it('has no status in DescribeImages, since it is a basic one', async () => {
    const { imageDetails = [] } = await ecr.describeImages({ repositoryName });
    expect(imageDetails.map(({ imageScanStatus }) => imageScanStatus)).toEqual([undefined, undefined, undefined]);
  });
});

describe('an upload', () => {
  /** Contents that a server could take for a form. */
  const CONTENTS = [
    { content: 'text that resembles a form', body: Buffer.from('a=1&b=2\nkey,名前\n') },
    { content: 'invalid UTF-8', body: Buffer.from([0x61, 0x3d, 0xff, 0xfe, 0x00, 0x26, 0x0a]) },
  ];
  const CONTENT_TYPES = ['application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'text/csv'];
  const UPLOADS = CONTENT_TYPES.flatMap((contentType) => CONTENTS.map((content) => ({ contentType, ...content })));

  beforeAll(() => s3.createBucket({ Bucket: 'uploads' }));

  async function storedObject(key: string) {
    const { Body, ContentType } = await s3.getObject({ Bucket: 'uploads', Key: key });
    const bytes = await Body?.transformToByteArray();
    return { contentType: ContentType, body: Buffer.from(bytes ?? []) };
  }

  it.each(UPLOADS)('of $content as $contentType by a presigned URL is stored unchanged', async (upload) => {
    const { contentType, body } = upload;
    const url = await getSignedUrl(s3, new PutObjectCommand({ Bucket: 'uploads', Key: 'by-url' }));
    const response = await fetch(url, {
      method: 'PUT',
      headers: { 'content-type': contentType },
      body,
      signal: AbortSignal.timeout(5000),
    });
    expect(response.status).toBe(200);
    expect(await storedObject('by-url')).toEqual({ contentType, body });
  });
});

it('the label AWSCURRENT moves only from the version that has it', async () => {
  const secrets = new SecretsManager(account.client);
  const SecretId = 'labelled';
  const first = await secrets.createSecret({ Name: SecretId, SecretString: 'first' });
  const second = await secrets.putSecretValue({ SecretId, SecretString: 'second' });
  const third = await secrets.putSecretValue({ SecretId, SecretString: 'third', VersionStages: ['own'] });
  const move = (from?: string) =>
    secrets.updateSecretVersionStage({
      SecretId,
      VersionStage: 'AWSCURRENT',
      RemoveFromVersionId: from,
      MoveToVersionId: third.VersionId,
    });
  const refusal = `is currently attached to version ${second.VersionId}`;
  await expect(move(first.VersionId)).rejects.toThrow(refusal);
  await expect(move()).rejects.toThrow(refusal);
  expect(await secrets.getSecretValue({ SecretId })).toMatchObject({ SecretString: 'second' });
});
