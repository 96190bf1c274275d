import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { template } from '../../../support/assembly';
import { temporaryFolder } from '@infra/common/testing';

const SCRIPTS = join(__dirname, '../../../../tools/operate/rehearsal');
const root = temporaryFolder('rehearsal-');
const OWN = '210987654321.dkr.ecr.ap-northeast-1.amazonaws.com';

/** The AWS CLI and Docker: each notes its call, but for questions for a stack's outputs. */
const PROGRAM = `#!/bin/sh
call="$(basename "$0") $*"
case "$call" in
  *"OutputKey=='AppRepositoryUri'"*) echo ${OWN}/app; exit ;;
  *"OutputKey=='BatchRepositoryUri'"*) echo ${OWN}/batch; exit ;;
  *"OutputKey=='BucketName'"*) echo files; exit ;;
  *"OutputKey=='SubmitImport'"*) echo "aws batch submit-job --container-overrides 'environment=[{name=X,value=y}]'"; exit ;;
esac
[ "$1" != login ] || [ "$(cat)" = password ] || exit 1
echo "$call" >> calls
case "$call" in
  'aws ecr get-login-password'*) echo password ;;
  'aws batch submit-job'*) echo job-1 ;;
  'aws s3 cp'*) cat > uploaded ;;
  *statusReason*) echo 'no rights' ;;
  'aws batch describe-jobs'*) echo "$STATES" | cut -d' ' -f"$(grep -c 'aws batch describe-jobs' calls)" ;;
esac
`;

/** Runs a script beside them. */
function run(script: string, args: readonly string[], env: Readonly<Record<string, string>>) {
  const cwd = mkdtempSync(join(root, 'run-'));
  writeFileSync(join(cwd, 'aws'), PROGRAM, { mode: 0o755 });
  symlinkSync('aws', join(cwd, 'docker'));
  const { status, stdout, stderr } = spawnSync(join(SCRIPTS, script), args, {
    cwd,
    env: { PATH: `${cwd}:${process.env['PATH'] ?? ''}`, PAUSE: '0', ...env },
    encoding: 'utf8',
  });
  const read = (name: string) => readFileSync(join(cwd, name), 'utf8');
  return { status, said: `${stdout}${stderr}`, calls: read('calls').trimEnd().split('\n'), read };
}

test('the outputs that the scripts ask for are dev’s', () => {
  const asked = ['copy-images.sh', 'import.sh'].flatMap((script) => [
    ...readFileSync(join(SCRIPTS, script), 'utf8').matchAll(/\$\(stack_output (\w+)\)/g),
  ]);
  const outputs = template('dev') as { Outputs?: object };
  expect(Object.keys(outputs.Outputs ?? {})).toEqual(expect.arrayContaining(asked.map(([, name]) => name)));
});

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

test.each([
  ['ends well', 'RUNNABLE RUNNING SUCCEEDED', 0, 'The import job-1 ended well.\n'],
  ['fails', 'RUNNING FAILED', 1, 'The import job-1 is FAILED: no rights\n'],
  ['never ends', 'RUNNABLE '.repeat(100), 1, 'The import job-1 is RUNNABLE: no rights\n'],
])('import.sh uploads the users, submits by the stack’s own output, and waits: a job that %s', (...row) => {
  const [, STATES, status, said] = row;
  const USERS = 'email,name\nann@example.com,Ann';
  const ended = run('import.sh', ['ProoflinkDev'], { USERS, STATES });
  expect(ended).toMatchObject({ status, said });
  expect(ended.read('uploaded')).toBe(`${USERS}\n`);
  expect(ended.calls.slice(0, 2)).toEqual([
    'aws s3 cp - s3://files/imports/users.csv',
    'aws batch submit-job --container-overrides environment=[{name=X,value=y}] --query jobId --output text',
  ]);
});
