import {
  assumeRole,
  checkout,
  DEPLOYS,
  INSTALL_FOR_DEPLOYING,
  onlyIf,
  run,
  type WorkflowSpecification,
} from './specification';

export const RELEASE: WorkflowSpecification = {
  file: 'release.yml',
  otherwise: 'a version is released without a person or the application’s pipeline, or none is',
  'run-name': 'Release to ${{ inputs.environment }}',
  on: {
    workflow_dispatch: {
      inputs: {
        environment: { type: 'choice', options: ['dev', 'prod'], required: true },
        'app-image-tag': { type: 'string' },
        'batch-image-tag': { type: 'string' },
        migration: { type: 'choice', options: ['as pushed', 'migration', 'no-migration'] },
      },
    },
  },
  jobs: {
    release: {
      otherwise: 'the job is green, and nothing was released',
      if: "github.ref == 'refs/heads/main'",
      environment: '${{ inputs.environment }}',
      permissions: DEPLOYS,
      env: { MIGRATION: "${{ inputs.migration != 'as pushed' && inputs.migration || '' }}" },
      steps: [
        checkout(),
        onlyIf(
          "inputs.environment != 'dev' && endsWith(github.triggering_actor, '[bot]')",
          run('gh api --jq', 'exit 1'),
        ),
        ...INSTALL_FOR_DEPLOYING,
        assumeRole('${{ vars.RELEASE_ROLE_ARN }}', 'release-${{ github.run_id }}', 14400),
        run(
          'prooflink release "$ENVIRONMENT" ${APP_TAG:+--app "$APP_TAG"} ' +
            '${BATCH_TAG:+--batch "$BATCH_TAG"} ${MIGRATION:+"--$MIGRATION"}',
        ),
      ],
    },
  },
};
