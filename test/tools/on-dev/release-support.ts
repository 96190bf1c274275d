import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { IAM } from '@aws-sdk/client-iam';
import { command, type Ended, prooflinkArguments, ROOT } from '../support/prooflink';

/** A copy of an assembly with a changed template of dev, whose asset gets another name by that. */
export function changedAssembly(assembly: string, folder: string, change: (template: string) => string): string {
  const copy = join(folder, `assembly-${Math.random()}`);
  cpSync(assembly, copy, { recursive: true });
  const rewrite = (file: string, change: (text: string) => string) => {
    const before = readFileSync(join(copy, file), 'utf8');
    const after = change(before);
    expect(after).not.toBe(before);
    writeFileSync(join(copy, file), after);
  };
  rewrite('ProoflinkDev.template.json', change);
  const assets = readFileSync(join(copy, 'ProoflinkDev.assets.json'), 'utf8');
  const [, hash = ''] = /"([0-9a-f]{64})": \{[^}]*"path": "ProoflinkDev\.template\.json"/.exec(assets) ?? [];
  for (const file of ['ProoflinkDev.assets.json', 'manifest.json'])
    rewrite(file, (text) => text.replaceAll(hash, createHash('sha256').update(copy).digest('hex')));
  return copy;
}

/** The image tags among the stack's parameters: `App`, `Batch`, `Migration`, `Migrated`. */
export async function tags(): Promise<Record<string, string>> {
  const { Stacks: [stack] = [] } = await new CloudFormation({}).describeStacks({ StackName: 'ProoflinkDev' });
  const parameters = (stack?.Parameters ?? []).filter(({ ParameterKey }) => ParameterKey?.endsWith('ImageTag'));
  return Object.fromEntries(
    parameters.map(({ ParameterKey = '', ParameterValue = '' }) => [
      ParameterKey.replace('ImageTag', ''),
      ParameterValue,
    ]),
  );
}

/** Answer of `status` to a question: its result, what is said and what fixes it. */
export async function statusOf(id: string): Promise<string> {
  const { stdout } = await command('status', 'dev', '--json');
  const { answers } = JSON.parse(stdout) as { answers: { id: string; result: string; says: string; fix?: string }[] };
  const { result, says, fix = '' } = answers.find((each) => each.id === id) ?? { result: '', says: '' };
  return `${result}: ${says} ${fix}`;
}

/** A release that gets Ctrl-C, twice as npm passes it on, once it says a text. */
export async function interrupted(env: NodeJS.ProcessEnv, text: string, ...args: string[]) {
  const program = prooflinkArguments('release', 'dev', ...args);
  const child = spawn(process.execPath, program, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  child.stdout.on('data', (piece: Buffer) => {
    said += piece.toString();
  });
  child.stderr.on('data', (piece: Buffer) => {
    said += piece.toString();
    if (said.includes(text)) for (const signal of ['SIGINT', 'SIGINT'] as const) child.kill(signal);
  });
  const exitCode = await new Promise((resolve) => child.once('close', resolve));
  return { exitCode, said };
}

/** Writes a role's policy anew, by other words: it is not in force at once. */
export async function changeRights(RoleName: string): Promise<void> {
  const iam = new IAM({});
  const { PolicyNames: [PolicyName] = [] } = await iam.listRolePolicies({ RoleName });
  const { PolicyDocument = '' } = await iam.getRolePolicy({ RoleName, PolicyName });
  const changed = decodeURIComponent(PolicyDocument).replace('{', '{ ');
  await iam.putRolePolicy({ RoleName, PolicyName, PolicyDocument: changed });
}

export async function expectRefused(ended: Promise<Ended>, ...says: (string | RegExp)[]): Promise<void> {
  const before = await tags();
  const { exitCode, stdout } = await ended;
  expect([exitCode, stdout]).toEqual([2, expect.stringMatching(/^dev was not touched:\n\n- /)]);
  for (const text of says) expect(stdout).toMatch(text);
  expect(await tags()).toEqual(before);
}

export async function expectServing(ended: Promise<Ended>, tag: string): Promise<void> {
  expect(await ended).toMatchObject({
    exitCode: 0,
    stdout: expect.stringContaining(`${tag} serves`) as string,
  });
}

/** The old version goes on, and it is said why the new one does not serve. */
export async function expectFailed(ended: Promise<Ended>, serves: string, ...says: (string | RegExp)[]): Promise<void> {
  const { exitCode, stdout } = await ended;
  expect([exitCode, stdout]).toEqual([1, expect.stringMatching(`${serves} serves: http://localhost:`)]);
  for (const text of says) expect(stdout).toMatch(text);
}
