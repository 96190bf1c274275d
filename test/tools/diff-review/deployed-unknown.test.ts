import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Refusal } from '../../support/fake-query-api';
import { newDirectory, removeAssemblies, review, writeAssembly } from './support/assemblies';
import { type FakeStack, fetchDeployed, fetchFrom } from './support/fetch-deployed';
import { SECRET, SHOWN } from './support/secrets';

afterAll(removeAssemblies);

const BUCKET = { Data: { Type: 'AWS::S3::Bucket', DeletionPolicy: 'Delete' } };
const head = writeAssembly({ stacks: { ProoflinkDev: { resources: BUCKET }, ProoflinkProd: { resources: BUCKET } } });
const asHead: FakeStack = { template: { Resources: BUCKET } };
const denied: FakeStack = { refusal: new Refusal('AccessDenied', 'User: @octocat is not authorized') };

/** The comment on a pull request from a base to the head, with what was fetched. */
const comment = (file: string, base = head, ...options: string[]) =>
  review(base, head, '--markdown', '--deployed', file, ...options);

describe('what could not be told never reads as no change', () => {
  const fails = ({ exitCode, stdout }: { exitCode: number; stdout: string }, environments: string) => {
    expect(exitCode).toBe(2);
    expect(stdout).toContain(
      `> [!CAUTION]\n> **What is deployed could not be told for ${environments}.** What a deployment would do is not ` +
        'known, so this check fails.',
    );
    expect(stdout).toContain('against what is deployed: could not be told\n\n```\n');
    expect(stdout).not.toContain('deployed: no change\n\n```');
  };
  const yaml = `Resources:\n  Data:\n    Type: AWS::S3::Bucket # ${SECRET}\n`;
  const secret = `{"Resources":{"Data":{"Type":"AWS::S3::Bucket","Properties":{"Password":"${SECRET}`;

  it.each<[string, FakeStack, string]>([
    ['AWS refuses', denied, 'AccessDenied: User: @octocat is not authorized'],
    ['AWS is busy', { refusal: new Refusal('Throttling', 'Rate exceeded') }, 'Throttling: Rate exceeded'],
    [
      'another thing than the stack does not exist',
      { refusal: new Refusal('ValidationError', 'X does not exist') },
      'X',
    ],
    ['the template is YAML', { template: yaml }, 'that is deployed cannot be read: it is not JSON'],
    ['the template is cut off', { template: secret }, 'that is deployed cannot be read: it is not JSON'],
    ['there is no template', { template: '' }, 'that is deployed cannot be read: it is not JSON'],
    ['the template has no resources', { template: {} }, 'it has no Resources'],
    ['a resource has no type', { template: { Resources: { A: {} } } }, 'its resource A has no Type'],
    [
      'a stack is nested',
      { template: { Resources: { A: { Type: 'AWS::CloudFormation::Stack' } } } },
      'has a nested stack, A',
    ],
    [
      'the templates cannot be compared',
      {
        template: {
          Resources: { A: { Type: 'AWS::EC2::SecurityGroup', Properties: { SecurityGroupIngress: [null] } } },
        },
      },
      'cannot be compared, one is malformed',
    ],
  ])('where %s, and the other environment is told all the same', async (_case, stack, why) => {
    const { file } = await fetchDeployed(head, { ProoflinkDev: asHead, ProoflinkProd: stack });
    const written = comment(file);
    fails(written, '`ProoflinkProd`');
    expect(written.stdout).toContain(why);
    expect(written.stdout).toContain('`ProoflinkDev` against what is deployed: no change\n');
    expect(readFileSync(file, 'utf8') + written.stdout).not.toMatch(SHOWN);
  });

  it('where AWS refuses the command says so, and fails', async () => {
    const { exitCode, stdout, stderr } = await fetchDeployed(head, { ProoflinkDev: asHead, ProoflinkProd: denied });
    expect(exitCode).toBe(2);
    expect(stdout).toBe('ProoflinkDev: fetched\n');
    expect(stderr).toContain('ProoflinkProd: what is deployed could not be fetched. AccessDenied: User: @octocat');
  });

  it('where AWS cannot be reached', async () => {
    const { exitCode, file } = await fetchFrom('http://127.0.0.1:9', head);
    expect(exitCode).toBe(2);
    fails(comment(file), '`ProoflinkDev`, `ProoflinkProd`');
  });

  it.each([
    [
      'of another account, where there is no such stack',
      'aws://210987654321/ap-northeast-1',
      'belongs in 210987654321',
    ],
    ['asked for a region that is a host', 'aws://123456789012/evil.example.com#', 'Region not accepted'],
  ])('where the credentials are %s', async (_case, environment, why) => {
    const { exitCode, stderr, asked } = await fetchDeployed(writeAssembly({ stacks: { A: { environment } } }), {});
    expect({ exitCode, told: stderr.includes(why) }).toEqual({ exitCode: 2, told: true });
    expect(asked).not.toContain('DescribeStacks A');
  });

  it('where the label accepts data at risk: that is another matter', async () => {
    const { file } = await fetchDeployed(head, { ProoflinkDev: asHead, ProoflinkProd: denied });
    const base = writeAssembly({ stacks: { ProoflinkDev: { resources: { ...BUCKET, Photos: BUCKET.Data } } } });
    const written = comment(file, base, '--allow-destructive');
    fails(written, '`ProoflinkProd`');
    expect(written.stdout).toContain('Accepted by the label `allow-destructive`.\n');
    expect(written.stdout).not.toContain('passes');
  });

  it.each([
    ['is missing', undefined, 'cannot be read: ENOENT'],
    ['is not JSON', '{"ProoflinkDev', 'cannot be read: it is not JSON'],
    ['is no object', '[]', 'does not say what is deployed under this name'],
    ['leaves the environments out', '{}', 'does not say what is deployed under this name'],
    ['has another shape', '{"ProoflinkDev":"same","ProoflinkProd":{"state":"absent"}}', 'does not say what is'],
    ['has another state', '{"ProoflinkDev":{"state":"fine"},"ProoflinkProd":{}}', 'has a state that is not known'],
    ['has no stack', '{"ProoflinkDev":{"state":"deployed"}}', 'is malformed'],
    [
      'has a stack without a template',
      '{"ProoflinkDev":{"state":"deployed","stack":{"environment":"","terminationProtection":true,"tags":{}}}}',
      'it has no Resources',
    ],
  ])('where the file %s', (_case, content, why) => {
    const file = join(newDirectory(), 'deployed.json');
    if (content !== undefined) writeFileSync(file, content);
    const written = comment(file);
    expect(written.exitCode).toBe(2);
    expect(written.stdout).toMatch(/\*\*What is deployed could not be told for `ProoflinkDev`/);
    expect(written.stdout).toContain(why);
  });

  it('where the file was made for another assembly', async () => {
    const { file } = await fetchDeployed(writeAssembly({ stacks: { ProoflinkDev: {}, ProoflinkProd: {} } }), {
      ProoflinkDev: {},
      ProoflinkProd: {},
    });
    const written = comment(file);
    fails(written, '`ProoflinkDev`, `ProoflinkProd`');
    expect(written.stdout).toContain('It was fetched for another assembly than this one: fetch it again.');
  });
});
