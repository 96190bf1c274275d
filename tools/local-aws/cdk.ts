import { mkdtempSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import { LOCAL_ACCOUNT, LOCAL_REGION } from './environment';
import { type LocalAws } from './local-aws';
import { spawnOwned } from './processes';

const cli = require.resolve('aws-cdk/bin/cdk');
const repository = join(__dirname, '..', '..');

export interface CdkProps {
  readonly aws: LocalAws;
  /** The app to run in the place of cdk.json's: a command line or the folder of a cloud assembly. */
  readonly app?: string;
  /** Called with each line that the CLI prints. */
  readonly report?: (line: string) => void;
  /** Ends the CLI at once, as if somebody had killed it. */
  readonly signal?: AbortSignal;
}

/** How one run of the CLI ended. */
export interface CdkResult {
  readonly exitCode: number;
  readonly output: string;
}

/** The CLI ended with an error; `output` is everything that it printed. */
export class CdkError extends Error {
  constructor(
    command: string,
    readonly output: string,
  ) {
    super(`cdk ${command} failed`);
  }
}

/** Runs the real CDK CLI of this repository against the local AWS. */
export async function runCdk(props: CdkProps, args: readonly string[]): Promise<CdkResult> {
  const { aws, app, report, signal } = props;
  const common = ['--output', mkdtempSync(join(aws.directory, 'cdk-out-')), '--no-notices', '--no-color'];
  const child = spawnOwned(process.execPath, [cli, ...args, ...(app ? ['--app', app] : []), ...common], {
    cwd: repository,
    env: aws.env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  signal?.addEventListener('abort', () => {
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGKILL');
  });
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    if (stream) {
      createInterface({ input: stream }).on('line', (line) => {
        lines.push(line);
        report?.(line);
      });
    }
  }
  const exitCode = await new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      resolve(code ?? 1);
    });
  });
  return { exitCode, output: lines.join('\n') };
}

async function mustSucceed(props: CdkProps, args: readonly string[]): Promise<CdkResult> {
  const result = await runCdk(props, args);
  if (result.exitCode !== 0) throw new CdkError(args.slice(0, 2).join(' '), result.output);
  return result;
}

/** `cdk bootstrap` of the local account. */
export async function bootstrap(props: CdkProps): Promise<void> {
  await mustSucceed(props, ['bootstrap', `aws://${LOCAL_ACCOUNT}/${LOCAL_REGION}`]);
}

/** `cdk deploy`; returns the stack's outputs. Parameters that are not given keep their value. */
export async function deploy(
  props: CdkProps,
  stack: string,
  parameters: Readonly<Record<string, string>> = {},
): Promise<Record<string, string>> {
  const outputs = join(mkdtempSync(join(props.aws.directory, 'outputs-')), 'outputs.json');
  const given = Object.entries(parameters).flatMap(([name, value]) => ['--parameters', `${stack}:${name}=${value}`]);
  const how = ['--method=direct', '--require-approval', 'never', '--outputs-file', outputs];
  await mustSucceed(props, ['deploy', stack, ...how, ...given]);
  const all = JSON.parse(readFileSync(outputs, 'utf8')) as Record<string, Record<string, string>>;
  return all[stack] ?? {};
}

/** `cdk destroy`, without a question. */
export async function destroy(props: CdkProps, stack: string): Promise<void> {
  await mustSucceed(props, ['destroy', stack, '--force']);
}

/** `cdk diff` against what is deployed; true where it finds a difference. */
export async function diff(props: CdkProps, stack: string): Promise<{ differs: boolean; output: string }> {
  const { exitCode, output } = await runCdk(props, ['diff', stack, '--method=template', '--fail']);
  return { differs: exitCode !== 0, output };
}
