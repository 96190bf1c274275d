import { checkout, INSTALL_FOR_DEPLOYING, run, type WorkflowSpecification } from './specification';

export const DIFF_COMMENT: WorkflowSpecification = {
  file: 'diff-comment.yml',
  otherwise: 'a pull request shows no review, or an old one',
  on: {
    workflow_run: { workflows: ['Diff'], types: ['completed'] },
  },
  concurrency: {
    group:
      'diff-comment-${{ github.event.workflow_run.head_repository.full_name }}-${{ github.event.workflow_run.head_branch }}',
    'cancel-in-progress': false,
  },
  jobs: {
    comment: {
      otherwise: 'a pull request shows no review',
      if: "github.event.workflow_run.event == 'pull_request'",
      permissions: { actions: 'read', contents: 'read', 'pull-requests': 'write' },
      steps: [
        checkout(),
        ...INSTALL_FOR_DEPLOYING,
        {
          uses: 'actions/download-artifact',
          // Without the file the comment says that the diff could not be made.
          'continue-on-error': true,
          with: {
            name: 'diff-comment',
            path: 'diff-comment',
            'run-id': '${{ github.event.workflow_run.id }}',
            'github-token': '${{ github.token }}',
          },
        },
        run('prooflink comment "$RUN" diff-comment/comment.md'),
      ],
    },
    label: {
      otherwise: 'the label allow-destructive stays, and is taken for the consent to what is pushed later',
      if:
        "github.event.workflow_run.event == 'pull_request' && " +
        "github.event.workflow_run.conclusion != 'cancelled' && " +
        "github.event.workflow_run.display_title != 'Diff with allow-destructive'",
      permissions: { 'pull-requests': 'write' },
      steps: [run('gh api --paginate --jq', 'gh api -X')],
    },
  },
};
