import { existsSync, readFileSync } from 'node:fs';
import { Refusal } from '../../support/fake-query-api';
import { removeAssemblies, review, writeAssembly } from './support/assemblies';
import { type FakeStack, fetchDeployed } from './support/fetch-deployed';
import { OTHER, SECRET, SECRETIVE, SHOWN } from './support/secrets';

afterAll(removeAssemblies);

const BUCKET = { Data: { Type: 'AWS::S3::Bucket', DeletionPolicy: 'Delete' } };
const TOPIC = { Topic: { Type: 'AWS::SNS::Topic' } };
const head = writeAssembly({ stacks: { ProoflinkDev: { resources: BUCKET }, ProoflinkProd: { resources: BUCKET } } });
const asHead: FakeStack = { template: { Resources: BUCKET } };
const withTopic: FakeStack = { template: { Resources: { ...BUCKET, ...TOPIC } } };
const denied: FakeStack = { refusal: new Refusal('AccessDenied', 'User: @octocat is not authorized') };

/** The comment on a pull request from a base to the head, with what was fetched. */
const comment = (file: string, base = head, ...options: string[]) =>
  review(base, head, '--markdown', '--deployed', file, ...options);

describe('what is deployed is fetched', () => {
  it('with two rights, the templates as they were deployed', async () => {
    const { asked, exitCode, stdout, stderr, file } = await fetchDeployed(
      writeAssembly({ stacks: { ProoflinkDev: { environment: 'aws://unknown-account/ap-northeast-1' } } }),
      { ProoflinkDev: { ...withTopic, terminationProtection: true, tags: { Project: 'ProofLink' } } },
    );
    expect(asked).toEqual(['DescribeStacks ProoflinkDev', 'GetTemplate ProoflinkDev Original']);
    expect({ exitCode, stdout, stderr }).toEqual({ exitCode: 0, stdout: 'ProoflinkDev: fetched\n', stderr: '' });
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({
      ProoflinkDev: {
        stack: { terminationProtection: true, tags: { Project: 'ProofLink' }, template: withTopic.template },
      },
    });
  });

  it.each([
    ['it has never been', {}],
    ['only a change set was made', { ProoflinkProd: { status: 'REVIEW_IN_PROGRESS' } }],
    ['its first deployment failed', { ProoflinkProd: { ...asHead, status: 'ROLLBACK_COMPLETE' } }],
  ])('a stack that is not deployed is said to be that, where %s', async (_case, stacks) => {
    const { exitCode, stdout, file } = await fetchDeployed(head, { ProoflinkDev: asHead, ...stacks });
    expect({ exitCode, stdout }).toEqual({
      exitCode: 0,
      stdout: 'ProoflinkDev: fetched\nProoflinkProd: not deployed yet\n',
    });
    const written = comment(file);
    expect(written.exitCode).toBe(0);
    expect(written.stdout).toContain('`ProoflinkProd` against what is deployed: not deployed yet\n');
  });

  it('not where the assembly cannot be read: no file is left that could be taken for a result', async () => {
    const { exitCode, stderr, file } = await fetchDeployed('nowhere', {});
    expect(exitCode).toBe(2);
    expect(stderr).toContain('nowhere is not a directory');
    expect(existsSync(file)).toBe(false);
  });
});

describe('the head is compared with what is deployed', () => {
  it('and the same on all sides is said in a line', async () => {
    const { file } = await fetchDeployed(head, { ProoflinkDev: asHead, ProoflinkProd: asHead });
    const { exitCode, stdout } = comment(file);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('**No change.** The templates of `ProoflinkDev`, `ProoflinkProd` say the same');
    expect(stdout).toContain('`ProoflinkDev` against what is deployed: no change\n');
  });

  it('and where that is the base nothing is told twice', async () => {
    const base = writeAssembly({ stacks: { ProoflinkDev: { resources: { ...BUCKET, ...TOPIC } }, ProoflinkProd: {} } });
    const { file } = await fetchDeployed(head, { ProoflinkDev: withTopic, ProoflinkProd: asHead });
    const { stdout } = comment(file, base);
    expect(stdout).toContain('`ProoflinkDev` against what is deployed: the same, since the base is what is deployed\n');
    expect(stdout.match(/\*\*`Topic`/g)).toHaveLength(1);
    expect(stdout).toContain('`ProoflinkProd` against what is deployed: no change\n');
  });

  it('and a difference is told by the same levels, with what cdk diff says: here the pull request is innocent', async () => {
    const more = { Resources: { ...BUCKET, Photos: { Type: 'AWS::S3::Bucket', DeletionPolicy: 'Delete' } } };
    const { file } = await fetchDeployed(head, {
      ProoflinkDev: { template: more, terminationProtection: true },
      ProoflinkProd: asHead,
    });
    const { exitCode, stdout } = comment(file);
    expect(exitCode).toBe(1);
    expect(stdout).toContain('**2 findings at risk in `ProoflinkDev` against what is deployed.**');
    const section = stdout.split('### ').find((part) => part.startsWith('`ProoflinkDev` against'));
    expect(section).toContain('Its termination protection is switched off');
    expect(section).toContain('⛔ **`Photos` (`AWS::S3::Bucket`)**: Removed. It is deleted if it is empty');
    expect(section).toContain('<details><summary><code>cdk diff</code>: 1 destructive change</summary>');
    expect(section).toContain('\n[-] AWS::S3::Bucket Photos destroy\n');
    expect(comment(file, head, '--allow-destructive').exitCode).toBe(0);
  });

  it('on a terminal, too', async () => {
    const { file } = await fetchDeployed(head, { ProoflinkDev: withTopic, ProoflinkProd: denied });
    const { exitCode, stdout } = review(head, head, '--deployed', file);
    expect(exitCode).toBe(2);
    expect(stdout).toMatch(/ProoflinkDev against what is deployed: 1 other change\nOther changes\n[^]*Topic/);
    expect(stdout).toContain('What is deployed could not be told for ProoflinkProd.');
    expect(stdout).toContain('AccessDenied: User: @octocat is not authorized');
  });

  it('and what CloudFormation does not give back, being not ASCII, is no difference', async () => {
    const topic = (name: string) => ({ Topic: { Type: 'AWS::SNS::Topic', Properties: { DisplayName: name } } });
    const japanese = writeAssembly({ stacks: { ProoflinkDev: { resources: topic('データ 1') } } });
    const { file } = await fetchDeployed(japanese, { ProoflinkDev: { template: { Resources: topic('??? 1') } } });
    expect(review(japanese, japanese, '--markdown', '--deployed', file).stdout).toContain('deployed: no change\n');
    const other = await fetchDeployed(japanese, { ProoflinkDev: { template: { Resources: topic('??? 2') } } });
    expect(review(japanese, japanese, '--markdown', '--deployed', other.file).stdout).toContain('`??? 2` → `??? 1`');
  });
});

describe('no secret is in the file or in the comment, and that it changes is', () => {
  it.each(SECRETIVE)('%s', async (_case, resource) => {
    const assembly = writeAssembly({ stacks: { ProoflinkDev: { resources: { Thing: resource(OTHER) } } } });
    const deployed = async (secret: string) => {
      const { file } = await fetchDeployed(assembly, {
        ProoflinkDev: { template: { Resources: { Thing: resource(secret) } } },
      });
      expect(readFileSync(file, 'utf8')).not.toMatch(SHOWN);
      // The base has a secret more, so that its labels are others than the file's.
      const base = writeAssembly({
        stacks: { ProoflinkDev: { resources: { First: resource(`${OTHER}s`), Thing: resource(OTHER) } } },
      });
      const { stdout } = review(base, assembly, '--markdown', '--deployed', file);
      expect(stdout).not.toMatch(SHOWN);
      return stdout.split('`ProoflinkDev` against what is deployed: ')[1] ?? '';
    };
    expect(await deployed(SECRET)).toMatch(/^1 [^]*\(hidden value 2\)[^]*→ [^]*\(hidden value 1\)/);
    expect(await deployed(OTHER)).toMatch(/^no change/);
  });

  it("a parameter's default that is not to be echoed, and an output's value", async () => {
    const template = (secret: string) => ({
      Parameters: { P: { Type: 'String', Default: secret, NoEcho: true } },
      Outputs: { AdminPassword: { Value: secret } },
    });
    const assembly = writeAssembly({ stacks: { ProoflinkDev: { template: template(OTHER) } } });
    const { file } = await fetchDeployed(assembly, {
      ProoflinkDev: { template: { Resources: {}, ...template(SECRET) } },
    });
    expect(readFileSync(file, 'utf8')).not.toMatch(SHOWN);
    const { stdout } = review(assembly, assembly, '--markdown', '--deployed', file);
    expect(stdout).toMatch(/`P.Default`: `\(hidden value \d\)` → `\(hidden value \d\)`/);
    expect(stdout).toMatch(/\[~\] Output AdminPassword: \{"Value":"\(hidden value \d\)"\} to /);
    expect(stdout).not.toMatch(SHOWN);
  });
});
