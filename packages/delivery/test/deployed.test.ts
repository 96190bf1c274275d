import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ReviewOptions } from '@infra/change-review';
import { review, writeAssembly } from '@infra/change-review/testing';
import { temporaryFolder } from '@infra/common/testing';
import { requirePrograms } from '@infra/testing/require-programs';
import { consequenceIn } from '../src/review/consequence';
import { runScript } from './support/run-script';

const STACK = 'ProoflinkProd';
const BUCKET = { Data: { Type: 'AWS::S3::Bucket', DeletionPolicy: 'Delete' } };
const TOPIC = { Topic: { Type: 'AWS::SNS::Topic' } };

const root = temporaryFolder('deployed-');
const head = writeAssembly({ stacks: { ProoflinkDev: {}, [STACK]: { resources: BUCKET } } });

beforeAll(() => {
  requirePrograms('jq');
});

/** The AWS CLI: `describe-stacks` and `get-template` answer from files in the assembly's region, or with an error. */
const AWS = `
[ ! -e error ] || { cat error >&2; exit 254; }
case "$*" in *' --region ap-northeast-1 '*) cat "$2.json" ;; *) echo 'another region' >&2; exit 1 ;; esac`;

interface DeployedStack {
  readonly template?: object;
  readonly status?: string;
  readonly protected?: boolean;
  /** Error of AWS. */
  readonly error?: string;
}

/** Runs the script in a folder of its own. */
function fetch(deployed: DeployedStack) {
  const folder = mkdtempSync(join(root, 'run-'));
  const { template = { Resources: BUCKET }, status: StackStatus = 'UPDATE_COMPLETE', error } = deployed;
  const stack = { StackStatus, EnableTerminationProtection: deployed.protected === true, Tags: [] };
  writeFileSync(join(folder, 'describe-stacks.json'), JSON.stringify({ Stacks: [stack] }));
  writeFileSync(join(folder, 'get-template.json'), JSON.stringify(template));
  if (error !== undefined) writeFileSync(join(folder, 'error'), error);
  const { status, stderr } = runScript('deployed.sh', {
    arguments: [STACK, head, 'deployed'],
    folder,
    programs: { aws: AWS },
  });
  return { status, stderr, base: join(folder, 'deployed') };
}

/** Reviews the head against what is deployed. */
function reviewAgainst(deployed: DeployedStack, options: ReviewOptions = {}) {
  const { base } = fetch(deployed);
  return review(base, head, { stack: STACK, consequence: consequenceIn('en', true), ...options });
}

test('what is deployed is the base of the review', () => {
  expect(reviewAgainst({})).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/^No change\./) as string });
  expect(reviewAgainst({ template: { Resources: { ...BUCKET, ...TOPIC } } }).stdout).toMatch(/Topic/);
  expect(reviewAgainst({ protected: true }).stdout).toContain('Termination protection of the stack is turned off');
});

test('a nested stack is refused: another template of it was no change, since the base had that of the assembly', () => {
  const { status, stderr } = fetch({
    template: { Resources: { ...BUCKET, Nested: { Type: 'AWS::CloudFormation::Stack' } } },
  });
  expect(stderr).toContain(`${STACK} has a nested stack, whose template no review compares.`);
  expect(status).toBe(1);
});

test.each([
  { title: 'does not exist', deployed: { error: `Stack with id ${STACK} does not exist` } },
  { title: 'could not be created', deployed: { status: 'ROLLBACK_COMPLETE' } },
])('a stack that $title is new', ({ deployed }) => {
  expect(reviewAgainst(deployed).stdout).toContain('new stack: 1 resource, none of them deployed yet');
});

test.each(['Throttling: Rate exceeded', 'X does not exist'])(
  'where AWS says "%s", nothing is written that could be taken for a result',
  (error) => {
    const { status, stderr, base } = fetch({ error });
    expect({ status, stderr }).toEqual({ status: 1, stderr: `${error}\n` });
    expect(existsSync(base)).toBe(false);
  },
);

describe('what would be lost or left behind', () => {
  const lost: DeployedStack = { template: { Resources: { ...BUCKET, Photos: BUCKET.Data, Videos: BUCKET.Data } } };

  test('stops a deployment that no reviewer approves, and the way on is to type its name', () => {
    const { exitCode, stdout } = reviewAgainst(lost);
    expect(exitCode).toBe(4);
    expect(stdout.replace(/\s+/g, ' ')).toContain('start the workflow by hand with lose: Photos, Videos');
  });

  test('is named without characters that a shell runs', () => {
    const Metadata = { 'aws:cdk:path': `${STACK}/a'$(id)/Resource` };
    const template = { Resources: { ...BUCKET, Photos: { ...BUCKET.Data, Metadata } } };
    expect(reviewAgainst({ template }).stdout.replace(/\s+/g, ' ')).toContain('with lose: a???(id)');
  });

  test.each([
    { lose: 'Photos, Videos', exitCode: 0 },
    { lose: 'Photos', exitCode: 4 },
  ])('named as "$lose" ends with $exitCode', ({ lose, exitCode }) => {
    expect(reviewAgainst(lost, { lose }).exitCode).toBe(exitCode);
  });
});
