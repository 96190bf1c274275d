import {
  ASSUMES_A_ROLE,
  assumeRole,
  CHECK_ASSEMBLY,
  checkout,
  compareDigest,
  download,
  INSTALL_EVERYTHING,
  INSTALL_FOR_DEPLOYING,
  onlyIf,
  run,
  uploadAssembly,
  type WorkflowSpecification,
} from './specification';

const SIGN_IN = assumeRole('${{ vars.REHEARSAL_ROLE_ARN }}', 'rehearsal-${{ github.run_id }}');
const CDK_DEPLOY = 'cdk deploy --app --exclusively --strict --require-approval --progress --no-color --no-notices';
const CDK_DESTROY = 'cdk destroy --app --exclusively --force --no-color --no-notices';
const IS_ALLOWED = "always() && steps.allowed.outcome == 'success'";

export const REHEARSAL: WorkflowSpecification = {
  file: 'rehearsal.yml',
  otherwise: 'an environment is deployed and destroyed without anybody having asked for it',
  on: { workflow_dispatch: null },
  concurrency: { group: 'rehearsal', 'cancel-in-progress': false },
  jobs: {
    assembly: {
      otherwise: 'something else than main is rehearsed',
      if: "vars.REHEARSAL_ACCOUNT != '' && vars.REHEARSAL_ROLE_ARN != '' && github.ref == 'refs/heads/main'",
      steps: [
        checkout(),
        ...INSTALL_EVERYTHING,
        run('cdk synth --strict --quiet --no-notices --app'),
        run('prooflink digest cdk.out'),
        uploadAssembly('rehearsal-assembly', 'cdk.out', 14),
      ],
    },
    rehearse: {
      otherwise: 'the rehearsal is green without a part of it, or leaves what costs',
      needs: ['assembly'],
      environment: 'rehearsal',
      permissions: ASSUMES_A_ROLE,
      steps: [
        checkout(),
        ...INSTALL_FOR_DEPLOYING,
        download('rehearsal-assembly', 'cdk.out'),
        compareDigest('cdk.out'),
        CHECK_ASSEMBLY,
        SIGN_IN,
        {
          run: ['prooflink rehearsal-check "$ACCOUNT" --empty'],
          otherwise: 'an account that is used is deployed to, and emptied at the end',
        },
        run(CDK_DEPLOY),
        onlyIf("env.APP_IMAGE == '' || env.BATCH_IMAGE == ''", run()),
        onlyIf(
          "env.APP_IMAGE != '' && env.BATCH_IMAGE != ''",
          run(
            'tools/operate/rehearsal/copy-images.sh',
            'prooflink release dev --assembly cdk.out --app rehearsal --batch rehearsal',
          ),
        ),
        onlyIf("steps.release.outcome == 'success' && env.USERS != ''", run('tools/operate/rehearsal/import.sh')),
        run('prooflink drift ProoflinkDev'),
        SIGN_IN,
        run(CDK_DESTROY, 'prooflink rehearsal-check "$ACCOUNT" --empty'),
        run(CDK_DEPLOY),
        onlyIf(IS_ALLOWED, SIGN_IN),
        onlyIf(
          IS_ALLOWED,
          run('prooflink rehearsal-check "$ACCOUNT"', CDK_DESTROY, 'prooflink rehearsal-check "$ACCOUNT" --empty'),
        ),
      ],
    },
  },
};
