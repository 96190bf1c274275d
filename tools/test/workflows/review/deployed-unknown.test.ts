import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Refusal } from '../../support/fake-query-api';
import { newDirectory, writeAssembly } from '@infra/change-review/testing';
import { BUCKET, comment, denied, deployedHead, fetchDeployed, fetchFrom, writeHead } from './support/fetch-deployed';

const head = writeHead();

describe('an unknown state never reads as no change', () => {
  const fails = ({ exitCode, stdout }: { exitCode: number; stdout: string }, environments: string) => {
    expect(exitCode).toBe(2);
    expect(stdout).toContain(
      `> [!CAUTION]\n> **What is deployed could not be determined for ${environments}.** The effect of a deployment is unknown, ` +
        'so this check fails.',
    );
    expect(stdout).toContain(
      'against what is deployed: could not be determined\n\n**Could not be determined**\n\n- ⛔ **Deployed stack',
    );
  };
  const yaml = 'Resources:\n  Data:\n    Type: AWS::S3::Bucket # hunter2\n';
  const cut = '{"Resources":{"Data":{"Type":"AWS::S3::Bucket","Properties":{"Password":"hunter2';

  it.each([
    { title: 'AWS refuses', stack: denied, says: 'AccessDenied: User: @octocat is not authorized' },
    {
      title: 'AWS is busy',
      stack: { refusal: new Refusal('Throttling', 'Rate exceeded') },
      says: 'Throttling: Rate exceeded',
    },
    {
      title: 'something else does not exist',
      stack: { refusal: new Refusal('ValidationError', 'X does not exist') },
      says: 'X does not',
    },
    {
      title: 'the template is YAML',
      stack: { template: yaml },
      says: 'that is deployed cannot be read: it is not JSON',
    },
    {
      title: 'the template is cut off',
      stack: { template: cut },
      says: 'that is deployed cannot be read: it is not JSON',
    },
    {
      title: 'there is no template',
      stack: { template: '' },
      says: 'that is deployed cannot be read: it is not JSON',
    },
    { title: 'the template has no resources', stack: { template: {} }, says: 'it has no Resources' },
  ])('where $title, and the other environment is reported all the same', async ({ stack, says }) => {
    const { file, ...reported } = await fetchDeployed(head, { ProoflinkDev: deployedHead, ProoflinkProd: stack });
    expect(reported.exitCode).toBe(2);
    expect(reported.stdout).toMatch(/^ProoflinkDev: fetched\nProoflinkProd: could not be fetched: /);
    expect(reported.stdout).toContain(says);
    const written = comment(file, head);
    fails(written, '`ProoflinkProd`');
    expect(written.stdout).toContain(says);
    expect(written.stdout).toContain('`ProoflinkDev` against what is deployed: no change\n');
    expect(readFileSync(file, 'utf8') + written.stdout).not.toContain('hunter2');
  });

  it('where AWS cannot be reached', async () => {
    const { exitCode, file } = await fetchFrom('http://127.0.0.1:9', head);
    expect(exitCode).toBe(2);
    fails(comment(file, head), '`ProoflinkDev`, `ProoflinkProd`');
  });

  it.each([
    {
      title: 'of another account, where there is no such stack',
      environment: 'aws://210987654321/ap-northeast-1',
      says: 'belongs in 210987654321',
    },
    {
      title: 'asked for a region that is a host',
      environment: 'aws://123456789012/evil.example.com#',
      says: 'Region not accepted',
    },
  ])('where the credentials are $title', async ({ environment, says }) => {
    const { exitCode, stdout, asked } = await fetchDeployed(writeAssembly({ stacks: { A: { environment } } }), {});
    expect({ exitCode, reported: stdout.includes(says) }).toEqual({ exitCode: 2, reported: true });
    expect(asked).not.toContain('DescribeStacks A');
  });

  it('where the label accepts data at risk: that is another matter', async () => {
    const { file } = await fetchDeployed(head, { ProoflinkDev: deployedHead, ProoflinkProd: denied });
    const base = writeAssembly({ stacks: { ProoflinkDev: { resources: { ...BUCKET, Photos: BUCKET.Data } } } });
    const written = comment(file, head, base, { allowDestructive: true });
    fails(written, '`ProoflinkProd`');
    expect(written.stdout).toContain('Accepted by the label `allow-destructive`.\n');
    expect(written.stdout).not.toContain('passes');
  });

  it('where the file was made for another assembly', async () => {
    const other = writeAssembly({ stacks: { ProoflinkDev: {}, ProoflinkProd: {} } });
    const { file } = await fetchDeployed(other, { ProoflinkDev: {}, ProoflinkProd: {} });
    const written = comment(file, head);
    fails(written, '`ProoflinkDev`, `ProoflinkProd`');
    expect(written.stdout).toContain('It was fetched for a different assembly. Fetch it again.');
  });
});

const HERE = '123456789012';
const ELSEWHERE = '210987654321';
const inAccount = (account: string) => ({ environment: `aws://${account}/ap-northeast-1`, resources: BUCKET });
const two = writeAssembly({ stacks: { ProoflinkDev: inAccount(HERE), ProoflinkProd: inAccount(ELSEWHERE) } });
const topics = { template: { Resources: { ...BUCKET, Topic: { Type: 'AWS::SNS::Topic' } } } };

/** A folder with a folder for each account, whose credentials brought a file, as jobs download them. */
async function folderOf(...accounts: readonly string[]): Promise<string> {
  const folder = newDirectory();
  for (const account of accounts) {
    const { file } = await fetchDeployed(two, { ProoflinkDev: deployedHead, ProoflinkProd: topics }, account);
    cpSync(file, join(folder, account, 'deployed.json'));
  }
  return folder;
}

describe('where environments have accounts of their own', () => {
  it('each account’s credentials fetch its own stacks, and ask nothing about the others', async () => {
    const { exitCode, stdout, asked } = await fetchDeployed(two, { ProoflinkDev: deployedHead });
    const why = `The credentials are of account ${HERE}, and ProoflinkProd belongs in ${ELSEWHERE}.`;
    expect([exitCode, stdout]).toEqual([0, `ProoflinkDev: fetched\nProoflinkProd: left out: ${why}\n`]);
    expect(asked.filter((one) => one.includes('ProoflinkProd'))).toEqual([]);
  });

  it('the head is compared with all that they brought, in whichever order', async () => {
    for (const folder of [await folderOf(HERE, ELSEWHERE), await folderOf(ELSEWHERE, HERE)]) {
      const { exitCode, stdout } = comment(folder, two);
      expect(exitCode).toBe(0);
      expect(stdout).toContain('`ProoflinkDev` against what is deployed: no change\n');
      expect(stdout).toMatch(/`ProoflinkProd` against what is deployed: 1 to check\n[^]*Topic/);
    }
  });

  it('what no account brought is not known, never the same', async () => {
    const { exitCode, stdout } = comment(await folderOf(HERE), two);
    expect(exitCode).toBe(2);
    expect(stdout).toContain('**What is deployed could not be determined for `ProoflinkProd`.**');
    expect(stdout).toContain(`The credentials are of account ${HERE}, and ProoflinkProd belongs in ${ELSEWHERE}.`);
    const nothing = comment(await folderOf(), two);
    expect(nothing.exitCode).toBe(2);
    expect(nothing.stdout).toContain('could not be determined for `ProoflinkDev`, `ProoflinkProd`');
    expect(nothing.stdout).toContain('has no file that says what that is.');
  });
});
