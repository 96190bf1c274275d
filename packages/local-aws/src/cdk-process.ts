import type { ChildProcess } from 'node:child_process';
import type { Socket } from 'node:net';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { endOwned, killGroup, spawnOwned } from './processes';

export interface Command {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Working directory. */
  readonly directory: string;
  /** Called with each line that the CLI prints. */
  readonly report: (line: string) => void;
  /** Kills the CLI when aborted. */
  readonly signal: AbortSignal | undefined;
}

/** Character before the exit code, by which cdk-cli.js reports the end of a command. */
const END_OF_COMMAND = '\u0004';

/** Processes that have run a command and wait for the next one, by the folder of their local AWS. */
const idle = new Map<string, CdkProcess>();

/**
 * Runs a command of the CDK CLI, and returns its exit code. The process remains for the next command of this local AWS,
 * since the CLI takes longer to load than most commands take; a command meanwhile gets a process of its own.
 */
export async function runCommand(folder: string, command: Command): Promise<number> {
  const waiting = idle.get(folder);
  idle.delete(folder);
  const cli = waiting?.alive ? waiting : new CdkProcess(command.env);
  const exitCode = await cli.run(command);
  const isKept = cli.alive && !idle.has(folder);
  if (isKept) idle.set(folder, cli);
  else await cli.end();
  return exitCode;
}

/** Ends the process that waits for a command of this local AWS. */
export async function endIdle(folder: string): Promise<void> {
  await idle.get(folder)?.end();
  idle.delete(folder);
}

/** Process of the CDK CLI, which runs one command after another. */
class CdkProcess {
  private readonly child: ChildProcess;
  private report: Command['report'] = () => undefined;
  private ended: (exitCode: number) => void = () => undefined;

  constructor(env: Command['env']) {
    const program = require.resolve('./cdk-cli.js');
    this.child = spawnOwned(process.execPath, [program], { env, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
    this.readLines(this.child.stdout);
    this.readLines(this.child.stderr);
    this.child.once('close', (exitCode) => {
      this.ended(exitCode ?? 1);
    });
  }

  async run({ args, env, directory, report, signal }: Command): Promise<number> {
    this.report = report;
    const kill = () => {
      if (this.alive) killGroup(this.child, 'SIGKILL');
    };
    signal?.addEventListener('abort', kill);
    for (const handle of this.handles()) handle?.ref();
    const exitCode = await new Promise<number>((resolve) => {
      this.ended = resolve;
      this.child.send({ args, env, directory });
      if (signal?.aborted) kill();
    });
    for (const handle of this.handles()) handle?.unref();
    signal?.removeEventListener('abort', kill);
    return exitCode;
  }

  get alive(): boolean {
    return this.child.connected;
  }

  end(): Promise<void> {
    return endOwned(this.child);
  }

  private readLines(input: Readable | null): void {
    if (!input) return;
    const lines = createInterface({ input });
    lines.on('line', (line) => {
      this.readLine(line);
    });
  }

  private readLine(line: string): void {
    const [text = '', exitCode] = line.split(END_OF_COMMAND);
    if (exitCode === undefined) {
      this.report(text);
      return;
    }
    // The exit code follows what the command printed last without a line break.
    if (text) this.report(text);
    this.ended(Number(exitCode));
  }

  /** Handles that keep this process running while they are referenced: only a command is to do so. */
  private handles() {
    const { channel, stdout, stderr } = this.child;
    return [this.child, channel, stdout as Socket | null, stderr as Socket | null];
  }
}
