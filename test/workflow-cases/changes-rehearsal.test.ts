import { noticesEach } from './changes';

const FILE = 'rehearsal.yml';
const ALLOWED = "if: always() && steps.allowed.outcome == 'success'";
const LAST = 'name: Leave nothing';

// What hurts in the rehearsal: most of all, a life that ends in another account than the one made for it.
noticesEach([
  [
    'an account that nobody asks about',
    FILE,
    'rehearsal-check "$ACCOUNT" --empty',
    'rehearsal-check "$ACCOUNT" || true',
  ],
  ['an account in which something stands', FILE, ' --empty', ''],
  [
    'a refusal that stops nothing',
    FILE,
    '        id: allowed\n',
    '        id: allowed\n        continue-on-error: true\n',
  ],
  ['a destruction in spite of a refusal', FILE, ALLOWED, 'if: always()', LAST],
  ['a role that is taken in spite of a refusal', FILE, ALLOWED, 'if: always()'],
  [
    'a last destruction that nobody asks about',
    FILE,
    '          npm run --silent prooflink -- rehearsal-check "$ACCOUNT"\n',
    '',
    LAST,
  ],
  ['what a failure leaves', FILE, 'always() && ', '', LAST],
  [
    'a destruction that is taken for granted',
    FILE,
    '          npm run --silent prooflink -- rehearsal-check "$ACCOUNT" --empty\n',
    '',
    'name: Destroy',
  ],
  ['a rehearsal from another branch', FILE, " && github.ref == 'refs/heads/main'", ''],
  ['one where no account is named', FILE, "vars.REHEARSAL_ACCOUNT != '' && ", ''],
  ['one every night', FILE, 'on:\n', 'on:\n  schedule:\n    - cron: "0 1 * * *"\n'],
  ['dev’s own account', FILE, 'bin/rehearsal.ts', 'bin/prooflink.ts'],
  ['a synth beside the role', FILE, ' --app cdk.out --exclusively --strict', ' --exclusively --strict'],
  ['another assembly', FILE, '      - run: npm run --silent prooflink -- digest cdk.out "$DIGEST"\n', ''],
  ['no GitHub environment', FILE, '    environment: rehearsal\n', ''],
  ['package scripts beside the role', FILE, ' --ignore-scripts', '', 'name: Rehearse\n'],
  ['all packages beside the role', FILE, ' --omit=dev', ''],
  ['two at a time', FILE, '  group: rehearsal\n', ''],
  ['drift that is only told', FILE, '--app cdk.out >> "$GITHUB_STEP_SUMMARY"', '--app cdk.out || true'],
  ['a release of what was not synthesized', FILE, 'release dev --assembly cdk.out', 'release dev'],
]);
