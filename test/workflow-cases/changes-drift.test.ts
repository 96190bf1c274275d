import { type Change, noticesEach } from './changes';

const FILE = 'drift.yml';
const FIRST_OF = (job: string) => `  ${job}:\n`;
const TELLS = "!cancelled() && needs.assembly.result != 'skipped'";
const ISSUE = '      - run: tools/drift/issue.sh "$ENVIRONMENT" drift\n';
const change = (says: string, from: string, to: string, behind?: string): Change => [says, FILE, from, to, behind];

// What hurts in the workflow that looks for drift, line by line.
noticesEach([
  change('nobody looks at night', "    - cron: '30 19 * * *'\n", '', 'schedule:'),
  change('a look once a month', '30 19 * * *', '30 19 1 * *'),
  change('a look that nobody can start', '  workflow_dispatch:\n', ''),
  change('a look that a newer one ends', 'cancel-in-progress: false', 'cancel-in-progress: true'),
  change('drift where AWS is not connected', "contains(toJSON(vars), 'DRIFT_ROLE_ARN') && ", ''),
  change('drift of a single account alone', "contains(toJSON(vars), 'DRIFT_ROLE_ARN')", "vars.DRIFT_ROLE_ARN != ''"),
  change('drift seen from a branch', " && github.ref == 'refs/heads/main'", ''),
  change('an assembly that nobody makes', '      - run: npx cdk synth --quiet --no-notices\n', ''),
  change('an assembly that may fail', 'cdk synth --quiet --no-notices', 'cdk synth --quiet --no-notices || true'),
  change('an assembly that may be missing', 'if-no-files-found: error', 'if-no-files-found: ignore'),
  change('an assembly that is not passed on', 'path: cdk.out\n', 'path: cdk.out.other\n'),
  change('an assembly that is not fetched', 'name: cloud-assembly', 'name: templates', FIRST_OF('look')),
  change('a look without an assembly', '    needs: assembly\n', ''),
  change('drift in dev ends the look at prod', '      fail-fast: false\n', ''),
  change('an environment that is not looked at', '          - { environment: prod, stack: ProoflinkProd }\n', ''),
  change('environments mixed up', 'dev, stack: ProoflinkDev', 'dev, stack: ProoflinkProd'),
  change('a look with another account’s role', "vars[format('DRIFT_ROLE_ARN_{0}', matrix.environment)] || ", ''),
  change('a look with the drift role alone', 'cdk-hnb659fds-lookup-role', 'prooflink-delivery-drift'),
  change('a look with the role that deploys', 'cdk-hnb659fds-lookup-role', 'cdk-hnb659fds-deploy-role'),
  change('a look that synthesizes anew', ' --app cdk.out', ''),
  change('a look at every stack', 'drift "$STACK"', 'drift'),
  change('a look at one stack', 'STACK: ${{ matrix.stack }}', 'STACK: ProoflinkDev'),
  change('a drift check that never fails', 'exit "$outcome"', 'exit 0'),
  change('a drift check that ends without its outcome', ' || outcome=$?', ''),
  change('a drift check that may fail', 'name: cdk drift --fail\n', 'name: x\n        continue-on-error: true\n'),
  change('an outcome that nobody kept', 'echo "$outcome" > drift/outcome\n', 'echo 0 > drift/outcome\n'),
  change('a report that nobody sees', '          cat drift/report.md >> "$GITHUB_STEP_SUMMARY"\n', ''),
  change('a report that nobody kept', ' > drift/report.md', ''),
  change('drift that is not passed on', 'if: always()', 'if: success()'),
  change('reports that overwrite one another', 'name: drift-${{ matrix.environment }}', 'name: drift'),
  change('an issue that never closes', TELLS, 'failure()'),
  change('an issue that is not opened', TELLS, 'success()'),
  change('an issue where nothing was looked at', TELLS, '!cancelled()'),
  change('an issue before the look', 'needs: [assembly, look]', 'needs: [assembly]'),
  change('an environment that is not told of', 'environment: [dev, prod]', 'environment: [dev]'),
  change('dev’s issue ends prod’s', '      fail-fast: false\n', '', FIRST_OF('issue')),
  change('a broken look that nobody is told of', '        continue-on-error: true\n', '', FIRST_OF('issue')),
  change('an issue of another report', 'name: drift-${{', 'name: drift-x-${{', FIRST_OF('issue')),
  change('a report in a folder that is not read', '          path: drift\n', '', FIRST_OF('issue')),
  change('no issue', ISSUE, '      - run: echo\n'),
  change('an issue that may fail', ISSUE, `${ISSUE}        continue-on-error: true\n`),
  change('one issue for both', 'ENVIRONMENT: ${{ matrix.environment }}', 'ENVIRONMENT: dev'),
  change('an issue without a token', '          GH_TOKEN: ${{ github.token }}\n', ''),
  change('an issue nowhere', '          GH_REPO: ${{ github.repository }}\n', ''),
  change('an issue that may not be written', '      issues: write\n', ''),
  change('issues beside AWS', '      id-token: write\n', '      id-token: write\n      issues: write\n'),
  change(
    'the drift’s code from elsewhere',
    'persist-credentials: false',
    'persist-credentials: false\n          ref: x',
    FIRST_OF('look'),
  ),
]);
