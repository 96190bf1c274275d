import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { bootstrap, CdkError, deploy, runCdk } from '../src/cdk';
import { startLocalAws } from '../src/local-aws';
import { Account } from './support/account';
import { databaseIn } from './support/resources';

const account = Account.shared({ region: 'us-east-1', usedBefore: true });

beforeAll(async () => {
  await deploy({ aws: account.aws, app: assembly('deployed') }, 'Shop');
}, 60_000);

/** Cloud assembly with one stack `Shop`. */
function assembly(name: string, { count = 1, memory = '512', mutability = 'MUTABLE', timeout = 60 } = {}): string {
  const directory = join(account.aws.directory, name);
  mkdirSync(directory);
  const write = (file: string, content: unknown) => {
    writeFileSync(join(directory, file), JSON.stringify(content));
  };
  const artifact = {
    type: 'aws:cloudformation:stack',
    environment: 'aws://123456789012/us-east-1',
    properties: { templateFile: 'Shop.template.json' },
  };
  write('manifest.json', { version: '36.0.0', artifacts: { Shop: artifact } });
  // The CLI ignores a changed result of an intrinsic function unless the change set names the property.
  const ifTag = (value: unknown) => ({ 'Fn::If': ['HasTag', value, 'none'] });
  const resource = (type: string, Properties: object) => ({ Type: `AWS::${type}`, Properties });
  const ContainerDefinitions = [{ Name: 'web', Image: 'web' }];
  const ContainerProperties = { Image: 'web', Memory: 512, Vcpus: 1 };
  write('Shop.template.json', {
    Parameters: { Tag: { Type: 'String', Default: 'v1' } },
    Conditions: { HasTag: { 'Fn::Not': [{ 'Fn::Equals': [{ Ref: 'Tag' }, ''] }] } },
    Resources: {
      Images: resource('ECR::Repository', { RepositoryName: 'shop', ImageTagMutability: ifTag(mutability) }),
      Cluster: resource('ECS::Cluster', { ClusterName: 'shop' }),
      Definition: resource('ECS::TaskDefinition', { Family: 'shop', Memory: ifTag(memory), ContainerDefinitions }),
      Service: resource('ECS::Service', {
        ServiceName: 'shop',
        Cluster: { Ref: 'Cluster' },
        TaskDefinition: { Ref: 'Definition' },
        DesiredCount: ifTag(count),
      }),
      Job: resource('Batch::JobDefinition', {
        JobDefinitionName: 'shop',
        Type: 'container',
        ContainerProperties,
        Timeout: { AttemptDurationSeconds: ifTag(timeout) },
      }),
    },
  });
  return directory;
}

it('cdk diff shows changed results of intrinsic functions and dependent resources', async () => {
  const app = assembly('all', { count: 2, memory: '1024', mutability: 'IMMUTABLE', timeout: 90 });
  const { output } = await runCdk({ aws: account.aws, app }, ['diff', 'Shop']);
  expect(output.split('\n').filter((line) => /^\[|^ └─|^ ├─|no differences/.test(line))).toEqual([
    '[~] AWS::ECR::Repository Images',
    ' └─ [~] ImageTagMutability',
    '[~] AWS::ECS::TaskDefinition Definition replace',
    ' └─ [~] Memory (requires replacement)',
    '[~] AWS::ECS::Service Service',
    ' ├─ [~] DesiredCount',
    ' └─ [~] TaskDefinition',
    '[~] AWS::Batch::JobDefinition Job',
    ' └─ [~] Timeout',
  ]);
});

it.each([
  [['diff', 'Shop'], {}, 'There were no differences', 0],
  // It changes nothing without drift.
  [['deploy', 'Shop', '--require-approval', 'never', '--revert-drift'], {}, 'no changes', 0],
  [['deploy', 'Shop', '--require-approval', 'never', '--express'], { count: 3 }, 'Deploy without --express', 1],
])('cdk %j with %j says: %s', async (args, variant, said, exitCode) => {
  const run = await runCdk({ aws: account.aws, app: assembly(args.join(), variant) }, args);
  expect(run.output).toMatch(said);
  expect(run.exitCode).toBe(exitCode);
  expect(await account.statusOf('Shop')).toBe('CREATE_COMPLETE');
});

it('two commands at once have a process and an exit code each, and a killed one leaves none behind', async () => {
  const app = assembly('twice', {});
  const run = (stack: string, signal?: AbortSignal) => runCdk({ aws: account.aws, app, signal }, ['diff', stack]);
  const runs = await Promise.all([run('Shop'), run('Unknown')]);
  expect(runs.map(({ exitCode }) => exitCode)).toEqual([0, 1]);
  expect((await run('Shop', AbortSignal.timeout(1))).output).toMatch('The CLI was ended');
  expect((await run('Shop')).exitCode).toBe(0);
});

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

it('the reason of a failed cdk is CloudFormation’s message without stack traces, or the whole output', () => {
  const reason = 'Failed resources:\nShop | CREATE_FAILED | AWS::S3::Bucket | the name is taken';
  const output = `Shop: deploying... [1/1]\n${reason}\n    at somewhere (index.js:1:1)`;
  expect(new CdkError('deploy Shop', output).reason).toBe(reason);
  expect(new CdkError('synth', 'something\nelse').reason).toBe('something\nelse');
});
