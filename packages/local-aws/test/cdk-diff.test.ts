import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deploy, runCdk } from '../src/cdk';
import { Account } from './support/account';

const account = Account.shared({ usedBefore: true });

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
    environment: 'aws://123456789012/ap-northeast-1',
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
