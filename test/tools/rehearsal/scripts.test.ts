import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { template } from '../../support/assembly';
import { temporaryFolder } from '@infra/common/testing';

const ROOT = join(__dirname, '../../..');
const root = temporaryFolder('rehearsal-');
/** Runs a script beside an `aws` and a `docker` that say how they were called; returns that, without the questions for outputs. */
function run(
  script: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  states: readonly string[] = [],
) {
  const directory = mkdtempSync(join(root, 'run-'));
  const file = (name: string) => join(directory, name);
  const outputs = {
    AppRepositoryUri: '210987654321.dkr.ecr.ap-northeast-1.amazonaws.com/app',
    BatchRepositoryUri: '210987654321.dkr.ecr.ap-northeast-1.amazonaws.com/batch',
    BucketName: 'files',
    SubmitImport:
      "aws batch submit-job --container-overrides 'environment=[{name=IMPORT_FILE_KEY,value=imports/users.csv}]'",
  };
  const aws = [
    '#!/bin/sh',
    'case "$*" in',
    ...Object.entries(outputs).map(([name, value]) => `  *"OutputKey=='${name}'"*) cat <<'X'\n${value}\nX\n  exit ;;`),
    'esac',
    `echo "aws $*" >> '${file('calls')}'`,
    'case "$1 $2" in',
    '  "ecr get-login-password") echo password ;;',
    '  "batch submit-job") echo job-1 ;;',
    `  "s3 cp") cat > '${file('uploaded')}' ;;`,
    `  "batch describe-jobs") case "$*" in *statusReason*) echo "no rights" ;; *) head -1 '${file('states')}'; sed -i 1d '${file('states')}' ;; esac ;;`,
    'esac',
  ];
  writeFileSync(file('aws'), aws.join('\n'), { mode: 0o755 });
  writeFileSync(
    file('docker'),
    `#!/bin/sh\n[ "$1" != login ] || cat >/dev/null\necho "docker $*" >> '${file('calls')}'\n`,
    { mode: 0o755 },
  );
  for (const [name, text] of Object.entries({ calls: '', uploaded: '', states: states.join('\n') }))
    writeFileSync(file(name), text);
  const { status, stdout, stderr } = spawnSync(join(ROOT, 'tools/rehearsal', script), args, {
    env: { PATH: `${directory}:${process.env['PATH'] ?? ''}`, PAUSE: '0', ...env },
    encoding: 'utf8',
  });
  const read = (name: string) => readFileSync(file(name), 'utf8');
  return { status, stdout, stderr, calls: read('calls').split('\n').filter(Boolean), uploaded: read('uploaded') };
}

test('the outputs that the scripts ask for are dev’s', () => {
  const asked = ['copy-images.sh', 'import.sh'].flatMap((script) => [
    ...readFileSync(join(ROOT, 'tools/rehearsal', script), 'utf8').matchAll(/\$\(out (\w+)\)/g),
  ]);
  const outputs = template('dev') as { Outputs?: object };
  expect(Object.keys(outputs.Outputs ?? {})).toEqual(expect.arrayContaining(asked.map(([, name]) => name)));
});

const OWN = '210987654321.dkr.ecr.ap-northeast-1.amazonaws.com';

test('copy-images.sh copies both into the stack’s registries, and signs in to those of ECR, each in its region', () => {
  const elsewhere = '123456789012.dkr.ecr.us-east-1.amazonaws.com';
  const images = { APP_IMAGE: `${elsewhere}/web:7`, BATCH_IMAGE: 'ghcr.io/o/batch:7' };
  const { status, calls } = run('copy-images.sh', ['ProoflinkDev', 'v1'], images);
  expect(status).toBe(0);
  const signIn = (region: string, registry: string) => [
    `aws ecr get-login-password --region ${region}`,
    `docker login --username AWS --password-stdin ${registry}`,
  ];
  const copy = 'docker buildx imagetools create --prefer-index=false --tag';
  expect(calls).toEqual([
    ...signIn('us-east-1', elsewhere),
    ...signIn('ap-northeast-1', OWN),
    `${copy} ${OWN}/app:v1 ${elsewhere}/web:7`,
    ...signIn('ap-northeast-1', OWN),
    `${copy} ${OWN}/batch:v1 ghcr.io/o/batch:7`,
  ]);
});

const NEVER = Array.from({ length: 100 }, () => 'RUNNABLE');

test.each<[title: string, states: string[], status: number, says: string]>([
  ['ends well', ['RUNNABLE', 'RUNNING', 'SUCCEEDED'], 0, 'The import job-1 ended well.\n'],
  ['fails', ['RUNNING', 'FAILED'], 1, 'The import job-1 is FAILED: no rights\n'],
  ['never ends', NEVER, 1, 'The import job-1 is RUNNABLE: no rights\n'],
])(
  'import.sh uploads the users, submits by the stack’s own output, and waits: a job that %s',
  (_, states, status, says) => {
    const USERS = 'email,name\nann@example.com,Ann';
    const ended = run('import.sh', ['ProoflinkDev'], { USERS }, states);
    expect(ended).toMatchObject({ status, [status === 0 ? 'stdout' : 'stderr']: says, uploaded: `${USERS}\n` });
    expect(ended.calls.slice(0, 2)).toEqual([
      'aws s3 cp - s3://files/imports/users.csv',
      'aws batch submit-job --container-overrides environment=[{name=IMPORT_FILE_KEY,value=imports/users.csv}] --query jobId --output text',
    ]);
  },
);
