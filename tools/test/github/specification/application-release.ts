import { assumeRole, checkout, DEPLOYS, onlyIf, run, upload, type WorkflowSpecification } from './specification';

/** The workflow that the application's repository copies. */
export const APPLICATION_RELEASE: WorkflowSpecification = {
  file: 'application/release.yml',
  otherwise: 'a merge of the application builds no image, or something else than a merge is released',
  'run-name': "${{ inputs.environment && format('Release to {0}', inputs.environment) || 'Release to dev' }}",
  on: {
    push: { branches: ['main'] },
    workflow_dispatch: {
      inputs: {
        environment: { type: 'choice', options: ['dev', 'prod'], required: true },
        run: { type: 'string', required: true },
      },
    },
  },
  concurrency: { group: "release-${{ inputs.environment || 'dev' }}", 'cancel-in-progress': false },
  jobs: {
    build: {
      otherwise: 'images are built again where a run only brings earlier ones to another environment',
      if: "github.event_name == 'push'",
      'runs-on': "${{ vars.IMAGE_PLATFORM == 'linux/arm64' && 'ubuntu-24.04-arm' || 'ubuntu-24.04' }}",
      env: { PLATFORM: "${{ vars.IMAGE_PLATFORM || 'linux/amd64' }}" },
      steps: [
        checkout(),
        run(
          'docker build --platform --provenance=false --build-arg --secret --tag',
          'docker build --platform --provenance=false --tag --file',
          'docker save',
        ),
        upload('images', 'images.tar.gz', 90),
      ],
    },
    release: {
      otherwise: 'images are released that no merge to main built, or none',
      needs: ['build'],
      if:
        "!cancelled() && github.ref == 'refs/heads/main' && " +
        "(needs.build.result == 'success' || github.event_name == 'workflow_dispatch')",
      environment: "${{ inputs.environment || 'dev' }}",
      permissions: DEPLOYS,
      env: {
        ENVIRONMENT: "${{ inputs.environment || 'dev' }}",
        RUN: '${{ inputs.run || github.run_id }}',
      },
      steps: [
        { uses: 'actions/checkout', with: { 'fetch-depth': 0, 'persist-credentials': false } },
        run('exit 1', 'gh api --jq', 'git rev-list --first-parent', 'exit 1'),
        {
          uses: 'actions/download-artifact',
          with: { name: 'images', 'run-id': '${{ env.RUN }}', 'github-token': '${{ github.token }}' },
        },
        assumeRole('${{ vars.PUSH_ROLE_ARN }}', 'push-${{ github.run_id }}'),
        run(
          'docker load --input',
          'aws ecr',
          'docker login --username --password-stdin',
          'aws ecr --repository-name --image-ids --query --output',
          'docker tag',
          'docker push',
        ),
        onlyIf("vars.RELEASE_APP_CLIENT_ID != ''", {
          uses: 'actions/create-github-app-token',
          with: {
            'client-id': '${{ vars.RELEASE_APP_CLIENT_ID }}',
            'private-key': '${{ secrets.RELEASE_APP_PRIVATE_KEY }}',
            owner: '${{ github.repository_owner }}',
            repositories: '${{ vars.INFRASTRUCTURE_REPOSITORY }}',
            'permission-actions': 'write',
          },
        }),
        run('gh api --jq', 'gh workflow'),
      ],
    },
  },
};
