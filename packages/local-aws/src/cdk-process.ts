import type { ChildProcess } from 'node:child_process';
import type { Socket } from 'node:net';
import { createInterface } from 'node:readline';
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

/** Processes that have run a command and wait for the next one, by the folder of their local AWS. */
const idle = new Map<string, CdkProcess>();

/**
 * Runs a command of the CDK CLI, and returns its exit code. The process remains for the next command of this local AWS,
 * since the CLI takes longer to load than most commands take; a command meanwhile gets a process of its own.
 */
export async function runCommand(folder: string, command: Command): Promise<number> {
  const cli = idle.get(folder) ?? new CdkProcess(command.env);
  idle.delete(folder);
  const exitCode = await cli.run(command);
  if (cli.alive && !idle.has(folder)) idle.set(folder, cli);
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
    for (const input of [this.child.stdout, this.child.stderr]) {
      if (input)
        createInterface({ input }).on('line', (line) => {
          const [text = '', exitCode] = line.split('\u0004');
          if (text || exitCode === undefined) this.report(text);
          if (exitCode !== undefined) this.ended(Number(exitCode));
        });
    }
    this.child.once('close', (code) => {
      this.ended(code ?? 1);
    });
  }

  async run({ report, signal, ...command }: Command): Promise<number> {
    this.report = report;
    const kill = () => {
      if (this.alive) killGroup(this.child, 'SIGKILL');
    };
    signal?.addEventListener('abort', kill);
    this.handles('ref');
    const exitCode = await new Promise<number>((resolve) => {
      this.ended = resolve;
      this.child.send(command);
    });
    this.handles('unref');
    signal?.removeEventListener('abort', kill);
    return exitCode;
  }

  get alive(): boolean {
    return this.child.connected;
  }

  end(): Promise<void> {
    return endOwned(this.child);
  }

  /** References the handles that keep this process running until the command has ended, or drops them. */
  private handles(what: 'ref' | 'unref'): void {
    const { child } = this;
    for (const handle of [child, child.channel, child.stdout as Socket, child.stderr as Socket]) handle?.[what]();
  }
}
