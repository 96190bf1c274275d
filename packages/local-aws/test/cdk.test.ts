import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CdkError, deploy, runCdk } from '../src/cdk';
import { Account } from './support/account';

const account = Account.shared({ region: 'us-east-1', usedBefore: true });

beforeAll(() => deploy({ aws: account.aws, app: writeAssembly('deployed') }, 'Shop'), 60_000);

/** Values of the stack `Shop` that a test changes. */
interface ShopValues {
  readonly desiredCount?: number;
  readonly memory?: string;
}

/** Hides a value from the template: the CLI sees a change of it only if the change set names the property. */
function ifTag(value: unknown) {
  return { 'Fn::If': ['HasTag', value, 'none'] };
}

function shopTemplate({ desiredCount = 1, memory = '512' }: ShopValues) {
  return {
    Parameters: { Tag: { Type: 'String', Default: 'v1' } },
    Conditions: { HasTag: { 'Fn::Not': [{ 'Fn::Equals': [{ Ref: 'Tag' }, ''] }] } },
    Resources: {
      Cluster: {
        Type: 'AWS::ECS::Cluster',
        Properties: { ClusterName: 'shop' },
      },
      Definition: {
        Type: 'AWS::ECS::TaskDefinition',
        Properties: {
          Family: 'shop',
          Memory: ifTag(memory),
          ContainerDefinitions: [{ Name: 'web', Image: 'web' }],
        },
      },
      Service: {
        Type: 'AWS::ECS::Service',
        Properties: {
          ServiceName: 'shop',
          Cluster: { Ref: 'Cluster' },
          TaskDefinition: { Ref: 'Definition' },
          DesiredCount: ifTag(desiredCount),
        },
      },
    },
  };
}

/** Writes a cloud assembly with one stack `Shop`; returns its folder. */
function writeAssembly(folderName: string, values: ShopValues = {}): string {
  const folder = join(account.aws.directory, folderName);
  mkdirSync(folder);
  const artifact = {
    type: 'aws:cloudformation:stack',
    environment: 'aws://123456789012/us-east-1',
    properties: { templateFile: 'Shop.template.json' },
  };
  const manifest = { version: '36.0.0', artifacts: { Shop: artifact } };
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest));
  writeFileSync(join(folder, 'Shop.template.json'), JSON.stringify(shopTemplate(values)));
  return folder;
}

/** Runs the CDK CLI on a new cloud assembly. */
function cdk(folderName: string, values: ShopValues, ...args: string[]) {
  return runCdk({ aws: account.aws, app: writeAssembly(folderName, values) }, args);
}

describe('the CDK CLI', () => {
  it('cdk diff shows changed results of intrinsic functions and dependent resources', async () => {
    const { output } = await cdk('all-changed', { desiredCount: 2, memory: '1024' }, 'diff', 'Shop');
    const changes = output.split('\n').filter((line) => /^\[|^ └─|^ ├─|no differences/.test(line));
    expect(changes).toEqual([
      '[~] AWS::ECS::TaskDefinition Definition replace',
      ' └─ [~] Memory (requires replacement)',
      '[~] AWS::ECS::Service Service',
      ' ├─ [~] DesiredCount',
      ' └─ [~] TaskDefinition',
    ]);
  });

  it.each([
    { title: 'is aborted', folder: 'aborted', signal: () => AbortSignal.timeout(1) },
    { title: 'was aborted before it began', folder: 'aborted-before', signal: () => AbortSignal.abort() },
  ])('a command that $title ends, and says so', async ({ folder, signal }) => {
    const app = writeAssembly(folder);
    const { exitCode, output } = await runCdk({ aws: account.aws, app, signal: signal() }, ['diff', 'Shop']);
    expect(output).toContain('The CLI was ended');
    expect(exitCode).toBe(1);
  });

  it('a failed command has CloudFormation’s message as its reason, without stack traces', () => {
    const message = 'Failed resources:\nShop | CREATE_FAILED | AWS::S3::Bucket | the name is taken';
    const output = `Shop: deploying... [1/1]\n${message}\n    at somewhere (index.js:1:1)`;
    expect(new CdkError('deploy Shop', output).reason).toBe(message);
  });
});
