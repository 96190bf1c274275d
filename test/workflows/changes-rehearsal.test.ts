import { noticesEach } from './changes';

// Harmful changes of the rehearsal: above all, a life that ends in another account than its own.
noticesEach('rehearsal.yml', [
  ['an account that nobody asks about', 'rehearsal-check "$ACCOUNT" --empty', 'rehearsal-check "$ACCOUNT" || true'],
  ['an account in which something stands', ' --empty', ''],
  ['a refusal that stops nothing', '        id: allowed\n', '        id: allowed\n        continue-on-error: true\n'],
  ['a destruction in spite of a refusal', ") && steps.allowed.outcome == 'success'", ')', 'name: Leave nothing'],
  ['a role that is taken in spite of a refusal', " always() && steps.allowed.outcome == 'success'", ' always()'],
  [
    'a last destruction that nobody asks about',
    '          npm run --silent prooflink -- rehearsal-check "$ACCOUNT"\n',
    '',
    'name: Leave nothing',
  ],
  ['what a failure leaves', 'always() && ', '', 'name: Leave nothing'],
  [
    'a destruction that is taken for granted',
    '          npm run --silent prooflink -- rehearsal-check "$ACCOUNT" --empty\n',
    '',
    'name: Destroy',
  ],
  ['a rehearsal from another branch', " && github.ref == 'refs/heads/main'", ''],
  ['one where no account is named', "vars.REHEARSAL_ACCOUNT != '' && ", ''],
  ['one every night', 'on:\n', 'on:\n  schedule:\n    - cron: "0 1 * * *"\n'],
  ['dev’s own account', 'bin/rehearsal.ts', 'bin/prooflink.ts'],
  ['a synth beside the role', ' --app cdk.out --exclusively --strict', ' --exclusively --strict'],
  ['another assembly', '      - run: npm run --silent prooflink -- digest cdk.out "$DIGEST"\n', ''],
  ['no GitHub environment', '    environment: rehearsal\n', ''],
  ['package scripts beside the role', ' --ignore-scripts', '', 'name: Rehearse'],
  ['all packages beside the role', ' --omit=dev', ''],
  ['two at a time', '  group: rehearsal\n', ''],
  ['drift that is only told', '--app cdk.out >> "$GITHUB_STEP_SUMMARY"', '--app cdk.out || true'],
  ['a release of what was not synthesized', 'release dev --assembly cdk.out', 'release dev'],
]);
