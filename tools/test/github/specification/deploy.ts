import {
  checkout,
  DEPLOYS,
  INSTALL_EVERYTHING,
  INSTALL_FOR_DEPLOYING,
  run,
  uploadAssembly,
  type WorkflowSpecification,
} from './specification';

export const DEPLOY: WorkflowSpecification = {
  file: 'deploy.yml',
  otherwise: 'main is not deployed after its CI, or something is deployed that CI has not passed',
  'run-name':
    "${{ github.event_name == 'workflow_dispatch' && format('Deploy {0} by hand', inputs.environment) || 'Deploy main' }}",
  on: {
    workflow_run: { workflows: ['CI'], types: ['completed'], branches: ['main'] },
    workflow_dispatch: {
      inputs: {
        environment: { type: 'choice', options: ['dev', 'prod'], required: true },
      },
    },
  },
  jobs: {
    plan: {
      otherwise: 'what is deployed was not planned: any commit, any environment, without an approval',
      permissions: { actions: 'read', contents: 'read' },
      steps: [checkout(), ...INSTALL_FOR_DEPLOYING, run('prooflink plan-deployment --outputs "$GITHUB_OUTPUT"')],
    },
    assembly: {
      otherwise: 'an assembly is deployed that was not made of the planned commit alone',
      needs: ['plan'],
      if: "needs.plan.outputs.environments != '[]'",
      steps: [
        checkout({ ref: '${{ needs.plan.outputs.commit }}' }),
        ...INSTALL_EVERYTHING,
        run('cdk synth --strict --quiet --no-notices'),
        run('prooflink digest cdk.out'),
        uploadAssembly('cloud-assembly', 'cdk.out', 90),
      ],
    },
    dev: {
      otherwise: 'prod is deployed without having been tried in dev',
      needs: ['plan', 'assembly'],
      if: "contains(fromJSON(needs.plan.outputs.environments), 'dev')",
      permissions: DEPLOYS,
      uses: './.github/workflows/deploy-stack.yml',
    },
    prod: {
      otherwise: 'prod is deployed though dev failed or the plan leaves prod out, or not at all',
      needs: ['plan', 'assembly', 'dev'],
      if:
        "!cancelled() && needs.assembly.result == 'success' && " +
        'contains(fromJSON(\'["success", "skipped"]\'), needs.dev.result) && ' +
        "contains(fromJSON(needs.plan.outputs.environments), 'prod')",
      permissions: DEPLOYS,
      uses: './.github/workflows/deploy-stack.yml',
    },
  },
};
