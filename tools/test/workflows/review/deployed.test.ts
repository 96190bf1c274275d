import { existsSync, readFileSync } from 'node:fs';
import { review, writeAssembly } from '@infra/change-review/testing';
import {
  BUCKET,
  comment,
  denied,
  deployedHead,
  type FakeStack,
  fetchDeployed,
  writeHead,
} from './support/fetch-deployed';

const head = writeHead();
const withTopic = { Resources: { ...BUCKET, Topic: { Type: 'AWS::SNS::Topic' } } };

describe('what is deployed is fetched', () => {
  it('with two rights, as it was deployed', async () => {
    const environment = 'aws://unknown-account/ap-northeast-1';
    const assembly = writeAssembly({ stacks: { ProoflinkDev: { environment } } });
    const { file, ...outcome } = await fetchDeployed(assembly, {
      ProoflinkDev: { template: withTopic, terminationProtection: true, tags: { Project: 'ProofLink' } },
    });
    expect(outcome).toEqual({
      asked: ['DescribeStacks ProoflinkDev', 'GetTemplate ProoflinkDev Original'],
      exitCode: 0,
      stdout: 'ProoflinkDev: fetched\n',
      stderr: '',
    });
    const { ProoflinkDev: written } = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
    expect(written).toMatchObject({
      stack: {
        environment,
        terminationProtection: true,
        tags: { Project: 'ProofLink' },
        template: withTopic,
      },
    });
  });

  it.each<{ readonly title: string; readonly prod: Readonly<Record<string, FakeStack>> }>([
    { title: 'it has never been', prod: {} },
    { title: 'only a change set was made', prod: { ProoflinkProd: { status: 'REVIEW_IN_PROGRESS' } } },
    {
      title: 'its first deployment failed',
      prod: { ProoflinkProd: { ...deployedHead, status: 'ROLLBACK_COMPLETE' } },
    },
  ])('a stack that is not deployed is said to be that, where $title', async ({ prod }) => {
    const { exitCode, stdout, file } = await fetchDeployed(head, { ProoflinkDev: deployedHead, ...prod });
    expect(exitCode).toBe(0);
    expect(stdout).toBe('ProoflinkDev: fetched\nProoflinkProd: not deployed yet\n');
    const written = comment(file, head);
    expect(written.exitCode).toBe(0);
    expect(written.stdout).toContain('`ProoflinkProd` against what is deployed: not deployed yet\n');
  });

  it('not where the assembly cannot be read: no file is left that could be taken for a result', async () => {
    const { exitCode, stderr, file } = await fetchDeployed('nowhere', {});
    expect(exitCode).toBe(2);
    expect(existsSync(file)).toBe(false);
    expect(stderr).toContain('nowhere is not a directory');
  });
});

describe('the head is compared with what is deployed', () => {
  it('and the same on all sides is said in a line', async () => {
    const { file } = await fetchDeployed(head, { ProoflinkDev: deployedHead, ProoflinkProd: deployedHead });
    const { exitCode, stdout } = comment(file, head);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('**No change.** The templates of `ProoflinkDev`, ');
  });

  it('and where that is the base nothing is reported twice', async () => {
    const base = writeAssembly({ stacks: { ProoflinkDev: { template: withTopic }, ProoflinkProd: {} } });
    const { file } = await fetchDeployed(head, { ProoflinkDev: { template: withTopic }, ProoflinkProd: deployedHead });
    const { stdout } = comment(file, head, base);
    expect(stdout).toContain(
      '`ProoflinkDev` against what is deployed: same as above, because the base is what is deployed\n',
    );
    expect(stdout.match(/\*\*`Topic`/g)).toHaveLength(1);
    expect(stdout).toContain('`ProoflinkProd` against what is deployed: no change\n');
  });

  it('and a difference is reported by the same levels, with what cdk diff says: here the pull request is innocent', async () => {
    const template = { Resources: { ...BUCKET, Photos: BUCKET.Data } };
    const stacks = { ProoflinkDev: { template, terminationProtection: true }, ProoflinkProd: deployedHead };
    const { file } = await fetchDeployed(head, stacks);
    const { exitCode, stdout } = comment(file, head);
    expect(exitCode).toBe(1);
    expect(stdout).toContain('**2 findings at risk in `ProoflinkDev` against what is deployed.**');
    const section = stdout.split('### ').find((part) => part.startsWith('`ProoflinkDev` against'));
    expect(section).toContain('Termination protection of the stack is turned off');
    expect(section).toContain('⛔ **`Photos` (`AWS::S3::Bucket`)**: Removed. It is deleted if it is empty');
    expect(section).toContain('<details><summary><code>cdk diff</code>: 1 destructive change</summary>');
    expect(section).toContain('\n[-] AWS::S3::Bucket Photos destroy\n');
    expect(comment(file, head, head, { allowDestructive: true }).exitCode).toBe(0);
  });

  it('on a terminal, too', async () => {
    const { file } = await fetchDeployed(head, { ProoflinkDev: { template: withTopic }, ProoflinkProd: denied });
    const { exitCode, stdout } = review(head, head, { deployed: file });
    expect(exitCode).toBe(2);
    expect(stdout).toMatch(/ProoflinkDev against what is deployed: 1 to check\nTo check[^]*Topic/);
    expect(stdout).toContain('What is deployed could not be determined for ProoflinkProd.');
    expect(stdout).toContain('AccessDenied: User: @octocat is not authorized');
  });

  it('and what CloudFormation does not give back, being not ASCII, is no difference', async () => {
    const topic = (DisplayName: string) => ({ Topic: { Type: 'AWS::SNS::Topic', Properties: { DisplayName } } });
    const japanese = writeAssembly({ stacks: { ProoflinkDev: { resources: topic('データ 1') } } });
    const reported = async (name: string) => {
      const { file } = await fetchDeployed(japanese, { ProoflinkDev: { template: { Resources: topic(name) } } });
      return comment(file, japanese).stdout;
    };
    expect(await reported('??? 1')).toContain('deployed: no change\n');
    expect(await reported('??? 2')).toContain('`??? 2` → `??? 1`');
    // Such a template was deployed with escapes, which CloudFormation returns.
    expect(await reported('データ 1')).toContain('deployed: no change\n');
    expect(await reported('データ 2')).toContain('`データ 2` → `データ 1`');
  });
});

describe('a secret in a template', () => {
  const SECRET = 'hunter2-correct-horse';
  const OTHER_SECRET = 'hunter3-battery-staple';
  /** Any piece of the two. */
  const SHOWN = /hunter|correct|battery/;

  const templateWith = (secret: string) => ({
    Parameters: { P: { Type: 'String', Default: secret, NoEcho: true } },
    Outputs: { AdminPassword: { Value: secret } },
    Resources: { Database: { Type: 'AWS::RDS::DBInstance', Properties: { MasterUserPassword: secret } } },
  });
  const assembly = writeAssembly({ stacks: { ProoflinkDev: { template: templateWith(OTHER_SECRET) } } });
  // The base has a secret more, so that its labels are others than the file's.
  const base = writeAssembly({
    stacks: { A: { template: templateWith(SECRET) }, ProoflinkDev: { template: templateWith(OTHER_SECRET) } },
  });

  /** The file and the comment where a stack with a secret is deployed. */
  async function filesAfter(deployedSecret: string) {
    const { file } = await fetchDeployed(assembly, { ProoflinkDev: { template: templateWith(deployedSecret) } });
    const { stdout } = comment(file, assembly, base);
    const [, ofDev = ''] = stdout.split('`ProoflinkDev` against what is deployed: ');
    return { written: readFileSync(file, 'utf8') + stdout, ofDev };
  }

  test.each([SECRET, OTHER_SECRET])(
    'is neither in the file nor in the comment, whichever is deployed: %s',
    async (secret) => {
      const { written } = await filesAfter(secret);
      expect(written).not.toMatch(SHOWN);
    },
  );

  test('is reported if it changes', async () => {
    const { ofDev } = await filesAfter(SECRET);
    expect(ofDev.match(/\(hidden value 2\)[^\n]*→ [^\n]*\(hidden value 1\)/g)).toHaveLength(3);
  });

  test('is no change if it stays', async () => {
    const { ofDev } = await filesAfter(OTHER_SECRET);
    expect(ofDev).toMatch(/^no change/);
  });
});

const STACK = 'ProoflinkProd';
/** The review of a deployment's own assembly against what is deployed, as the workflow calls it. */
async function reviewed(resources: Record<string, unknown>, deployed: FakeStack, stack = STACK) {
  const assembly = writeAssembly({ stacks: { ProoflinkDev: { resources: BUCKET }, [STACK]: { resources } } });
  const fetched = await fetchDeployed(assembly, { [STACK]: deployed }, undefined, STACK);
  return { fetched, ...review(assembly, assembly, { markdown: true, deployed: fetched.file, stack }) };
}

describe('the review of a deployment', () => {
  test('of one environment’s stack alone is asked and reported', async () => {
    const { fetched, exitCode, stdout } = await reviewed(BUCKET, deployedHead);
    expect(fetched.asked.slice(1)).toEqual([`DescribeStacks ${STACK}`, `GetTemplate ${STACK} Original`]);
    expect(Object.keys(JSON.parse(readFileSync(fetched.file, 'utf8')) as object)).toEqual([STACK]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain(`\`${STACK}\` against what is deployed: no change`);
    expect(stdout).not.toContain('ProoflinkDev');
  });

  test('a change that code makes only in a deployment is shown before the approval', async () => {
    const { stdout } = await reviewed({ ...BUCKET, Address: { Type: 'AWS::EC2::EIP' } }, deployedHead);
    expect(stdout).toMatch(/finding.* opened or weakened in `ProoflinkProd` against what is deployed/);
  });

  test('data at risk is for the approver, and stops nothing', async () => {
    const { exitCode, stdout } = await reviewed({}, deployedHead);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('Approve this deployment only if this is intended.');
    expect(stdout).not.toContain('allow-destructive');
  });

  test('an unknown state stops it', async () => {
    const { exitCode } = await reviewed(BUCKET, denied);
    expect(exitCode).toBe(2);
  });

  test('a stack that the assembly has not stops it', async () => {
    const { exitCode, stderr } = await reviewed(BUCKET, deployedHead, 'ProoflinkStaging');
    expect(exitCode).toBe(2);
    expect(stderr).toBe('There is no stack ProoflinkStaging: ProoflinkDev, ProoflinkProd.\n');
  });

  test('nothing is fetched of a stack that the assembly has not', async () => {
    const assembly = writeAssembly({ stacks: { ProoflinkDev: {} } });
    const { exitCode, stderr } = await fetchDeployed(assembly, {}, undefined, STACK);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('There is no stack ProoflinkProd');
  });
});
