import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { newDirectory, writeAssembly } from '@infra/change-review/testing';
import { BUCKET, comment, deployedHead, fetchDeployed } from './support/fetch-deployed';

const HERE = '123456789012';
const ELSEWHERE = '210987654321';
const inAccount = (account: string) => ({
  environment: `aws://${account}/ap-northeast-1`,
  resources: BUCKET,
});
const head = writeAssembly({ stacks: { ProoflinkDev: inAccount(HERE), ProoflinkProd: inAccount(ELSEWHERE) } });
const topics = { template: { Resources: { ...BUCKET, Topic: { Type: 'AWS::SNS::Topic' } } } };

/** A folder with the files that credentials of these accounts brought. */
async function folderOf(...accounts: readonly string[]): Promise<string> {
  const folder = newDirectory();
  for (const account of accounts) {
    const { file } = await fetchDeployed(head, { ProoflinkDev: deployedHead, ProoflinkProd: topics }, account);
    cpSync(file, join(folder, `deployed-${account}.json`));
  }
  return folder;
}

describe('where environments have accounts of their own', () => {
  it('each account’s credentials fetch its own stacks, and ask nothing about the others', async () => {
    const { exitCode, stdout, asked } = await fetchDeployed(head, { ProoflinkDev: deployedHead });
    const why = `The credentials are of account ${HERE}, and ProoflinkProd belongs in ${ELSEWHERE}.`;
    expect([exitCode, stdout]).toEqual([0, `ProoflinkDev: fetched\nProoflinkProd: left out: ${why}\n`]);
    expect(asked.filter((one) => one.includes('ProoflinkProd'))).toEqual([]);
  });

  it('the head is compared with all that they brought, in whichever order', async () => {
    for (const folder of [await folderOf(HERE, ELSEWHERE), await folderOf(ELSEWHERE, HERE)]) {
      const { exitCode, stdout } = comment(folder, head);
      expect(exitCode).toBe(0);
      expect(stdout).toContain('`ProoflinkDev` against what is deployed: no change\n');
      expect(stdout).toMatch(/`ProoflinkProd` against what is deployed: 1 to look at\n[^]*Topic/);
    }
  });

  it('an account that brought nothing is not known, never the same', async () => {
    const { exitCode, stdout } = comment(await folderOf(HERE), head);
    expect(exitCode).toBe(2);
    expect(stdout).toContain('**What is deployed could not be told for `ProoflinkProd`.**');
    expect(stdout).toContain(`The credentials are of account ${HERE}, and ProoflinkProd belongs in ${ELSEWHERE}.`);
  });

  it('nor is anything known where nobody brought a file', async () => {
    const { exitCode, stdout } = comment(await folderOf(), head);
    expect(exitCode).toBe(2);
    expect(stdout).toContain('could not be told for `ProoflinkDev`, `ProoflinkProd`');
    expect(stdout).toContain('has no file that says what that is.');
  });
});
