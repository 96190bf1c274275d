import { once } from 'node:events';
import { mkdtempSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { LOCAL_ACCOUNT } from './environment';
import { type LocalAws } from './local-aws';
import { killGroup, spawnOwned } from './processes';

export interface CdkProps {
  readonly aws: Pick<LocalAws, 'env' | 'directory'>;
  /** The app to run in place of cdk.json's: a command line or the folder of a cloud assembly. */
  readonly app?: string;
  /** Called with each line that the CLI prints. */
  readonly report?: (line: string) => void;
  /** Kills the CLI when aborted. */
  readonly signal?: AbortSignal;
  /** Working directory; the current one by default. */
  readonly directory?: string;
}

/** Exit code and output of one run of the CLI. */
export interface CdkResult {
  readonly exitCode: number;
  readonly output: string;
}

/** Failure of the CLI: the message has the reason, `output` all that the CLI printed. */
export class CdkError extends Error {
  /** Reason from CloudFormation or the app; the whole output if none is recognized. */
  readonly reason: string;

  constructor(
    command: string,
    readonly output: string,
  ) {
    const reason = reasonIn(output);
    super(`cdk ${command} failed\n\n${reason}`);
    this.reason = reason;
  }
}

function reasonIn(output: string): string {
  const lines = output.split('\n');
  const start = lines.findIndex((line) => /^Failed resources:|❌|Error:|^ValidationError|^ConfigError/.test(line));
  return lines
    .slice(Math.max(start, 0))
    .filter((line) => !/^\s+at |CloudTrail delivery/.test(line))
    .join('\n')
    .trim();
}

/** Runs the real CDK CLI against the local AWS. */
export async function runCdk(props: CdkProps, args: readonly string[]): Promise<CdkResult> {
  const { aws, app, report, signal, directory = process.cwd() } = props;
  const output = args.includes('--output') ? [] : ['--output', scratch(aws)];
  const line = [...args, ...(app ? ['--app', app] : []), '--no-notices', '--no-color', ...output];
  // One stream, in which lines of progress and of errors keep their order.
  const shell = ['-c', 'exec "$@" 2>&1', 'cdk', process.execPath, require.resolve('aws-cdk/bin/cdk'), ...line];
  const child = spawnOwned('sh', shell, { env: aws.env, cwd: directory });
  child.stdin.end();
  const lines: string[] = [];
  createInterface({ input: child.stdout }).on('line', (text) => {
    lines.push(text);
    report?.(text);
  });
  const kill = () => {
    killGroup(child, 'SIGKILL');
  };
  signal?.addEventListener('abort', kill);
  if (signal?.aborted) kill();
  const [exitCode] = (await once(child, 'close')) as [number | null];
  signal?.removeEventListener('abort', kill);
  if (signal?.aborted) lines.push(`(The CLI was ended: ${String(signal.reason).replace(/^\w+: /, '')})`);
  return { exitCode: exitCode ?? 1, output: lines.join('\n') };
}

function scratch(aws: CdkProps['aws']): string {
  return mkdtempSync(join(aws.directory, 'cdk-out-'));
}

async function mustSucceed(props: CdkProps, args: readonly string[]): Promise<CdkResult> {
  const result = await runCdk(props, args);
  if (result.exitCode !== 0) throw new CdkError(args.slice(0, 2).join(' '), result.output);
  return result;
}

/** `cdk bootstrap` of the local account. */
export async function bootstrap(props: CdkProps): Promise<void> {
  // The CLI synthesizes no app in a folder without cdk.json: bootstrap needs none.
  const directory = props.aws.directory;
  await mustSucceed({ ...props, directory }, ['bootstrap', `aws://${LOCAL_ACCOUNT}/${props.aws.env['AWS_REGION']}`]);
}

/** `cdk synth`; returns the folder of the cloud assembly, which the other functions take as their `app`. */
export async function synth(props: CdkProps, into?: string): Promise<string> {
  const assembly = into ?? mkdtempSync(join(props.aws.directory, 'assembly-'));
  await mustSucceed(props, ['synth', '--quiet', '--output', assembly]);
  return assembly;
}

/** Arguments of a `cdk deploy` without prompts. */
export function deployArguments(stack: string, parameters: Readonly<Record<string, string>>): string[] {
  const given = Object.entries(parameters).flatMap(([name, value]) => ['--parameters', `${stack}:${name}=${value}`]);
  return ['deploy', stack, '--require-approval', 'never', ...given];
}

/** `cdk deploy`; returns the stack's outputs. Parameters that are not given keep their value. */
export async function deploy(
  props: CdkProps,
  stack: string,
  parameters: Readonly<Record<string, string>> = {},
): Promise<Record<string, string>> {
  const outputs = join(mkdtempSync(join(props.aws.directory, 'outputs-')), 'outputs.json');
  await mustSucceed(props, [...deployArguments(stack, parameters), '--outputs-file', outputs]);
  const all = JSON.parse(readFileSync(outputs, 'utf8')) as Record<string, Record<string, string>>;
  return all[stack] ?? {};
}

/** `cdk destroy` without a prompt. */
export async function destroy(props: CdkProps, stack: string): Promise<void> {
  await mustSucceed(props, ['destroy', stack, '--force']);
}

/** `cdk diff` against what is deployed. */
export async function diff(props: CdkProps, stack: string): Promise<{ differs: boolean; output: string }> {
  const { output } = await mustSucceed(props, ['diff', stack, '--method=template']);
  const found = /Number of stacks with differences: (\d+)/.exec(output);
  if (!found) throw new CdkError(`diff ${stack}`, output);
  return { differs: found[1] !== '0', output };
}
