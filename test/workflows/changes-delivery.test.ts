import { noticesEach } from './changes';

// Harmful changes of the workflows that deploy, and of jobs that hold a token.
noticesEach('deploy.yml', [
  ['a deploy after any branch’s CI', '    branches: [main]\n', ''],
  ['a deploy that nothing decides', 'plan-deployment --outputs "$GITHUB_OUTPUT"', 'plan-deployment'],
  ['a refusal that a pipe swallows', 'shell: bash', 'shell: sh'],
  ['an assembly of what is not deployed', "    if: needs.plan.outputs.environments != '[]'\n", ''],
  ['an assembly of main’s head', '          ref: ${{ needs.plan.outputs.commit }}\n', ''],
  ['an assembly without its hidden files', 'include-hidden-files: true', 'include-hidden-files: false'],
  ['an assembly that may be missing', 'if-no-files-found: error', 'if-no-files-found: ignore'],
  ['an assembly with warnings', 'cdk synth --strict', 'cdk synth'],
  ['an assembly beside tests', '      - run: env -i', '      - run: npm test\n      - run: env -i'],
  ['an assembly beside Python', '      - run: env -i', '      - run: pip install x\n      - run: env -i'],
  ['no digest shown', 'echo "The assembly\'s digest: $digest" >> "$GITHUB_STEP_SUMMARY"', 'true'],
  ['prod without its approval', "environments), 'prod')", "environments), 'dev')"],
  ['prod though dev failed', '["success", "skipped"]', '["success", "skipped", "failure"]'],
  ['prod never follows', '!cancelled() && ', '', '  prod:'],
  ['prod’s tags of dev', 'outputs.app-image-tag', 'outputs.batch-image-tag', '  prod:'],
  ['a synth that sees where it runs', 'env -i PATH="$PATH" HOME="$HOME" ', ''],
  ['package scripts before the assembly', ' --ignore-scripts', '', '  assembly:'],
  ['a cache of CI’s before the assembly', 'package-manager-cache: false', 'cache: npm', '  assembly:'],
]);

noticesEach('deploy-stack.yml', [
  ['main’s head beside an older assembly', '          ref: ${{ inputs.commit }}\n', ''],
  ['a review by main’s head', '          ref: ${{ inputs.commit }}\n', '', '  review:'],
  ['tools from main’s head', '          ref: ${{ inputs.commit }}\n', '', '  deploy:'],
  [
    'no digest checked before what is deployed is fetched',
    '      - run: npm run --silent prooflink -- digest cdk.out "$DIGEST"\n',
    '',
  ],
  [
    'no digest checked before deploying',
    '      - run: npm run --silent prooflink -- digest cdk.out "$DIGEST"\n',
    '',
    '  deploy:',
  ],
  ['a digest that is only printed', 'digest cdk.out "$DIGEST"', 'digest cdk.out', '  deploy:'],
  ['nobody asks again what is planned', '--environment "$ENVIRONMENT" --commit "$COMMIT"', ''],
  ['another commit than the newest', ' --commit "$COMMIT"', ''],
  ['no GitHub environment', '    environment: ${{ inputs.environment }}\n', ''],
  ['an approval without a review', '    needs: review\n', ''],
  ['a review of nothing that is deployed', '    needs: deployed\n', ''],
  ['a review that nobody sees', '          >> "$GITHUB_STEP_SUMMARY"\n', ''],
  ['a review of another stack', 'deployed --stack "$STACK"', 'deployed'],
  ['a review of another assembly', 'review cdk.out cdk.out', 'review cdk.out cdk.out.head'],
  ['a review beside a token', '      contents: read\n', '      contents: read\n      id-token: write\n', '  review:'],
  ['a review that may fail', '          npm run --silent prooflink', '          true || npm run --silent prooflink'],
  ['a role of another account', 'check-role "$ENVIRONMENT" "$DRIFT_ROLE"', 'check-role "$ENVIRONMENT" "$X"'],
  ['another account’s deployment', 'npm run --silent prooflink -- check-role "$ENVIRONMENT" "$DEPLOY_ROLE"', 'echo'],
  ['a deployment that another one pushes out', '      queue: max\n', ''],
  ['a release whose failure a pipe swallows', 'shell: bash', 'shell: sh', '  deploy:'],
  ['a release that may fail', '      - name: Release\n', '      - name: Release\n        continue-on-error: true\n'],
  ['a release of another environment', 'release "$ENVIRONMENT"', 'release dev'],
  ['a release that synthesizes', ' --assembly cdk.out', ''],
  ['a tag for the wrong image', '--app "$APP_TAG"', '--app "$BATCH_TAG"'],
  ['a word on migrations that gets lost', ' ${MIGRATION:+"--$MIGRATION"}', ''],
  ['a release that is not told', ' | tee -a "$GITHUB_STEP_SUMMARY"', ''],
  ['a deployment where nothing is connected', "DEPLOY_ROLE_ARN != ''", "DEPLOY_ROLE_ARN != 'x'", 'name: Release'],
  ['package scripts beside the role that deploys', ' --ignore-scripts', '', '  deploy:'],
  ['package scripts beside the role that reads', ' --ignore-scripts', ''],
  ['all packages beside the role that deploys', ' --omit=dev', '', '  deploy:'],
  ['a cache of CI’s beside the role that deploys', 'package-manager-cache: false', 'cache: npm', '  deploy:'],
]);

noticesEach('diff.yml', [['package scripts beside the diff’s role', ' --ignore-scripts', '', '  deployed:']]);

noticesEach('drift.yml', [
  ['package scripts beside the drift role', ' --ignore-scripts', '', '  look:'],
  ['a cache that nobody asked for', '          package-manager-cache: false\n', ''],
]);

noticesEach('diff-comment.yml', [['package scripts beside the comment’s token', ' --ignore-scripts', '']]);
