import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '@infra/common/testing';
import { runStep, stepOf } from '../../workflows/run-step';

const script = join(__dirname, '../../../tools/workflows/drift-issue.sh');
const root = temporaryFolder('drift-issue-');
const RUN = 'https://github.com/o/r/actions/runs/7';
const CREATE = ['gh label create drift-dev --force --color FBCA04 --description What was changed by hand in dev'];

interface Night {
  readonly outcome?: string;
  readonly report?: string;
  /** The body of the issue that is open. */
  readonly open?: string;
  readonly author?: string;
  /** Digest that the check's job gave; by default that of the files. */
  readonly digest?: string;
}

/** Runs the script with a `gh` that lists one open issue or none; returns what it did, and which body it gave. */
function night({ outcome, report, open, author = 'github-actions%5Bbot%5D', digest }: Night) {
  const directory = mkdtempSync(join(root, 'night-'));
  const file = (name: string) => join(directory, name);
  const gh = [
    '#!/bin/sh',
    'case "$1 $2" in',
    `  "api repos/o/r/issues?creator=${author}&labels=drift-dev&state=open"*) ${open === undefined ? 'true' : 'echo 12'} ;;`,
    '  "api "*) true ;;',
    `  "issue view") cat '${file('open.md')}' ;;`,
    `  *) echo "gh $*" | sed 's| --body-file .*| --body-file FILE|' >> '${file('calls')}'`,
    `     while [ $# -gt 0 ]; do [ "$1" != --body-file ] || cp "$2" '${file('body.md')}'; shift; done ;;`,
    'esac',
  ];
  writeFileSync(file('gh'), gh.join('\n'), { mode: 0o755 });
  writeFileSync(file('open.md'), open ?? '');
  writeFileSync(file('calls'), '');
  writeFileSync(file('body.md'), '');
  if (outcome !== undefined) writeFileSync(file('outcome'), outcome);
  if (report !== undefined) writeFileSync(file('report.md'), report);
  const env = { PATH: `${directory}:${process.env.PATH ?? ''}`, GITHUB_REPOSITORY: 'o/r', GITHUB_RUN_ID: '7' };
  const hash = createHash('sha256')
    .update(`${outcome ?? ''}${report ?? ''}`)
    .digest('hex');
  const args = ['dev', directory, digest ?? `${hash}  -`];
  const { status, stderr } = spawnSync(script, args, { env, encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return {
    calls: readFileSync(file('calls'), 'utf8').split('\n').filter(Boolean),
    body: readFileSync(file('body.md'), 'utf8'),
  };
}

const OPEN = [...CREATE, 'gh issue create --title Drift in dev --label drift-dev --body-file FILE'];
const UPDATE = [
  'gh issue edit 12 --body-file FILE',
  `gh issue comment 12 --body What is said above has changed: ${RUN}`,
];
const [GONE, MORE] = ['The bucket is gone.\n', 'And the queue.\n'];
const CLEAN = { outcome: '0\n', report: 'All is well.\n' };

describe('the issue on drift', () => {
  it.each<[title: string, night: Night, calls: string[], body?: string]>([
    ['is opened by the first night that finds some', { outcome: '1\n', report: GONE }, OPEN, GONE],
    [
      'is left alone while the drift stays the same',
      { outcome: '1\n', report: GONE, open: GONE.replace('\n', '\r\n') },
      [],
    ],
    ['is updated, and says so, when the drift changes', { outcome: '1\n', report: MORE, open: GONE }, UPDATE, MORE],
    [
      'is closed by the first night without',
      { ...CLEAN, open: GONE },
      [`gh issue close 12 --comment No drift any more: ${RUN}`],
    ],
    ['is not there where there is no drift', CLEAN, []],
    [
      'is the workflow’s own: another one with its label is not closed',
      { ...CLEAN, open: GONE, author: 'mallory' },
      [],
    ],
    ['nor is that written over', { outcome: '1\n', report: MORE, open: GONE, author: 'mallory' }, OPEN, MORE],
  ])('%s', (...[, given, calls, body = '']) => {
    expect(night(given)).toEqual({ calls, body });
  });

  it.each([
    ['could not tell', { outcome: '2\n', report: 'Access denied.\n' }, 'Access denied.\n'],
    ['broke before it said anything', {}, /The check for drift broke/],
    ['broke while it wrote', { outcome: '', report: '' }, /The check for drift broke/],
    ['was killed', { outcome: '137\n', report: '' }, /The check for drift broke/],
  ])('is opened, and never closed, by a night that %s', (_, files, body) => {
    const opened = night(files);
    expect(opened.calls).toEqual(OPEN);
    expect(opened.body).toMatch(body);
    expect(night({ ...files, open: GONE }).calls).toEqual(UPDATE);
  });

  it.each([
    { title: 'a check that left nothing', digest: '' },
    { title: 'other files', digest: `${'0'.repeat(64)}  -` },
  ])('is not closed by files of another job, where the digest is of $title', ({ digest }) => {
    const { calls, body } = night({ ...CLEAN, digest });
    expect(calls).toEqual(OPEN);
    expect(body).toMatch(/The check for drift broke/);
    expect(night({ ...CLEAN, digest, open: GONE }).calls).toEqual(UPDATE);
  });
});

test('the digest of a report is of the outcome, too: another job could write that drift is gone', () => {
  const folder = mkdtempSync(join(root, 'night-'));
  mkdirSync(join(folder, 'drift'));
  const step = stepOf('drift.yml', 'look', { id: 'report' });
  const outputsOf = (outcome: string) => {
    writeFileSync(join(folder, 'drift/outcome'), outcome);
    writeFileSync(join(folder, 'drift/report.md'), 'The bucket is gone.\n');
    return runStep(step, { folder, variables: { ENVIRONMENT: 'dev' } }).outputs;
  };
  const withDrift = outputsOf('1\n');
  expect(withDrift).toEqual([expect.stringMatching(/^dev=[0-9a-f]{64} /)]);
  expect(outputsOf('0\n')).not.toEqual(withDrift);
});
