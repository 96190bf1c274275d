import { createHash } from 'node:crypto';
import {
  AttachInternetGatewayCommand,
  CreateInternetGatewayCommand,
  CreateRouteCommand,
  CreateRouteTableCommand,
  CreateVpcCommand,
  DescribeRouteTablesCommand,
  DetachInternetGatewayCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import {
  CreateRepositoryCommand,
  DescribeImageScanFindingsCommand,
  DescribeImagesCommand,
  ECRClient,
  PutImageCommand,
  StartImageScanCommand,
} from '@aws-sdk/client-ecr';
import {
  CreateRoleCommand,
  IAMClient,
  PutRolePolicyCommand,
  SimulatePrincipalPolicyCommand,
} from '@aws-sdk/client-iam';
import { Account } from './support/account';

const account = Account.shared();

it('SimulatePrincipalPolicy distinguishes allowed, explicitly denied and implicitly denied', async () => {
  const iam = new IAMClient(account.client);
  const RoleName = 'asked';
  await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: '{"Statement":[]}' }));
  const on = (Effect: string, Action: string) => ({ Effect, Action, Resource: 'arn:aws:s3:::files/*' });
  const Statement = [on('Allow', 's3:*'), on('Deny', 's3:Delete*')];
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
  await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'files', PolicyDocument }));
  const asked = new SimulatePrincipalPolicyCommand({
    PolicySourceArn: `arn:aws:iam::123456789012:role/${RoleName}`,
    ActionNames: ['s3:GetObject', 's3:DeleteObject', 'logs:PutLogEvents'],
    ResourceArns: ['arn:aws:s3:::files/a'],
  });
  const { EvaluationResults = [] } = await iam.send(asked);
  expect(EvaluationResults.map((each) => [each.EvalActionName, each.EvalDecision])).toEqual([
    ['s3:GetObject', 'allowed'],
    ['s3:DeleteObject', 'explicitDeny'],
    ['logs:PutLogEvents', 'implicitDeny'],
  ]);
});

it('a route is a blackhole once its internet gateway is detached', async () => {
  const ec2 = new EC2Client(account.client);
  const VpcId = (await ec2.send(new CreateVpcCommand({ CidrBlock: '10.1.0.0/16' }))).Vpc?.VpcId;
  const { InternetGateway } = await ec2.send(new CreateInternetGatewayCommand({}));
  const attached = { InternetGatewayId: InternetGateway?.InternetGatewayId, VpcId };
  await ec2.send(new AttachInternetGatewayCommand(attached));
  const RouteTableId = (await ec2.send(new CreateRouteTableCommand({ VpcId }))).RouteTable?.RouteTableId;
  const GatewayId = attached.InternetGatewayId;
  await ec2.send(new CreateRouteCommand({ RouteTableId, DestinationCidrBlock: '0.0.0.0/0', GatewayId }));
  const states = async () => {
    const wanted = new DescribeRouteTablesCommand({ RouteTableIds: [RouteTableId ?? ''] });
    return (await ec2.send(wanted)).RouteTables?.[0]?.Routes?.map(({ State }) => State);
  };
  expect(await states()).toEqual(['active', 'active']);
  await ec2.send(new DetachInternetGatewayCommand(attached));
  expect(await states()).toEqual(['active', 'blackhole']);
});

it('ECR scans a pushed image, even without a tag, but no index of images', async () => {
  const ecr = new ECRClient(account.client);
  const repositoryName = 'scanned';
  const imageScanningConfiguration = { scanOnPush: true };
  await ecr.send(new CreateRepositoryCommand({ repositoryName, imageScanningConfiguration }));
  const push = async (kind: string, content: object, imageTag?: string) => {
    const imageManifestMediaType = `application/vnd.oci.image.${kind}.v1+json`;
    const imageManifest = JSON.stringify({ schemaVersion: 2, mediaType: imageManifestMediaType, ...content });
    await ecr.send(new PutImageCommand({ repositoryName, imageTag, imageManifest, imageManifestMediaType }));
    return `sha256:${createHash('sha256').update(imageManifest).digest('hex')}`;
  };
  const imageDigest = await push('manifest', { config: {}, layers: [] });
  await push('index', { manifests: [{ digest: imageDigest }] }, 'v1');
  const scan = async (imageId: object) =>
    (await ecr.send(new DescribeImageScanFindingsCommand({ repositoryName, imageId }))).imageScanStatus?.status;
  expect(await scan({ imageDigest })).toBe('COMPLETE');
  await expect(scan({ imageTag: 'v1' })).rejects.toThrow('Image scan does not exist');
  const again = new StartImageScanCommand({ repositoryName, imageId: { imageTag: 'v1' } });
  await expect(ecr.send(again)).rejects.toThrow(/^An artifact with media type '.+index.+' cannot be scanned\./);
  // DescribeImages does not return the status of basic scanning.
  const { imageDetails = [] } = await ecr.send(new DescribeImagesCommand({ repositoryName }));
  expect(imageDetails.map(({ imageScanStatus }) => imageScanStatus)).toEqual([undefined, undefined]);
});
