import { createHash } from 'node:crypto';
import { EC2 } from '@aws-sdk/client-ec2';
import { ECR } from '@aws-sdk/client-ecr';
import { IAM } from '@aws-sdk/client-iam';
import { S3 } from '@aws-sdk/client-s3';
import { Account } from './support/account';

const account = Account.shared();
const ec2 = new EC2(account.client);

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

it('an endpoint without a type is a gateway, which can be deleted', async () => {
  const { Vpcs: [vpc] = [] } = await ec2.describeVpcs({});
  const wanted = { VpcId: vpc?.VpcId, ServiceName: 'com.amazonaws.ap-northeast-1.s3' };
  const { VpcEndpoint: made } = await ec2.createVpcEndpoint(wanted);
  expect(made?.VpcEndpointType).toBe('Gateway');
  await expect(ec2.deleteVpcEndpoints({ VpcEndpointIds: [made?.VpcEndpointId ?? ''] })).resolves.toBeDefined();
});

it('a bucket without a lifecycle answers with S3’s error', async () => {
  const s3 = new S3(account.client);
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
