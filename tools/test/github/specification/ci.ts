import {
  checkout,
  INSTALL_PYTHON,
  onlyIf,
  run,
  SETUP_NODE,
  SETUP_PYTHON,
  type WorkflowSpecification,
} from './specification';

export const CI: WorkflowSpecification = {
  file: 'ci.yml',
  otherwise: 'CI is green on a pull request without a test, or a commit of main has no run of CI and is never deployed',
  on: {
    pull_request: null,
    push: { branches: ['main'] },
    workflow_dispatch: null,
  },
  concurrency: {
    group: "ci-${{ github.event_name == 'pull_request' && github.ref || github.run_id }}",
    'cancel-in-progress': true,
  },
  jobs: {
    ci: {
      otherwise: 'CI is green without its tests',
      steps: [
        checkout(),
        SETUP_NODE,
        SETUP_PYTHON,
        INSTALL_PYTHON,
        run('.ci/run'),
        onlyIf('always()', {
          uses: 'actions/upload-artifact',
          with: {
            name: 'templates',
            path: 'cdk.out/*.template.json\ncdk.out/validation-report.json\n',
            'if-no-files-found': 'ignore',
            'retention-days': 14,
          },
        }),
      ],
    },
    'oldest-node': {
      otherwise: 'CI is green where the oldest Node that is supported cannot run the app',
      steps: [
        checkout(),
        SETUP_NODE,
        run('npm ci --no-progress'),
        run('npm run test --ci'),
        run('cdk synth --strict --quiet --no-notices'),
      ],
    },
  },
};
