import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '@infra/common/testing';
import { runStep, stepOf } from '@infra/testing/run-step';
import { runScript } from './support/run-script';

const root = temporaryFolder('drift-issue-');
const RUN = 'https://github.com/o/r/actions/runs/7';

interface Night {
  readonly outcome?: string;
  readonly report?: string;
  /** The body of the issue that is open. */
  readonly open?: string;
  readonly author?: string;
  /** Digest that the check's job gave. @default - that of the files */
  readonly digest?: string;
}

/** GitHub's CLI: lists one open issue or none, and notes what changes something, with the body that it gives. */
const GITHUB = `
case "$1 $2" in
  "api repos/o/r/issues?creator=$AUTHOR&labels=drift-dev&state=open"*) [ ! -s open.md ] || echo 12 ;;
  "api "*) true ;;
  "issue view") cat open.md ;;
  *)
    echo "gh $*" >> calls
    case "$*" in *" --body-file -") cat > body.md ;; esac ;;
esac`;

/** As `sha256sum` prints the digest of what it reads. */
function digestOf({ outcome = '', report = '' }: Night): string {
  const hash = createHash('sha256').update(`${outcome}${report}`).digest('hex');
  return `${hash}  -`;
}

/** Runs the script after a night; returns its calls of GitHub, and the body that it gave. */
function issueAfter(night: Night) {
  const folder = mkdtempSync(join(root, 'night-'));
  const files = { 'open.md': night.open, outcome: night.outcome, 'report.md': night.report, calls: '', 'body.md': '' };
  for (const [name, content] of Object.entries(files)) {
    if (content !== undefined) writeFileSync(join(folder, name), content);
  }
  const { status, stderr } = runScript('drift-issue.sh', {
    arguments: ['dev', folder, night.digest ?? digestOf(night)],
    folder,
    programs: { gh: GITHUB },
    variables: {
      AUTHOR: night.author ?? 'github-actions%5Bbot%5D',
      GITHUB_REPOSITORY: 'o/r',
      GITHUB_RUN_ID: '7',
    },
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const calls = readFileSync(join(folder, 'calls'), 'utf8').split('\n').filter(Boolean);
  return { calls, body: readFileSync(join(folder, 'body.md'), 'utf8') };
}

const OPEN = [
  'gh label create drift-dev --force --color FBCA04 --description What was changed by hand in dev',
  'gh issue create --title Drift in dev --label drift-dev --body-file -',
];
const UPDATE = ['gh issue edit 12 --body-file -', `gh issue comment 12 --body What is said above has changed: ${RUN}`];
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
    title: 'is the workflow’s own: another one with its label is not closed',
    night: { ...CLEAN, open: BUCKET_GONE, author: 'mallory' },
    calls: [],
  },
];

test.each(NIGHTS)('the issue on drift $title', ({ night, calls, body = '' }) => {
  expect(issueAfter(night)).toEqual({ calls, body });
});

test.each([
  { title: 'could not tell', night: { outcome: '2\n', report: 'Access denied.\n' }, body: /^Access denied\.\n$/ },
  { title: 'broke before it wrote anything', night: {}, body: /The check for drift broke/ },
  {
    title: 'has files of another job than the one that checked',
    night: { ...CLEAN, digest: `${'0'.repeat(64)}  -` },
    body: /The check for drift broke/,
  },
])('the issue on drift is opened, and never closed, by a night that $title', ({ night, body }) => {
  const opened = issueAfter(night);
  expect(opened.calls).toEqual(OPEN);
  expect(opened.body).toMatch(body);
  expect(issueAfter({ ...night, open: BUCKET_GONE }).calls).toEqual(UPDATE);
});

test('the digest of a report is of the outcome, too: another job could write that drift is gone', () => {
  const folder = mkdtempSync(join(root, 'night-'));
  mkdirSync(join(folder, 'drift'));
  writeFileSync(join(folder, 'drift/outcome'), '1\n');
  writeFileSync(join(folder, 'drift/report.md'), BUCKET_GONE);
  const { outputs } = runStep(stepOf('drift-stack.yml', 'look', { id: 'report' }), { folder });
  expect(outputs).toEqual([`sha256=${digestOf({ outcome: '1\n', report: BUCKET_GONE })}`]);
});

// The job that opens the issue reads the exit code.
test.each([0, 1, 2])('a night whose command ends with %i ends so, and notes it beside the report', (code) => {
  const folder = mkdtempSync(join(root, 'night-'));
  const { status } = runStep(stepOf('drift-stack.yml', 'look', { name: 'Compare' }), {
    folder,
    variables: { STACK: 'ProoflinkDev' },
    programs: { node: `echo "drift of $4"; exit ${code}` },
  });
  expect(status).toBe(code);
  expect(readFileSync(join(folder, 'drift/outcome'), 'utf8')).toBe(`${code}\n`);
  expect(readFileSync(join(folder, 'drift/report.md'), 'utf8')).toBe('drift of ProoflinkDev\n');
});
