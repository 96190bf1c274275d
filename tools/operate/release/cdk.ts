import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { CannotTellError } from '@infra/common/outcome';
import { makeTemporaryFolder } from '@infra/common/own-paths';
import type { Resource, Template } from '@infra/common/template';
import { isRecord, json } from '@infra/common/values';

const ROOT = join(__dirname, '../../..');

export const parseTemplate = (text: string): Template | undefined => {
  const parsed = json(text);
  return isRecord(parsed) && isRecord(parsed['Resources']) ? (parsed as unknown as Template) : undefined;
};

const underway = new Set<ChildProcess>();

/** Runs the CDK CLI, and shows what it prints; returns its exit code. */
async function cdk(args: readonly string[]): Promise<number> {
  const cli = require.resolve('aws-cdk/bin/cdk');
  const child = spawn(process.execPath, [cli, ...args, '--no-notices'], { cwd: ROOT, stdio: ['ignore', 2, 2] });
  underway.add(child);
  const [code] = (await once(child, 'close')) as [number | null];
  underway.delete(child);
  return code ?? 1;
}

/** Ends what runs of the CLI; CloudFormation goes on by itself. */
export function endCdk(): void {
  for (const child of underway) child.kill('SIGINT');
}

/** Synthesizes the app into a folder that is removed at the end of this process. */
export async function synthesize(): Promise<string> {
  const folder = makeTemporaryFolder('prooflink-release-');
  if ((await cdk(['synth', '--quiet', '--output', folder])) !== 0) {
    throw new CannotTellError('The app could not be synthesized; the CDK CLI says why above.');
  }
  return folder;
}

/** The template of a stack in a cloud assembly. */
export function templateIn(assembly: string, stack: string): Template {
  const file = join(assembly, `${stack}.template.json`);
  try {
    const template = parseTemplate(readFileSync(file, 'utf8'));
    if (template) return template;
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'ENOENT') throw error;
  }
  throw new CannotTellError(`${file} is no template. Make it with: npx cdk synth -o ${assembly}`);
}

/** `cdk deploy`; parameters that are not given keep their values. */
export async function deploy(
  assembly: string,
  stack: string,
  parameters: Readonly<Record<string, string>>,
): Promise<boolean> {
  const given = Object.entries(parameters).flatMap(([name, value]) => ['--parameters', `${stack}:${name}=${value}`]);
  // By its usual name the CLI would take away the change set of a deploy at the same time.
  const changeSet = ['--change-set-name', `release-${randomUUID()}`];
  const how = ['--exclusively', '--require-approval', 'never', '--progress', 'events'];
  return (await cdk(['deploy', stack, '--app', assembly, ...changeSet, ...how, ...given])) === 0;
}

const ofType = ({ Resources }: Template, type: string) => Object.values(Resources).filter(({ Type }) => Type === type);

/** The task definitions of a family. */
export function taskDefinition(template: Template, family: string): Resource | undefined {
  return ofType(template, 'AWS::ECS::TaskDefinition').find(({ Properties }) => Properties?.['Family'] === family);
}

/** True if a deployment restarts the web tasks, even under the image that runs. */
export function restartsWeb(before: Template, after: Template, family: string): boolean {
  const web = (template: Template) => [
    taskDefinition(template, family)?.Properties,
    ofType(template, 'AWS::ECS::Service').map(({ Properties }) => Properties),
  ];
  return !isDeepStrictEqual(web(before), web(after));
}
