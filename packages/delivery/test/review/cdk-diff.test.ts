import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { prod } from '../../../../test/support/configs';
import type { EnvironmentConfig } from '@infra/commands/app';
import { compareAssemblies } from '@infra/change-review';
import { localEnvironment } from '@infra/local-aws';
import { readAssembly } from '@infra/common/assembly';
import { SecretMask } from '@infra/common/secret-mask';
import { newDirectory } from '@infra/change-review/testing';
import { synthesize } from '../../../../test/support/synth';

/** Output of the real CLI for the head's ProoflinkProd against a template, without credentials. */
function cli(head: string, template: string, ...options: string[]): Promise<{ exitCode: unknown; stdout: string }> {
  const fixed = ['--exclusively', '--app', head, '--template', template, '--ci', '--no-color', '--no-notices'];
  const args = [require.resolve('aws-cdk/bin/cdk'), 'diff', 'ProoflinkProd', ...fixed, ...options];
  const cwd = newDirectory();
  const env = localEnvironment(process.env, 'http://127.0.0.1:9', cwd);
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd, env }, (error, stdout) => {
      resolve({ exitCode: error?.code ?? 0, stdout });
    });
  });
}

const base = synthesize({ prod });
const off = { off: 'this test wants it' };

it.each([
  {
    title: 'a dangerous change',
    change: {
      keepData: off,
      loadBalancer: { ...prod.loadBalancer, openPorts: [80, 443] },
      database: { ...prod.database, encryption: off },
    },
    isDangerous: true,
    failOn: 'destructive',
  },
  {
    title: 'a harmless change',
    change: { logRetention: RetentionDays.FIVE_YEARS },
    isDangerous: false,
    failOn: 'broadening',
  },
])(
  'prints what the real cdk diff prints of $title, and judges as its --fail-on',
  async ({ change, isDangerous, failOn }) => {
    const head = synthesize({ prod: { ...prod, ...change } as EnvironmentConfig });
    const mask = new SecretMask();
    const { environments } = compareAssemblies(readAssembly(base, mask), readAssembly(head, mask), '');
    const { text = '', verdict } = environments[0]?.cdkDiff ?? {};
    expect((verdict?.destructive ?? 0) > 0).toBe(isDangerous);
    expect(verdict?.broadening).toBe(isDangerous);
    const template = join(base, 'ProoflinkProd.template.json');
    const printed = await cli(head, template, '--fail-on', failOn);
    const stdout = printed.stdout.replace(/\s*✨ {2}Number of stacks with differences: 1\s*$/, '');
    expect(stdout).toBe(`Stack ProoflinkProd\n${text}`);
    expect(printed.exitCode).toBe(isDangerous ? 1 : 0);
  },
  120_000,
);
