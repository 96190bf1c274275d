import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { interruptedProoflink, prooflink, ROOT } from '@infra/testing/prooflink';
import { LOCAL_ACCOUNT } from '@infra/local-aws';
import { scratch } from './apps';
import type { Life } from './life';

/** Milliseconds for each resource in an operation during which a call is interrupted. */
const PACE = 100;

/** Calls `rehearse` on a life's local AWS, with a double of Docker. */
export class Rehearsing {
  private readonly reports: string;
  private readonly programs: string;
  private readonly arguments: readonly string[];

  constructor(private readonly life: Life<'rehearsal'>) {
    const folder = mkdtempSync(join(scratch, 'rehearsal-'));
    this.reports = join(folder, 'reports');
    this.programs = join(folder, 'programs');
    mkdirSync(this.programs);
    const double = `${join(ROOT, 'packages/common/register.js')} ${join(__dirname, 'docker-double.ts')}`;
    writeFileSync(join(this.programs, 'docker'), `#!/bin/sh\nexec node -r ${double} "$@"\n`, { mode: 0o755 });
    this.arguments = ['rehearse', LOCAL_ACCOUNT, '--yes', '--report', this.reports];
  }

  /** Calls it to its end, which must have this exit code; returns what it prints. */
  async call(expectedExitCode: number, ...options: string[]): Promise<string> {
    const { exitCode, stdout, stderr } = await prooflink(this.env(), ...this.arguments, ...options);
    return outputOf(`${stderr}${stdout}`, exitCode, expectedExitCode);
  }

  /** Calls it, and interrupts it once it shows the status of a resource. */
  async interrupt(status: string, expectedExitCode: number): Promise<string> {
    this.life.aws.pace(PACE);
    const { exitCode, output } = await interruptedProoflink(this.env(), 'SIGINT', status, ...this.arguments);
    this.life.aws.pace(0);
    return outputOf(output, exitCode, expectedExitCode);
  }

  /** Text of the newest report. */
  report(): string {
    const names = readdirSync(this.reports).filter((name) => name.endsWith('.md'));
    return readFileSync(join(this.reports, names.sort().at(-1) ?? ''), 'utf8');
  }

  private env(): NodeJS.ProcessEnv {
    const { env } = this.life.aws;
    return { ...env, PATH: `${this.programs}:${env['PATH'] ?? ''}` };
  }
}

function outputOf(output: string, exitCode: unknown, expectedExitCode: number): string {
  if (exitCode === expectedExitCode) return output;
  throw new Error(`exit code ${String(exitCode)}:\n${output.slice(-6000)}`);
}
