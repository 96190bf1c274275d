import {
  ASSUMES_A_ROLE,
  assumeLookupRole,
  assumeRole,
  CHECK_ASSEMBLY,
  checkout,
  checkRole,
  compareDigest,
  DEPLOYS,
  download,
  INSTALL_EVERYTHING,
  INSTALL_FOR_DEPLOYING,
  roleVariable,
  run,
  upload,
  type WorkflowSpecification,
} from './specification';

const COMMIT = checkout({ ref: '${{ inputs.commit }}' });
const ASSEMBLY = download('cloud-assembly', 'cdk.out');

export const DEPLOY_STACK: WorkflowSpecification = {
  file: 'deploy-stack.yml',
  otherwise: 'a stack is deployed without the plan of deploy.yml',
  on: {
    workflow_call: {
      inputs: {
        environment: { type: 'string', required: true },
        stack: { type: 'string', required: true },
        commit: { type: 'string', required: true },
        digest: { type: 'string', required: true },
      },
    },
  },
  env: { DRIFT_ROLE: roleVariable('DRIFT_ROLE', 'inputs.environment') },
  jobs: {
    deployed: {
      otherwise: 'the approver of prod reads a review that does not know what is deployed',
      permissions: ASSUMES_A_ROLE,
      steps: [
        COMMIT,
        ...INSTALL_FOR_DEPLOYING,
        ASSEMBLY,
        compareDigest('cdk.out'),
        CHECK_ASSEMBLY,
        checkRole('drift', 'cdk.out'),
        assumeRole('${{ env.DRIFT_ROLE }}', 'review-${{ github.run_id }}'),
        assumeLookupRole('review-${{ github.run_id }}'),
        run('prooflink deployed cdk.out deployed/deployed.json --stack "$STACK"', 'prooflink digest deployed'),
        upload('deployed-${{ inputs.environment }}', 'deployed', 14),
      ],
    },
    review: {
      otherwise: 'prod is approved without its review',
      needs: ['deployed'],
      steps: [
        COMMIT,
        ...INSTALL_EVERYTHING,
        ASSEMBLY,
        compareDigest('cdk.out'),
        CHECK_ASSEMBLY,
        download('deployed-${{ inputs.environment }}', 'deployed'),
        compareDigest('deployed', 'DEPLOYED_DIGEST'),
        run('prooflink review cdk.out cdk.out --deployed deployed --stack "$STACK" --markdown'),
      ],
    },
    deploy: {
      otherwise: 'the job is green, and nothing was deployed',
      needs: ['review'],
      environment: '${{ inputs.environment }}',
      concurrency: { group: 'deploy-${{ inputs.environment }}', 'cancel-in-progress': false, queue: 'max' },
      permissions: DEPLOYS,
      steps: [
        COMMIT,
        ...INSTALL_FOR_DEPLOYING,
        {
          run: ['prooflink plan-deployment --environment "$ENVIRONMENT" --commit "$COMMIT"'],
          otherwise:
            'prod is deployed without its second plan: late, after main has moved on or its reviewer is gone, or by an app',
        },
        ASSEMBLY,
        compareDigest('cdk.out'),
        CHECK_ASSEMBLY,
        checkRole('deploy', 'cdk.out'),
        assumeRole('${{ vars.DEPLOY_ROLE_ARN }}', 'deploy-${{ github.run_id }}', 14400),
        run('cdk deploy --app --exclusively --require-approval --no-notices'),
      ],
    },
  },
};
