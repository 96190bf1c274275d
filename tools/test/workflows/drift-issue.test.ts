import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '@infra/common/testing';
import { runStep, stepOf } from '../github/run-step';

const script = join(__dirname, '../../workflows/drift-issue.sh');
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

/** GitHub's CLI: it lists one open issue or none, and notes what changes something, with the body that it gives. */
function fakeGitHub(folder: string, { open, author }: Pick<Night, 'open' | 'author'>): string {
  const listing = `repos/o/r/issues?creator=${author ?? 'github-actions%5Bbot%5D'}&labels=drift-dev&state=open`;
  return `#!/bin/sh
cd '${folder}'
case "$1 $2" in
  "api ${listing}"*) ${open === undefined ? 'true' : 'echo 12'} ;;
  "api "*) true ;;
  "issue view") cat open.md ;;
  *)
    echo "gh $*" | sed 's| --body-file .*| --body-file FILE|' >> calls
    while [ $# -gt 0 ]; do [ "$1" != --body-file ] || cp "$2" body.md; shift; done ;;
esac
`;
}

/** As `sha256sum` prints the digest of what it reads. */
function digestOf({ outcome = '', report = '' }: Night): string {
  const hash = createHash('sha256').update(`${outcome}${report}`).digest('hex');
  return `${hash}  -`;
}

/** Runs the script after a night; returns its calls of GitHub, and the body that it gave. */
function issueAfter(night: Night) {
  const folder = mkdtempSync(join(root, 'night-'));
  const file = (name: string) => join(folder, name);
  writeFileSync(file('gh'), fakeGitHub(folder, night), { mode: 0o755 });
  writeFileSync(file('open.md'), night.open ?? '');
  writeFileSync(file('calls'), '');
  writeFileSync(file('body.md'), '');
  if (night.outcome !== undefined) writeFileSync(file('outcome'), night.outcome);
  if (night.report !== undefined) writeFileSync(file('report.md'), night.report);
  const { status, stderr } = spawnSync(script, ['dev', folder, night.digest ?? digestOf(night)], {
    encoding: 'utf8',
    env: { PATH: `${folder}:${process.env.PATH ?? ''}`, GITHUB_REPOSITORY: 'o/r', GITHUB_RUN_ID: '7' },
  });
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
const BUCKET_GONE = 'The bucket is gone.\n';
const QUEUE_GONE = 'And the queue.\n';
const CLEAN = { outcome: '0\n', report: 'All is well.\n' };

interface NightAndIssue {
  readonly title: string;
  readonly night: Night;
  readonly calls: readonly string[];
  /** Body that the issue gets. @default - none */
  readonly body?: string;
}

const NIGHTS: readonly NightAndIssue[] = [
  {
    title: 'is opened by the first night that finds some',
    night: { outcome: '1\n', report: BUCKET_GONE },
    calls: OPEN,
    body: BUCKET_GONE,
  },
  {
    title: 'is left alone while the drift stays the same',
    night: { outcome: '1\n', report: BUCKET_GONE, open: BUCKET_GONE.replace('\n', '\r\n') },
    calls: [],
  },
  {
    title: 'is updated, and says so, when the drift changes',
    night: { outcome: '1\n', report: QUEUE_GONE, open: BUCKET_GONE },
    calls: UPDATE,
    body: QUEUE_GONE,
  },
  {
    title: 'is closed by the first night without',
    night: { ...CLEAN, open: BUCKET_GONE },
    calls: [`gh issue close 12 --comment No drift any more: ${RUN}`],
  },
  {
    title: 'is not there where there is no drift',
    night: CLEAN,
    calls: [],
  },
  {
    title: 'is the workflow’s own: another one with its label is not closed',
    night: { ...CLEAN, open: BUCKET_GONE, author: 'mallory' },
    calls: [],
  },
  {
    title: 'is the workflow’s own: another one with its label is not written over',
    night: { outcome: '1\n', report: QUEUE_GONE, open: BUCKET_GONE, author: 'mallory' },
    calls: OPEN,
    body: QUEUE_GONE,
  },
];

const BROKEN_NIGHTS = [
  { title: 'could not tell', files: { outcome: '2\n', report: 'Access denied.\n' }, body: /^Access denied\.\n$/ },
  { title: 'broke before it wrote anything', files: {}, body: /The check for drift broke/ },
  { title: 'broke while it wrote', files: { outcome: '', report: '' }, body: /The check for drift broke/ },
  { title: 'was killed', files: { outcome: '137\n', report: '' }, body: /The check for drift broke/ },
];

describe('the issue on drift', () => {
  it.each(NIGHTS)('$title', ({ night, calls, body = '' }) => {
    expect(issueAfter(night)).toEqual({ calls, body });
  });

  it.each(BROKEN_NIGHTS)('is opened by a night that $title', ({ files, body }) => {
    const issue = issueAfter(files);
    expect(issue.calls).toEqual(OPEN);
    expect(issue.body).toMatch(body);
  });

  it.each(BROKEN_NIGHTS)('is not closed by a night that $title', ({ files }) => {
    expect(issueAfter({ ...files, open: BUCKET_GONE }).calls).toEqual(UPDATE);
  });

  it.each([
    { title: 'a check that left nothing', digest: '' },
    { title: 'other files', digest: `${'0'.repeat(64)}  -` },
  ])('is not closed by files of another job, where the digest is of $title', ({ digest }) => {
    const { calls, body } = issueAfter({ ...CLEAN, digest });
    expect(calls).toEqual(OPEN);
    expect(body).toMatch(/The check for drift broke/);
    expect(issueAfter({ ...CLEAN, digest, open: BUCKET_GONE }).calls).toEqual(UPDATE);
  });
});

test('the digest of a report is of the outcome, too: another job could write that drift is gone', () => {
  const folder = mkdtempSync(join(root, 'night-'));
  mkdirSync(join(folder, 'drift'));
  const step = stepOf('drift-stack.yml', 'look', { id: 'report' });
  const outputsOf = (outcome: string) => {
    writeFileSync(join(folder, 'drift/outcome'), outcome);
    writeFileSync(join(folder, 'drift/report.md'), 'The bucket is gone.\n');
    return runStep(step, { folder }).outputs;
  };
  const withDrift = outputsOf('1\n');
  expect(withDrift).toEqual([expect.stringMatching(/^sha256=[0-9a-f]{64} /)]);
  expect(outputsOf('0\n')).not.toEqual(withDrift);
});
