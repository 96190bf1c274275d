import { cpSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CfnResource, Stack } from 'aws-cdk-lib/core';
import { stackId } from '../../src/app';
import { assembly } from '../../../../test/support/assembly';
import { newApp } from '../../../../test/support/synth';
import { admit, RealStack, tcp } from '@infra/cost/test/support/real-stack';
import { temporaryFolder } from '@infra/common/testing';
import { command } from '@infra/commands/test/support/prooflink';

const folder = temporaryFolder('prooflink-reachability-');

describe('npm run prooflink -- reachability', () => {
  test('shows a table of 80 columns without colour', async () => {
    const { stdout, exitCode } = await command('reachability', assembly);
    expect(stdout).toContain('ProoflinkProd\n┌');
    expect(stdout).toMatch(/│ internet +│ load balancer +│ tcp 443 +│ prooflink-prod-igw;/);
    expect(stdout).toContain('ProoflinkDelivery has no network.');
    expect(stdout).not.toContain('\u001b');
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(exitCode).toBe(0);
  });

  test('fails where something is reached that must not be, and names the path', async () => {
    cpSync(assembly, folder, { recursive: true });
    const stack = new RealStack('dev');
    admit('Ecs', tcp(3000, { CidrIp: '0.0.0.0/0' }))(stack);
    writeFileSync(join(folder, `${stackId('dev')}.template.json`), JSON.stringify(stack.template));
    const { stdout, exitCode } = await command('reachability', folder);
    expect(stdout).toContain('NOT ALLOWED  internet → ECS task, tcp 3000: prooflink-dev-igw;');
    expect(exitCode).toBe(1);
  });

  test('knows nothing, and says what to do, if no stack of the folder has a network', async () => {
    const app = newApp();
    new CfnResource(new Stack(app, 'ProoflinkDelivery'), 'Role', { type: 'AWS::IAM::Role' });
    const { directory } = app.synth();
    expect(await command('reachability', directory)).toEqual({
      exitCode: 2,
      stdout: '',
      stderr:
        `${directory} has no stack with a network, but: ProoflinkDelivery. ` +
        `Synthesize the environments first: npx cdk synth -o ${directory}\n`,
    });
  });

  test('says how to make the templates where there are none', async () => {
    const { stderr, exitCode } = await command('reachability', join(tmpdir(), 'no-such-assembly'));
    expect(stderr).toContain('npx cdk synth');
    expect(exitCode).toBe(2);
  });
});
