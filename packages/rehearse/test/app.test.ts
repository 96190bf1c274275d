import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '@infra/common/testing';
import { dev, prod } from '@infra/testing/configs';
import { synthesize } from '@infra/testing/synth';
import { CopyOfApp } from '@infra/testing/copy-of-app';
import { REHEARSAL } from '../src/environment';
import { rehearsalConfig } from '../src/rehearsal-config';
import { APP_COMMAND } from './support/app-command';

const ACCOUNT = '123456789012';

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

  /** Synthesizes the app by the CDK CLI. */
  function synthesizeApp(...options: readonly string[]) {
    const cdk = require.resolve('aws-cdk/bin/cdk');
    const env = { ...process.env, CDK_DISABLE_CLI_TELEMETRY: 'true' };
    const args = [cdk, 'synth', '--app', APP_COMMAND, '--strict', '-q', '--no-notices', '-o', folder, ...options];
    return spawnSync(process.execPath, args, { cwd: app.directory, env, encoding: 'utf8' });
  }

  test('has the rehearsal’s stack alone, bound to the account: with another one the CLI would not deploy it', () => {
    expect(synthesizeApp('--context', `account=${ACCOUNT}`)).toMatchObject({ status: 0 });
    const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as {
      readonly artifacts: Readonly<Record<string, { readonly type: string; readonly environment?: string }>>;
    };
    const stacks = Object.entries(manifest.artifacts).filter(([, { type }]) => type === 'aws:cloudformation:stack');
    expect(stacks.map(([name, { environment }]) => ({ name, environment }))).toEqual([
      { name: 'ProoflinkRehearsal', environment: `aws://${ACCOUNT}/${dev.region}` },
    ]);
  }, 120_000);

  test('without an account synthesizes nothing, and says how to name one', () => {
    const { status, stderr } = synthesizeApp();
    expect(stderr).toContain('Which account? Give it to the CDK CLI: -c account=123456789012.');
    expect(status).toBe(1);
  }, 120_000);
});

/** A resource of a template. */
interface Resource {
  readonly Type: string;
  readonly DeletionPolicy?: string;
  readonly Properties?: object;
}

/** A policy by which a resource outlives its stack; CloudFormation's own for a database is a snapshot. */
const KEEPING = /^(Retain|RetainExceptOnCreate|Snapshot)$/;
const SNAPSHOT_BY_DEFAULT = /^AWS::RDS::DB(Instance|Cluster)$/;

/** A property, or the attribute of a load balancer, by which AWS refuses to delete a resource. */
const PROTECTED = /"DeletionProtection\w*":"?true|"deletion_protection.enabled","Value":"?true/;

/** Logical ids of what would stay, or refuse to be deleted, after the stack's deletion, or belongs to the team. */
function kept(resources: Readonly<Record<string, Resource>>): string[] {
  const found = Object.entries(resources).filter(([, { Type, DeletionPolicy, Properties }]) => {
    const policy = DeletionPolicy ?? (SNAPSHOT_BY_DEFAULT.test(Type) ? 'Snapshot' : 'Delete');
    const isProtected = PROTECTED.test(JSON.stringify(Properties ?? {}));
    return KEEPING.test(policy) || isProtected || /^AWS::(Route53|CertificateManager)/.test(Type);
  });
  return found.map(([id]) => id);
}

const resourcesOf = (folder: string, stack: string) => {
  const template = JSON.parse(readFileSync(join(folder, `${stack}.template.json`), 'utf8')) as {
    readonly Resources: Readonly<Record<string, Resource>>;
  };
  return template.Resources;
};

test('a rehearsal, even of prod, deletes itself without a trace: what stays would cost, and its name would be taken', () => {
  const unprotected = { ...prod, terminationProtection: { off: 'prod is to be rehearsed' } };
  const config = rehearsalConfig({ prod: unprotected }, ACCOUNT) ?? dev;
  const rehearsed = synthesize({ [REHEARSAL]: config });
  expect(kept(resourcesOf(rehearsed, 'ProoflinkRehearsal'))).toEqual([]);
  expect(kept(resourcesOf(synthesize({ prod }), 'ProoflinkProd')).length).toBeGreaterThan(3);
});
