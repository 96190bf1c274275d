import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { temporaryFolder } from '@infra/common/testing';

const PACKAGE = join(__dirname, '..');
const NODE_MODULES = join(PACKAGE, '../../node_modules');

// The folder of an app as `cdk init` makes it, in JavaScript, with the packed package installed.
const app = temporaryFolder('local-aws-published-');
const installed = join(app, 'node_modules/cdk-local-aws');

const APP = `
const { App, CfnOutput, RemovalPolicy, Stack } = require('aws-cdk-lib');
const { Bucket } = require('aws-cdk-lib/aws-s3');
const stack = new Stack(new App(), 'Shop');
const bucket = new Bucket(stack, 'Files', { removalPolicy: RemovalPolicy.DESTROY, autoDeleteObjects: true });
new CfnOutput(stack, 'Domain', { value: bucket.bucketDomainName });
`;

const TEST = `
import { bootstrap, deploy, startLocalAws } from 'cdk-local-aws';
const aws = await startLocalAws({ run: true, region: 'eu-west-1' });
console.log(aws.region, typeof bootstrap, typeof deploy);
await aws.stop();
`;

function run(program: string, ...args: readonly string[]) {
  return spawnSync(program, args, { cwd: app, encoding: 'utf8' });
}

function localAws(...args: readonly string[]) {
  return run(process.execPath, join(installed, 'lib/cli.js'), ...args);
}

beforeAll(() => {
  const built = join(app, 'built');
  execFileSync(process.execPath, ['build.mjs', built], { cwd: PACKAGE });
  execFileSync('npm', ['pack', '--silent', built], { cwd: app });
  mkdirSync(installed, { recursive: true });
  execFileSync('tar', ['-xf', 'cdk-local-aws-0.1.0.tgz', '-C', installed, '--strip-components=1'], { cwd: app });
  for (const name of ['aws-cdk', 'aws-cdk-lib', 'constructs', 'httpxy', '@aws-sdk', '@types/node', 'undici-types']) {
    const link = join(app, 'node_modules', name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(NODE_MODULES, name), link);
  }
  writeFileSync(join(app, 'cdk.json'), '{ "app": "node app.js" }');
  writeFileSync(join(app, 'app.js'), APP);
  writeFileSync(join(app, 'test.mts'), TEST);
});

it('the program deploys with the CLI of the app, and exits with its code', () => {
  const cdk = ['node', 'node_modules/aws-cdk/bin/cdk'];
  const deployed = localAws('--bootstrap', '--', ...cdk, 'deploy', '--require-approval', 'never');
  expect(deployed.stderr).toContain('Shop.Domain = ');
  expect(deployed.status).toBe(0);
  expect(localAws('--', 'node', '-e', 'process.exit(3)').status).toBe(3);
});

it('the library starts from a test, and its types are complete', () => {
  const tsc = join(NODE_MODULES, 'typescript-native/bin/tsc');
  const compiled = run(process.execPath, tsc, '--strict', '--module', 'nodenext', '--types', 'node', 'test.mts');
  expect(compiled).toMatchObject({ stdout: '', status: 0 });
  const test = run(process.execPath, 'test.mjs');
  expect(test).toMatchObject({ stderr: '', status: 0 });
  expect(test.stdout).toBe('eu-west-1 function function\n');
});

it.each([
  { args: ['--regoin', 'eu-west-1'], message: "Unknown option '--regoin'" },
  { args: ['--hosted-zone', 'example.com'], message: 'not example.com' },
  { args: ['--region', 'mars-1'], message: 'knows no region mars-1' },
])('$args is a wrong call', ({ args, message }) => {
  const { status, stderr } = localAws(...args);
  expect(stderr).toContain(message);
  expect(status).toBe(2);
});

it('contains no tests, no caches and nothing of this repository', () => {
  const { stdout } = run('tar', '-tf', 'cdk-local-aws-0.1.0.tgz');
  expect(stdout).not.toMatch(/test|__pycache__|make_reference/);
  expect(run('grep', '-rliE', 'prooflink|@infra/', installed).stdout).toBe('');
});
