import type { Event } from './event';
import { type Case, commands, nothing } from './case';

const FILE = 'diff-comment.yml';

const diffEnded = (changes: object = {}, programs: Event['programs'] = []): Event => ({
  name: 'workflow_run',
  programs: [...programs, ['npm run --silent prooflink -- comment', 'cat "$7" || true']],
  left: { run: '7', artifact: 'diff-comment', file: 'comment.md', text: 'what the review wrote' },
  payload: {
    action: 'completed',
    workflow_run: {
      name: 'Diff',
      id: 7,
      event: 'pull_request',
      conclusion: 'success',
      display_title: 'Diff',
      head_branch: 'feature',
      head_sha: 'c1',
      head_repository: { full_name: 'prooflink/infrastructure' },
      ...changes,
    },
  },
});
const keepsLabel = (says: string, changes: object): Case => ({
  says,
  file: FILE,
  event: diffEnded(changes, [['gh api repos/prooflink/infrastructure/pulls?', 'echo 5']]),
  expects: (run) => {
    expect(run.jobs).toEqual({ comment: 'success', label: 'skipped' });
  },
});

export const DIFF_COMMENT: readonly Case[] = [
  {
    says: 'main’s code writes the comment of the run, and takes the label off that did not count',
    file: FILE,
    event: diffEnded({}, [['gh api repos/prooflink/infrastructure/pulls?', 'echo 5; echo 6']]),
    expects: (run) => {
      expect(run.jobs).toEqual({ comment: 'success', label: 'success' });
      expect(commands(run, 'comment')).toEqual([
        'npm ci --omit=dev --ignore-scripts --workspace=@infra/common --include-workspace-root --no-progress',
        'prooflink -- comment 7 diff-comment/comment.md',
      ]);
      expect(run.log).toContain('what the review wrote');
      expect(run.calls.map(({ tree }) => tree).filter(Boolean)).toEqual(['main', 'main']);
      expect(commands(run, 'label')).toEqual([
        'gh api repos/prooflink/infrastructure/pulls?state=open&base=main&per_page=100 --paginate ' +
          '--jq .[] | select(.head.sha == "c1" and any(.labels[]; .name == "allow-destructive")) | .number',
        'gh api -X DELETE repos/prooflink/infrastructure/issues/5/labels/allow-destructive',
        'gh api -X DELETE repos/prooflink/infrastructure/issues/6/labels/allow-destructive',
      ]);
    },
  },
  {
    says: 'a run that left nothing is told, too',
    file: FILE,
    event: { ...diffEnded({ conclusion: 'failure' }), left: undefined },
    expects: (run) => {
      expect(commands(run, 'comment')).toContain('prooflink -- comment 7 diff-comment/comment.md');
    },
  },
  {
    says: 'a comment that could not be written is red',
    file: FILE,
    event: diffEnded({}, [['npm run --silent prooflink -- comment', 'exit 2']]),
    expects: ({ jobs }) => {
      expect(jobs['comment']).toBe('failure');
    },
  },
  {
    says: 'so is a label that could not be taken off',
    file: FILE,
    event: diffEnded({}, [
      ['gh api repos/prooflink/infrastructure/pulls?', 'echo 5'],
      ['gh api -X DELETE', 'exit 1'],
    ]),
    expects: ({ jobs }) => {
      expect(jobs['label']).toBe('failure');
    },
  },
  keepsLabel('the label stays where it counted', { display_title: 'Diff with allow-destructive' }),
  keepsLabel('the label stays where a newer run decides', { conclusion: 'cancelled' }),
  nothing('a run for no pull request has no comment', FILE, diffEnded({ event: 'workflow_dispatch' })),
];
