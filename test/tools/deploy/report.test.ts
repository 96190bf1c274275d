import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Result, runDeployReport } from '../../../tools/deploy/report';
import { outcomeOf } from '@infra/common/outcome';
import { temporaryFolder } from '@infra/common/testing';

const root = temporaryFolder('deploy-report-');
const report = (result: Result, files: Readonly<Record<string, string>>) => {
  const directory = mkdtempSync(join(root, 'deploy-'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text);
  return outcomeOf(() => runDeployReport('ProoflinkDev', directory, result));
};

describe('the summary of a deployment', () => {
  it('says that no tag was given, so that nobody looks for a release', async () => {
    expect((await report('success', {})).stdout).toContain('No tag was given: the images that run stay.');
  });

  it('does not show as outputs what another stack has', async () => {
    const { exitCode, stderr } = await report('success', {
      'outputs.json': '{"ProoflinkProd":{"ApplicationUrl":"x"}}',
    });
    expect(exitCode).toBe(2);
    expect(stderr).toBe('outputs.json has no outputs of ProoflinkDev.\n');
  });

  it.each<[Result, string]>([
    ['skipped', '## `ProoflinkDev` was not touched'],
    ['cancelled', 'CloudFormation goes on by itself'],
    ['failure', '## `ProoflinkDev` was not deployed'],
    ['unstable', '## `ProoflinkDev` was deployed, but what was released does not run'],
    ['planned', '## What a deployment of `ProoflinkDev` would change'],
  ])('never reads as a success where the step was: %s', async (result, text) => {
    const { stdout } = await report(result, { 'diff.txt': 'one resource' });
    expect(stdout).toContain(text);
    expect(stdout).toContain('### The diff to what is deployed');
    expect(stdout).not.toMatch(/was deployed$/m);
  });

  it('shows warnings of a success as no failure', async () => {
    expect((await report('success', { 'failure.txt': 'a warning of Node' })).stdout).not.toContain('What went wrong');
  });

  it('tells why what was released does not run', async () => {
    const { stdout } = await report('unstable', { 'release.txt': '0 of 2 tasks run', 'failure.txt': 'events' });
    expect(stdout).toContain('### What runs\n\n```\n0 of 2 tasks run\n```');
    expect(stdout).not.toContain('What went wrong');
  });

  it('lets a log line be no markup', async () => {
    const { stdout } = await report('failure', { 'failure.txt': '```\n# @everyone\n\u001b[31m' });
    expect(stdout).toContain('````\n```\n# @everyone\n\\u{1b}[31m\n````');
  });

  it('is cut where it is too long to be read, or to be taken by GitHub', async () => {
    const { stdout } = await report('success', { 'diff.txt': 'a line\n'.repeat(200_000) });
    expect(stdout.length).toBeLessThan(100_000);
    expect(stdout).toContain('… (the rest is in the log)');
  });

  it('leaves out a line without an end', async () => {
    const { stdout } = await report('failure', { 'failure.txt': `why\n${'x'.repeat(2_000_000)}\ntoo` });
    expect(stdout).toContain('why\n… (a line of 2000000 characters)\ntoo');
  });

  it('cannot be made of a folder that is not there', async () => {
    expect(await outcomeOf(() => runDeployReport('ProoflinkDev', 'nowhere', 'success'))).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: 'nowhere is not a directory.\n',
    });
  });
});
