import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { bootstrap } from '../src/cdk';
import { startLocalAws } from '../src/local-aws';
import { Account } from './support/account';
import { databaseIn } from './support/resources';

const account = Account.shared({ region: 'us-east-1', usedBefore: true });

it('programs and bootstrap use the given region', async () => {
  const { aws } = account;
  expect(aws.env).toMatchObject({ AWS_REGION: 'us-east-1', CDK_DEFAULT_REGION: 'us-east-1' });
  await bootstrap({ aws });
  expect(await account.statusOf('CDKToolkit')).toBe('CREATE_COMPLETE');
});

it.each(['us-east-1', 'ap-northeast-3', 'eu-central-2'])('a stack is deployed in %s', async (region) => {
  const cloudFormation = new CloudFormation({ ...account.client, region });
  const StackName = 'data';
  const network = JSON.stringify(databaseIn('data', {})).replaceAll('ap-northeast-1', region);
  const Resources = { ...(JSON.parse(network) as object), Files: { Type: 'AWS::S3::Bucket' } };
  await cloudFormation.createStack({ StackName, TemplateBody: JSON.stringify({ Resources }) });
  const { Stacks } = await cloudFormation.describeStacks({ StackName });
  expect(Stacks?.[0]?.StackStatus).toBe('CREATE_COMPLETE');
});

it('an unknown region is refused at the start', async () => {
  await expect(startLocalAws({ region: 'me-west-1' })).rejects.toThrow(/knows no region me-west-1/);
});
