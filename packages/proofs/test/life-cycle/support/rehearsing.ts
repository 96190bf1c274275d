import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { prooflinkArguments, ROOT } from '@infra/testing/prooflink';
import { pidOf } from '@infra/common/test/support/pid-of';
import { until } from '@infra/common/test/support/until';
import { LOCAL_ACCOUNT } from '@infra/local-aws';
import { REHEARSAL } from '@infra/rehearse/environment';
import { rehearsalConfig } from '@infra/rehearse/rehearsal-config';
import { dev } from '@infra/testing/configs';
import { synthesize } from '@infra/testing/synth';
import { scratch } from './apps';
import type { Life } from './life';

/** Milliseconds for each resource in an operation during which a call is interrupted. */
const PACE = 100;

/** Calls `rehearse` on a life's local AWS, with a double of Docker. */
export class Rehearsing {
  private readonly reports: string;
  private readonly programs: string;
  private readonly assembly: string;

  constructor(private readonly life: Life<'rehearsal'>) {
    const folder = mkdtempSync(join(scratch, 'rehearsal-'));
    this.reports = join(folder, 'reports');
    this.programs = join(folder, 'programs');
    mkdirSync(this.programs);
    const double = `${join(ROOT, 'packages/common/register.js')} ${join(__dirname, 'docker-double.ts')}`;
    writeFileSync(join(this.programs, 'docker'), `#!/bin/sh\nexec node -r ${double} "$@"\n`, { mode: 0o755 });
    const config = rehearsalConfig({ dev }, LOCAL_ACCOUNT) ?? dev;
    this.assembly = synthesize({ [REHEARSAL]: config });
  }

  /** Calls it to its end, which must have this exit code; returns what it prints. */
  async call(expectedExitCode: number, ...options: string[]): Promise<string> {
    return await this.callUntil(undefined, expectedExitCode, ...options);
  }

  /** Calls it, and interrupts it with all that it has started once the stack has a status. */
  async interrupt(status: string, expectedExitCode: number): Promise<string> {
    this.life.aws.pace(PACE);
    const output = await this.callUntil(status, expectedExitCode);
    this.life.aws.pace(0);
    return output;
  }

  /** Text of the newest report. */
  report(): string {
    const names = readdirSync(this.reports).filter((name) => name.endsWith('.md'));
    return readFileSync(join(this.reports, names.sort().at(-1) ?? ''), 'utf8');
  }

  private async callUntil(status: string | undefined, expectedExitCode: number, ...options: string[]) {
    const { env } = this.life.aws;
    const files = ['--assembly', this.assembly, '--report', this.reports];
    const child = spawn(
      process.execPath,
      prooflinkArguments('rehearse', LOCAL_ACCOUNT, '--yes', ...files, ...options),
      {
        cwd: ROOT,
        env: { ...env, PATH: `${this.programs}:${env['PATH'] ?? ''}` },
        // A process group of its own: a signal reaches what it has started, as a terminal's Ctrl-C does.
        detached: true,
      },
    );
    let output = '';
    const collect = (text: string) => {
      output += text;
    };
    child.stdout.setEncoding('utf8').on('data', collect);
    child.stderr.setEncoding('utf8').on('data', collect);
    const end = once(child, 'close');
    if (status !== undefined) {
      await until(
        () => this.life.describe(),
        (stack) => stack?.StackStatus === status,
      );
      process.kill(-pidOf(child), 'SIGINT');
    }
    await end;
    if (child.exitCode !== expectedExitCode)
      throw new Error(`exit code ${String(child.exitCode)}:\n${output.slice(-6000)}`);
    return output;
  }
}
