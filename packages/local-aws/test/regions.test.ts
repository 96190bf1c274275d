import { CloudFormationClient, CreateStackCommand, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { bootstrap } from '../src/cdk';
import { adoptAwsVariables } from '../src/environment';
import { type LocalAws, startLocalAws } from '../src/local-aws';
import { databaseIn } from './support/resources';

let aws: LocalAws;

beforeAll(async () => {
  aws = await startLocalAws({ region: 'us-east-1', usedBefore: true });
  adoptAwsVariables(process.env, aws.env);
});

afterAll(() => aws.stop());

it('programs look for what is deployed in the region that is given, which the CDK bootstraps', async () => {
  expect(aws.env).toMatchObject({ AWS_REGION: 'us-east-1', CDK_DEFAULT_REGION: 'us-east-1' });
  await bootstrap({ aws });
  const cloudFormation = new CloudFormationClient(clientOf('us-east-1'));
  const { Stacks } = await cloudFormation.send(new DescribeStacksCommand({ StackName: 'CDKToolkit' }));
  expect(Stacks?.[0]?.StackStatus).toBe('CREATE_COMPLETE');
});

it.each(['us-east-1', 'ap-northeast-3', 'eu-central-2'])('a stack is deployed in %s', async (region) => {
  const cloudFormation = new CloudFormationClient(clientOf(region));
  const StackName = 'data';
  const network = JSON.stringify(databaseIn('data', {})).replaceAll('ap-northeast-1', region);
  const Resources = { ...(JSON.parse(network) as object), Files: { Type: 'AWS::S3::Bucket' } };
  await cloudFormation.send(new CreateStackCommand({ StackName, TemplateBody: JSON.stringify({ Resources }) }));
  const { Stacks } = await cloudFormation.send(new DescribeStacksCommand({ StackName }));
  expect(Stacks?.[0]?.StackStatus).toBe('CREATE_COMPLETE');
});

it('a region that it does not know is refused at once', async () => {
  await expect(startLocalAws({ region: 'me-west-1' })).rejects.toThrow(/knows no region me-west-1/);
});

function clientOf(region: string) {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  return { endpoint: aws.endpoint, region, credentials };
}
