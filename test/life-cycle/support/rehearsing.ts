import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { LOCAL_ACCOUNT } from '@infra/local-aws';
import { REHEARSAL } from '../../../lib/config/names';
import { rehearsalConfig } from '../../../lib/config/rehearsal';
import { prod } from '../../support/configs';
import { pidOf } from '../../support/pid-of';
import { synthesize } from '../../support/synth';
import { keptRecords } from '../../../tools/operate/rehearse/report/kept-records';
import { prooflinkArguments, ROOT } from '../../tools/support/prooflink';
import { scratch } from './apps';
import type { Life } from './life';
import { devAwayFromOfficeHours } from './office-hours';

/** End of a call of `rehearse`. */
interface Ended {
  /** `null`: it was killed. */
  readonly exitCode: number | null;
  readonly output: string;
}

/** Moment of a call, at which it gets a signal. */
interface Interruption {
  readonly signal: 'SIGKILL' | 'SIGINT';
  /** Status of the stack at that moment. */
  readonly status?: string;
  /** Words that the call has printed by that moment. */
  readonly words?: string;
}

/** Milliseconds for each resource in an operation during which a call is killed. */
const PACE = 100;

/** Calls `rehearse` on a life's local AWS, with a double of Docker, and kills some calls. */
export class Rehearsing {
  readonly reports: string;
  private readonly programs: string;
  private readonly assembly: string;

  constructor(private readonly life: Life<'rehearsal'>) {
    const folder = mkdtempSync(join(scratch, 'rehearsal-'));
    this.reports = join(folder, 'reports');
    this.programs = join(folder, 'programs');
    mkdirSync(this.programs);
    const docker = join(this.programs, 'docker');
    const command = `exec node -r ${ROOT}/tools/register.js ${join(__dirname, 'docker-double.ts')} ${this.programs} "$@"`;
    writeFileSync(docker, `#!/bin/sh\n${command}\n`);
    chmodSync(docker, 0o755);
    const dev = devAwayFromOfficeHours(new Date());
    const config = rehearsalConfig({ dev, prod }, LOCAL_ACCOUNT);
    this.assembly = synthesize({ [REHEARSAL]: config ?? dev });
  }

  /** Calls it to its end. */
  async call(...options: string[]): Promise<Ended> {
    return await this.run(options);
  }

  /** Calls it until a moment, at which it is killed with all that it has started, or gets Ctrl-C. */
  async interrupt(interruption: Interruption, ...options: string[]): Promise<Ended> {
    this.life.aws.pace(PACE);
    try {
      return await this.run(options, interruption);
    } finally {
      this.life.aws.pace(0);
    }
  }

  report(): string {
    const [file = ''] = readdirSync(this.reports).filter((name) => name.endsWith('.md'));
    return readFileSync(join(this.reports, file), 'utf8');
  }

  /** Stages of all calls. */
  records() {
    const [, rehearsalId = ''] = /rehearsal-(\S+)\.jsonl/.exec(readdirSync(this.reports).join(' ')) ?? [];
    return keptRecords({ directory: this.reports, rehearsalId });
  }

  private async run(options: readonly string[], interruption?: Interruption): Promise<Ended> {
    const { env } = this.life.aws;
    const args = ['rehearse', LOCAL_ACCOUNT, '--yes', '--assembly', this.assembly, '--report', this.reports];
    const child = spawn(process.execPath, prooflinkArguments(...args, ...options), {
      cwd: ROOT,
      env: { ...env, PATH: `${this.programs}:${env['PATH'] ?? ''}` },
      // A process group of its own: a signal reaches what it has started, as a terminal's Ctrl-C does.
      detached: true,
    });
    let output = '';
    const read = (text: string) => (output += text);
    child.stdout.setEncoding('utf8').on('data', read);
    child.stderr.setEncoding('utf8').on('data', read);
    const closed = once(child, 'close') as Promise<[exitCode: number | null]>;
    const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
    if (interruption) {
      while (!hasEnded() && !(await this.isMoment(interruption, output))) await setTimeout(PACE / 4);
      if (hasEnded()) throw new Error(`It ended before it was interrupted:\n${output.slice(-3000)}`);
      process.kill(-pidOf(child), interruption.signal);
    }
    const [exitCode] = await closed;
    return { exitCode, output };
  }

  private async isMoment({ status, words }: Interruption, output: string): Promise<boolean> {
    if (words !== undefined && !output.includes(words)) return false;
    return status === undefined || (await this.life.describe())?.StackStatus === status;
  }
}
