import { spawnSync } from 'node:child_process';
import { temporaryFolder } from '@infra/common/testing';
import { readAssembly } from '@infra/common/assembly';
import { SecretMask } from '@infra/common/secret-mask';
import { CopyOfApp } from '@infra/testing/copy-of-app';
import { dev, prod } from '@infra/testing/configs';
import { synthesize } from '@infra/testing/synth';
import { REHEARSAL } from '../src/environment';
import { rehearsalConfig } from '../src/rehearsal-config';
import { APP_COMMAND } from './support/app-command';

const ACCOUNT = '123456789012';

const stacksIn = (folder: string) => readAssembly(folder, new SecretMask()).stacks;

describe('the app', () => {
  const folder = temporaryFolder('rehearsal-app-');
  const app = new CopyOfApp();

  beforeAll(() => {
    app.addEverything();
    app.useTestConfigs();
  });
  afterAll(() => {
    app.remove();
  });

  test('has the rehearsal’s stack alone, bound to the account: with another one the CLI would not deploy it', () => {
    const options = ['--strict', '-q', '--no-notices', '-o', folder, '--context', `account=${ACCOUNT}`];
    const { status } = spawnSync('npx', ['cdk', 'synth', '--app', APP_COMMAND, ...options], { cwd: app.directory });
    expect(status).toBe(0);
    const stacks = [...stacksIn(folder).values()].map(({ name, environment }) => ({ name, environment }));
    expect(stacks).toEqual([{ name: 'ProoflinkRehearsal', environment: `aws://${ACCOUNT}/${dev.region}` }]);
  }, 120_000);
});

/** A policy by which a resource outlives its stack, a property by which AWS refuses to delete one, and the team's domain. */
const KEPT = [
  /"(Retain|RetainExceptOnCreate|Snapshot)"/,
  /"DeletionProtection":true/,
  /"deletion_protection.enabled","Value":(?!"false")/,
  /"AWS::(Route53|CertificateManager)::/,
];

/** Text of a template without blanks. */
const textOf = (folder: string, stack: string) => JSON.stringify(stacksIn(folder).get(stack)?.template);

test('a rehearsal, even of prod, deletes itself without a trace: what stays would cost, and its name would be taken', () => {
  const unprotected = { ...prod, terminationProtection: { off: 'prod is to be rehearsed' } };
  const config = rehearsalConfig({ prod: unprotected }, ACCOUNT) ?? dev;
  const rehearsed = textOf(synthesize({ [REHEARSAL]: config }), 'ProoflinkRehearsal');
  const deployed = textOf(synthesize({ prod }), 'ProoflinkProd');
  expect(KEPT.filter((pattern) => pattern.test(rehearsed))).toEqual([]);
  expect(KEPT.filter((pattern) => !pattern.test(deployed))).toEqual([]);
});
