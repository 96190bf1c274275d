import { type Change, noticesEach } from './changes';

const FILE = 'release.yml';
const change = (says: string, from: string, to: string, behind?: string): Change => [says, FILE, from, to, behind];
const RELEASE = '  release:\n';

// What hurts in the workflow that the application's repository copies.
noticesEach([
  change('a release of every branch', '    branches: [main]\n', ''),
  change('a release by hand from another branch', "github.ref == 'refs/heads/main' &&", ''),
  change(
    'a release of images that were not built',
    "needs.build.result == 'success' || ",
    "github.event_name == 'push' || ",
  ),
  change('prod never follows', '!cancelled() && ', ''),
  change('a build by hand', "    if: github.event_name == 'push'\n", ''),
  change('a build with a token of AWS', '      contents: read\n', '      contents: read\n      id-token: write\n'),
  change('a build beside the role', 'docker load --input images.tar.gz', 'docker build .', RELEASE),
  change('a token in what is built', 'persist-credentials: false', 'persist-credentials: true'),
  change('images for another processor', "|| 'linux/amd64'", "|| 'linux/arm64'"),
  change(
    'an image for the runner’s processor',
    'docker build --platform "$PLATFORM" --provenance=false --tag prooflink-app',
    'docker build --provenance=false --tag prooflink-app',
  ),
  change('an image that ECR does not scan', '--provenance=false --tag prooflink-app', '--tag prooflink-app'),
  change('images that were cut off', 'shell: bash', 'shell: sh'),
  change('a release without GitHub’s environment', "    environment: ${{ inputs.environment || 'dev' }}\n", ''),
  change(
    'a push that reaches prod',
    "environment: ${{ inputs.environment || 'dev' }}",
    "environment: ${{ inputs.environment || 'prod' }}",
  ),
  change('dev’s role for prod’s registries', "ENVIRONMENT: ${{ inputs.environment || 'dev' }}", 'ENVIRONMENT: prod'),
  change('images of the run itself by hand', 'RUN: ${{ inputs.run || github.run_id }}', 'RUN: ${{ github.run_id }}'),
  change('images of a pull request', '.event == "push" and ', ''),
  change('images of another branch', ' and .head_branch == "main"', ''),
  change('a commit that is not on main', '&& [ "$relation" != identical ]', '&& [ "$relation" = diverged ]'),
  change('a commit that GitHub does not know', '|| relation=unknown', '|| relation=ahead'),
  change('a tag called main', 'git/ref/heads/main', 'git/ref/tags/main'),
  change('images that any run left', 'run-id: ${{ env.RUN }}', 'run-id: ${{ github.run_id }}'),
  change('images without a name', '          name: images\n          run-id', '          run-id', RELEASE),
  change('a login that may fail', 'shell: bash', 'shell: sh', RELEASE),
  change('a password among the arguments', '--password-stdin', '--password "$PASSWORD"'),
  change('a tag that moves', 'TAG: ${{ steps.commit.outputs.commit }}', 'TAG: latest'),
  change('a second attempt that fails', '            if [ "$there" = "$TAG" ]; then', '            if false; then'),
  change('a push that is left out', '[ "$there" = "$TAG" ]', 'true'),
  change('one image', 'for image in app batch', 'for image in app'),
  change(
    'a push that may fail',
    'docker push "$REGISTRY/$repository:$TAG"',
    'docker push "$REGISTRY/$repository:$TAG" || true',
  ),
  change('an app that may do anything', '          permission-actions: write\n', ''),
  change('an app that reaches every repository', '          repositories: ${{ vars.INFRASTRUCTURE_REPOSITORY }}\n', ''),
  change('a release of another branch’s workflow', '--ref main -f "environment', '--ref feature -f "environment'),
  change('a release of another environment', '"environment=$ENVIRONMENT"', '"environment=prod"'),
  change('a release of one image', ' -f "batch-image-tag=$TAG"', ''),
  change('a release that nobody asks for', 'gh workflow run deploy.yml "${release[@]}"', 'true'),
  change('a release that is refused in silence', '"${release[@]}"\n', '"${release[@]}" || true\n'),
  change(
    'an older action',
    'actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1',
    'actions/checkout@v4',
  ),
  change('a release that a newer one ends', 'cancel-in-progress: false', 'cancel-in-progress: true'),
]);
