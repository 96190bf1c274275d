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
  upload,
  uploadAssembly,
  type WorkflowSpecification,
} from './specification';

const SIGN_IN = assumeRole('${{ vars.REHEARSAL_ROLE_ARN }}', 'rehearsal-${{ github.run_id }}', 14400);
const HAS_BEGUN = "always() && steps.rehearse.outcome != 'skipped'";
const IMAGES = '--app-image "$APP_IMAGE" --batch-image "$BATCH_IMAGE" --users "${USERS:+users.csv}"';

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
        run('cdk synth --strict --quiet --no-notices --context --app'),
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
        onlyIf("env.USERS != ''", run()),
        SIGN_IN,
        run(`prooflink rehearse "$ACCOUNT" --yes --assembly cdk.out ${IMAGES}`),
        onlyIf(HAS_BEGUN, run('prooflink rehearse "$ACCOUNT" --destroy --yes --assembly cdk.out')),
        onlyIf(HAS_BEGUN, upload('rehearsal-report', 'rehearsals/*.md', 90)),
      ],
    },
  },
};
