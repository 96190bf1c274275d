import { createHash } from 'node:crypto';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { IAM } from '@aws-sdk/client-iam';
import { hasCommand } from '@infra/commands/prooflink';
import { command } from '@infra/testing/prooflink';
import type { Ended } from '@infra/commands/test/support/call';

const TEMPLATE_FILE = 'ProoflinkDev.template.json';
const ASSETS_FILE = 'ProoflinkDev.assets.json';

/** The entry of the template in the manifest of the assets, which begins with the template's hash. */
const TEMPLATE_ASSET = /"([0-9a-f]{64})": \{[^}]*"path": "ProoflinkDev\.template\.json"/;

/** A copy of an assembly with a changed template of dev, whose asset gets another name by that. */
export function changedAssembly(assembly: string, folder: string, change: (template: string) => string): string {
  const copy = join(folder, `assembly-${Math.random()}`);
  cpSync(assembly, copy, { recursive: true });
  rewrite(join(copy, TEMPLATE_FILE), change);
  const assets = readFileSync(join(copy, ASSETS_FILE), 'utf8');
  const [, oldHash = ''] = TEMPLATE_ASSET.exec(assets) ?? [];
  const newHash = createHash('sha256').update(copy).digest('hex');
  for (const file of [ASSETS_FILE, 'manifest.json']) {
    rewrite(join(copy, file), (text) => text.replaceAll(oldHash, newHash));
  }
  return copy;
}

/** Changes a file; fails if the change changes nothing. */
function rewrite(path: string, change: (text: string) => string): void {
  const before = readFileSync(path, 'utf8');
  const after = change(before);
  expect(after).not.toBe(before);
  writeFileSync(path, after);
}

/** The image tags among the stack's parameters: `App`, `Batch`, `Migration`, `Migrated`. */
export async function imageTags(): Promise<Record<string, string>> {
  const { Stacks: [stack] = [] } = await new CloudFormation({}).describeStacks({ StackName: 'ProoflinkDev' });
  const tags: Record<string, string> = {};
  for (const { ParameterKey = '', ParameterValue = '' } of stack?.Parameters ?? []) {
    if (ParameterKey.endsWith('ImageTag')) tags[ParameterKey.replace('ImageTag', '')] = ParameterValue;
  }
  return tags;
}

/** Expects the answer of `status` to a question. A team may have taken out the package doctor, which has the command. */
export async function expectStatus(questionId: string, answer: object): Promise<void> {
  if (!hasCommand('status')) return;
  const { stdout } = await command('status', 'dev', '--json');
  const { answers } = JSON.parse(stdout) as { readonly answers: readonly { readonly id: string }[] };
  expect(answers.find(({ id }) => id === questionId)).toMatchObject(answer);
}

/** Writes a role's policy anew, by other words: it is not in force at once. */
export async function rewritePolicy(RoleName: string): Promise<void> {
  const iam = new IAM({});
  const { PolicyNames: [PolicyName] = [] } = await iam.listRolePolicies({ RoleName });
  const { PolicyDocument = '' } = await iam.getRolePolicy({ RoleName, PolicyName });
  const rewritten = decodeURIComponent(PolicyDocument).replace('{', '{ ');
  await iam.putRolePolicy({ RoleName, PolicyName, PolicyDocument: rewritten });
}

function expectTexts(output: string, texts: readonly (string | RegExp)[]): void {
  for (const text of texts) expect(output).toMatch(text);
}

/** Asserts that a command changes nothing, and prints these texts. */
export async function expectRefused(ended: Promise<Ended>, ...says: readonly (string | RegExp)[]): Promise<void> {
  const tagsBefore = await imageTags();
  const { exitCode, stdout } = await ended;
  expect(stdout).toMatch(/^dev was not touched:\n\n- /);
  expect(exitCode).toBe(2);
  expectTexts(stdout, says);
  expect(await imageTags()).toEqual(tagsBefore);
}

/** Asserts that a command ends once a tag serves. */
export async function expectServing(ended: Promise<Ended>, tag: string): Promise<void> {
  const { exitCode, stdout } = await ended;
  expect(stdout).toContain(`${tag} serves`);
  expect(exitCode).toBe(0);
}

/** The end of a release whose tag does not serve. */
interface FailedRelease {
  /** Tag that serves instead. */
  readonly serves: string;
  readonly says: readonly (string | RegExp)[];
}

/** Asserts that a command fails, and that the version before goes on. */
export async function expectFailed(ended: Promise<Ended>, { serves, says }: FailedRelease): Promise<void> {
  const { exitCode, stdout } = await ended;
  expect(stdout).toContain(`${serves} serves: http://localhost:`);
  expect(exitCode).toBe(1);
  expectTexts(stdout, says);
}
