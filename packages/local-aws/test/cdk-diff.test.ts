import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deploy, runCdk } from '../src/cdk';
import { Account, type Resources } from './support/account';

const account = Account.shared({ usedBefore: true });

beforeAll(async () => {
  await deploy({ aws: account.aws, app: assembly('deployed', {}) }, 'Shop');
}, 60_000);

interface Variant {
  readonly count?: number;
  readonly memory?: string;
  readonly mutability?: string;
  readonly state?: string;
  readonly timeout?: number;
}

/** The CLI ignores a changed result of an intrinsic function unless the change set names the property. */
const ifTag = (value: unknown, otherwise: unknown) => ({ 'Fn::If': ['HasTag', value, otherwise] });

function resources({ count = 1, memory = '512', mutability = 'MUTABLE', state = 'ENABLED', timeout = 60 }: Variant) {
  const container = { Image: 'web', Command: ['run'] };
  return {
    Images: {
      Type: 'AWS::ECR::Repository',
      Properties: { RepositoryName: 'shop', ImageTagMutability: ifTag(mutability, 'MUTABLE') },
    },
    Cluster: { Type: 'AWS::ECS::Cluster', Properties: { ClusterName: 'shop' } },
    Definition: {
      Type: 'AWS::ECS::TaskDefinition',
      Properties: {
        Family: 'shop',
        Memory: ifTag(memory, '512'),
        ContainerDefinitions: [{ Name: 'web', ...container }],
      },
    },
    Service: {
      Type: 'AWS::ECS::Service',
      Properties: {
        ServiceName: 'shop',
        Cluster: { Ref: 'Cluster' },
        TaskDefinition: { Ref: 'Definition' },
        DesiredCount: ifTag(count, 0),
      },
    },
    Job: {
      Type: 'AWS::Batch::JobDefinition',
      Properties: {
        JobDefinitionName: 'shop',
        Type: 'container',
        ContainerProperties: { ...container, Memory: 512, Vcpus: 1 },
        Timeout: { AttemptDurationSeconds: ifTag(timeout, 60) },
      },
    },
    Schedule: {
      Type: 'AWS::Scheduler::Schedule',
      Properties: {
        Name: 'shop',
        FlexibleTimeWindow: { Mode: 'OFF' },
        ScheduleExpression: 'cron(0 9 * * ? *)',
        State: ifTag(state, 'ENABLED'),
        Target: {
          Arn: 'arn:aws:scheduler:::aws-sdk:ecs:updateService',
          RoleArn: 'arn:aws:iam::123456789012:role/shop',
        },
      },
    },
  };
}

/** Cloud assembly with one stack `Shop`. */
function assembly(name: string, variant: Variant): string {
  const directory = join(account.aws.directory, name);
  mkdirSync(directory);
  const artifact = {
    type: 'aws:cloudformation:stack',
    environment: 'aws://123456789012/ap-northeast-1',
    properties: { templateFile: 'Shop.template.json' },
  };
  const template: Resources = {
    Parameters: { Tag: { Type: 'String', Default: 'v1' } },
    Conditions: { HasTag: { 'Fn::Not': [{ 'Fn::Equals': [{ Ref: 'Tag' }, ''] }] } },
    Resources: resources(variant),
  };
  writeFileSync(join(directory, 'manifest.json'), JSON.stringify({ version: '36.0.0', artifacts: { Shop: artifact } }));
  writeFileSync(join(directory, 'Shop.template.json'), JSON.stringify(template));
  return directory;
}

describe('cdk diff', () => {
  const differences = async (name: string, variant: Variant) => {
    const { output } = await runCdk({ aws: account.aws, app: assembly(name, variant) }, ['diff', 'Shop']);
    return output.split('\n').filter((line) => /^\[|^ └─|^ ├─|no differences/.test(line));
  };

  it('reports no differences for the same template', async () => {
    expect(await differences('same', {})).toEqual(['There were no differences']);
  });

  it('shows changed results of intrinsic functions and dependent resources', async () => {
    const all = { count: 2, memory: '1024', mutability: 'IMMUTABLE', state: 'DISABLED', timeout: 90 };
    expect(await differences('all', all)).toEqual([
      '[~] AWS::ECR::Repository Images',
      ' └─ [~] ImageTagMutability',
      '[~] AWS::ECS::TaskDefinition Definition replace',
      ' └─ [~] Memory (requires replacement)',
      '[~] AWS::ECS::Service Service',
      ' ├─ [~] DesiredCount',
      ' └─ [~] TaskDefinition',
      '[~] AWS::Batch::JobDefinition Job',
      ' └─ [~] Timeout',
      '[~] AWS::Scheduler::Schedule Schedule',
      ' └─ [~] State',
    ]);
  });
});

describe('cdk deploy', () => {
  const deployWith = (option: string, variant: Variant) =>
    runCdk({ aws: account.aws, app: assembly(option, variant) }, [
      ...['deploy', 'Shop', '--require-approval', 'never', option],
    ]);

  it('refuses --express, which it does not support, and changes nothing', async () => {
    const run = await deployWith('--express', { count: 3 });
    expect(run.exitCode).toBe(1);
    expect(run.output).toMatch('Deploy without --express');
    expect(await account.statusOf('Shop')).toBe('CREATE_COMPLETE');
  });

  it('accepts --revert-drift, and changes nothing without drift', async () => {
    const run = await deployWith('--revert-drift', {});
    expect(run.output).toMatch('no changes');
    expect(run.exitCode).toBe(0);
  });
});
