import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LiveDiff } from '../../../tools/diff-review/model';
import { type Cdk, runDiffLive } from '../../../tools/diff-review/run-live';
import { newDirectory, removeAssemblies, review, writeAssembly } from './support/assemblies';

afterAll(removeAssemblies);

const bucket = { Data: { Type: 'AWS::S3::Bucket', DeletionPolicy: 'Delete' } };
const head = writeAssembly({ stacks: { ProoflinkDev: { resources: bucket }, ProoflinkProd: { resources: bucket } } });

const SAME = 'Stack ProoflinkDev\nThere were no differences\n\n✨  Number of stacks with differences: 0\n';
const DIFFERS =
  'Stack ProoflinkProd\nResources\n[~] AWS::S3::Bucket Data\n └─ [+] Tags\n\n✨  Number of stacks with differences: 1\n';
const REFUSED = 'ProoflinkProd: could not assume the role cdk-hnb659fds-lookup-role @octocat\n';

/** Runs diff:live with a CDK CLI that answers for ProoflinkProd as told, and returns the file it wrote. */
function live(succeeded: boolean, output: string) {
  const file = join(newDirectory(), 'live.json');
  const calls: string[] = [];
  const cdk: Cdk = (args) => {
    calls.push(args.join(' '));
    return args[1] === 'ProoflinkDev' ? { succeeded: true, output: SAME } : { succeeded, output };
  };
  return { file, calls, ...runDiffLive([head, file], cdk) };
}

/** The comment on a pull request that changes nothing, with what diff:live found. */
const comment = (file: string, ...options: string[]) => review(head, head, '--markdown', '--live', file, ...options);

describe('against what is deployed', () => {
  it('each stack is compared by its template, so that the lookup role is enough', () => {
    const { calls, exitCode, stdout } = live(true, DIFFERS);
    const options = '--ci --exclusively --method=template --no-lookups --no-color --no-notices';
    expect(calls).toEqual([
      `diff ProoflinkDev --app ${head} ${options}`,
      `diff ProoflinkProd --app ${head} ${options}`,
    ]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('== ProoflinkProd\nStack ProoflinkProd\nResources\n[~] AWS::S3::Bucket Data');
  });

  it("is told in each environment's section, folded where it differs", () => {
    const { exitCode, stdout } = comment(live(true, DIFFERS).file);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('### `ProoflinkDev`: no change\n\nAgainst what is deployed: no difference.\n');
    expect(stdout).toContain(
      '### `ProoflinkProd`: no change\n\n<details><summary>Against what is deployed</summary>\n\n' +
        '```\nStack ProoflinkProd\nResources\n[~] AWS::S3::Bucket Data\n └─ [+] Tags\n```\n\n</details>',
    );
  });

  it('is told on a terminal, too', () => {
    const { stdout } = review(head, head, '--live', live(true, DIFFERS).file);
    expect(stdout).toContain('ProoflinkDev: Against what is deployed: no difference.');
    expect(stdout).toContain('ProoflinkProd: Against what is deployed\nStack ProoflinkProd\nResources\n');
  });
});

describe('a diff that could not be made never reads as no change', () => {
  const fails = ({ exitCode, stdout }: { exitCode: number; stdout: string }, environments: string) => {
    expect(exitCode).toBe(2);
    expect(stdout).toContain(
      `> [!CAUTION]\n> **The diff against what is deployed could not be made for ${environments}.** What is there is not ` +
        'known, so this check fails.',
    );
    expect(stdout).toContain('**Against what is deployed: could not be made**\n\n```\n');
  };

  it('where the CLI fails, and the other environment is told all the same', () => {
    const { file, exitCode, stderr } = live(false, REFUSED);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('Could not be compared with what is deployed: ProoflinkProd');
    const written = comment(file);
    fails(written, '`ProoflinkProd`');
    expect(written.stdout).toContain(`\`\`\`\n${REFUSED}\`\`\``);
    expect(written.stdout).toContain('Against what is deployed: no difference.');
  });

  it('where the CLI succeeds without saying how much differs', () => {
    fails(comment(live(true, 'Stack ProoflinkProd\n').file), '`ProoflinkProd`');
  });

  it('where the label accepts data at risk: that is another matter', () => {
    const { file } = live(false, REFUSED);
    const empty = writeAssembly({ stacks: { ProoflinkDev: {}, ProoflinkProd: {} } });
    const written = review(head, empty, '--markdown', '--live', file, '--allow-destructive');
    fails(written, '`ProoflinkProd`');
    expect(written.stdout).toContain('Accepted by the label `allow-destructive`.\n');
    expect(written.stdout).not.toContain('passes');
  });

  it.each([
    ['is missing', undefined, 'cannot be read: ENOENT'],
    ['is not JSON', '{"ProoflinkDev', 'cannot be read: it is not JSON'],
    ['is no object', '[]', 'is not what diff:live writes'],
    ['leaves an environment out', '{}', 'does not mention it'],
    ['has another shape', '{"ProoflinkDev":"same","ProoflinkProd":{"state":"same"}}', 'does not mention it'],
  ])('where the file %s', (_case, content, why) => {
    const file = join(newDirectory(), 'live.json');
    if (content !== undefined) writeFileSync(file, content);
    const written = comment(file);
    fails(written, '`ProoflinkDev`, `ProoflinkProd`');
    expect(written.stdout).toContain(why);
  });

  it('where a state is none that is known', () => {
    const file = join(newDirectory(), 'live.json');
    writeFileSync(file, '{"ProoflinkDev":{"state":"fine","text":"a"},"ProoflinkProd":{"state":"same","text":""}}');
    fails(comment(file), '`ProoflinkDev`');
  });

  it('on a terminal', () => {
    const { exitCode, stdout } = review(head, head, '--live', live(false, REFUSED).file);
    expect(exitCode).toBe(2);
    expect(stdout).toContain('The diff against what is deployed could not be made for ProoflinkProd.');
  });

  it.each([['no assembly', ['nowhere', 'live.json'], 'nowhere is not a directory']])(
    'where diff:live is given %s',
    (_case, args, why) => {
      const { exitCode, stderr } = runDiffLive(args, () => ({ succeeded: true, output: SAME }));
      expect({ exitCode, told: stderr.includes(why) }).toEqual({ exitCode: 2, told: true });
    },
  );
});

it('a long diff is cut, says so, and cannot leave its block', () => {
  const { file } = live(true, `${'```\n</details> @octocat\n'.repeat(150)}✨  Number of stacks with differences: 1\n`);
  const { stdout } = comment(file);
  expect(stdout).toContain('\n````\n```\n</details> @octocat\n');
  expect(stdout).toContain('\n````\n\n_100 lines more, left out._\n\n</details>');
});

it('of a comment that is too long it is left out before any finding, and that is said', () => {
  const long = Array.from({ length: 200 }, (_, index) => `${index} ${'x'.repeat(290)}`).join('\n');
  const { file } = live(true, DIFFERS);
  const diffs = JSON.parse(readFileSync(file, 'utf8')) as Record<string, LiveDiff>;
  const state = 'differs';
  writeFileSync(
    file,
    JSON.stringify({ ...diffs, ProoflinkDev: { state, text: long }, ProoflinkProd: { state, text: long } }),
  );
  const { stdout } = comment(file);
  expect(stdout).toContain(
    '**Left out, because a comment has an end: 0 findings (0 of them at risk), 1 diff against what',
  );
});
