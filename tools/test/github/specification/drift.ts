import {
  ASSUMES_A_ROLE,
  assumeLookupRole,
  assumeRole,
  checkout,
  checkRole,
  compareDigest,
  download,
  INSTALL_EVERYTHING,
  INSTALL_FOR_DEPLOYING,
  onlyIf,
  roleVariable,
  run,
  uploadAlways,
  uploadAssembly,
  type WorkflowSpecification,
} from './specification';

export const DRIFT: WorkflowSpecification = {
  file: 'drift.yml',
  otherwise: 'what is changed by hand in AWS is not reported the next morning',
  on: {
    schedule: [{ cron: '30 19 * * *' }],
    workflow_dispatch: null,
  },
  concurrency: { group: 'drift', 'cancel-in-progress': false },
  jobs: {
    assembly: {
      otherwise: 'AWS is compared with something else than main',
      if: "github.ref == 'refs/heads/main'",
      steps: [
        checkout(),
        ...INSTALL_EVERYTHING,
        run('cdk synth --quiet --no-notices'),
        run('prooflink digest cdk.out'),
        uploadAssembly('cloud-assembly', 'cdk.out', 14),
      ],
    },
    look: {
      otherwise: 'drift is not looked for, and the night is green',
      needs: ['assembly'],
      if: "needs.assembly.outputs.connected == 'true'",
      permissions: ASSUMES_A_ROLE,
      strategy: {
        'fail-fast': false,
        matrix: {
          include: [
            { environment: 'dev', stack: 'ProoflinkDev' },
            { environment: 'prod', stack: 'ProoflinkProd' },
          ],
        },
      },
      env: { DRIFT_ROLE: roleVariable('DRIFT_ROLE', 'matrix.environment') },
      steps: [
        checkout(),
        ...INSTALL_FOR_DEPLOYING,
        download('cloud-assembly', 'cdk.out'),
        compareDigest('cdk.out'),
        checkRole('drift', 'cdk.out'),
        assumeRole('${{ env.DRIFT_ROLE }}', 'drift-${{ github.run_id }}'),
        assumeLookupRole('drift-${{ github.run_id }}'),
        run('prooflink drift "$STACK"', 'exit "$outcome"'),
        onlyIf("${{ !cancelled() && hashFiles('drift/outcome') != '' }}", run('shasum -a')),
        uploadAlways('drift-${{ matrix.environment }}', 'drift'),
      ],
    },
    issue: {
      otherwise: 'drift is found, and no issue is opened',
      needs: ['assembly', 'look'],
      if: "${{ !cancelled() && needs.assembly.result != 'skipped' && needs.assembly.outputs.connected != 'false' }}",
      permissions: { contents: 'read', issues: 'write' },
      strategy: { 'fail-fast': false, matrix: { environment: ['dev', 'prod'] } },
      steps: [
        checkout(),
        // Without the files the issue says that the check broke.
        { ...download('drift-${{ matrix.environment }}', 'drift'), 'continue-on-error': true },
        run('tools/workflows/drift-issue.sh'),
      ],
    },
  },
};
