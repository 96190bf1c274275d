import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { LOCAL_ACCOUNT } from '@infra/local-aws';
import { REHEARSAL } from '@infra/rehearse/environment';
import { rehearsalConfig } from '@infra/rehearse/rehearsal-config';
import { withField } from '@infra/testing/config';
import { prod } from '@infra/testing/configs';
import { pidOf } from '@infra/common/test/support/pid-of';
import { synthesize } from '@infra/testing/synth';
import type { StageRecord } from '@infra/rehearse/records';
import { prooflinkArguments, ROOT } from '@infra/testing/prooflink';
import { scratch } from './apps';
import { JAPANESE_VARIABLE } from './changed-config';
import type { Life } from './life';
import { devAwayFromOfficeHours } from '@infra/rehearse/test/support/office-hours';

/** End of a call of `rehearse`. */
interface Ended {
  /** `null`: it was killed. */
  readonly exitCode: number | null;
  readonly output: string;
}

/** A call that runs. */
interface Started {
  readonly child: ChildProcess;
  /** All that the call has printed so far. */
  readonly output: () => string;
  readonly ended: Promise<Ended>;
}

/** Moment of a call, at which it gets a signal. */
interface Interruption {
  readonly signal: 'SIGKILL' | 'SIGINT';
  /** Status of the stack at that moment. */
  readonly status?: string;
  /** Words that the call has printed by that moment. */
  readonly words?: string;
}

/** Milliseconds for each resource in an operation during which a call is interrupted. */
const PACE = 100;

/** Milliseconds between two looks at whether the moment of an interruption has come. */
const POLL_INTERVAL = PACE / 4;

/** Words of a call that waits for a one-time schedule, and the seconds until it fires. */
const SCHEDULED = ' fires at ';
const SECONDS_TO_SCHEDULE = 60;

/** Calls `rehearse` on a life's local AWS, with a double of Docker, and interrupts some calls. */
export class Rehearsing {
  readonly reports: string;
  private readonly programs: string;
  private readonly assembly: string;

  constructor(private readonly life: Life<'rehearsal'>) {
    const folder = mkdtempSync(join(scratch, 'rehearsal-'));
    this.reports = join(folder, 'reports');
    this.programs = join(folder, 'programs');
    mkdirSync(this.programs);
    writeDockerDouble(this.programs);
    this.assembly = synthesizeRehearsal();
  }

  /** Calls it to its end. */
  async call(...options: string[]): Promise<Ended> {
    const { ended } = this.start(options);
    return await ended;
  }

  /** Calls it until a moment, at which it is killed with all that it has started, or gets Ctrl-C. */
  async interrupt(interruption: Interruption, ...options: string[]): Promise<Ended> {
    this.life.aws.pace(PACE);
    try {
      const started = this.start(options);
      await this.untilMoment(started, interruption);
      const processGroup = -pidOf(started.child);
      process.kill(processGroup, interruption.signal);
      return await started.ended;
    } finally {
      this.life.aws.pace(0);
    }
  }

  /** Text of the report on all calls. */
  report(): string {
    const names = readdirSync(this.reports);
    const reportName = names.find((name) => name.endsWith('.md')) ?? '';
    return readFileSync(join(this.reports, reportName), 'utf8');
  }

  /** Stages of all calls, as they were kept; one that ended has its result. */
  records(): StageRecord[] {
    const name = readdirSync(this.reports).find((file) => file.endsWith('.jsonl')) ?? '';
    const lines = readFileSync(join(this.reports, name), 'utf8').trim().split('\n');
    return lines.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as StageRecord);
  }

  /** Lets the image that is to fail become healthy, so that its row is refuted. */
  healFailingImage(): void {
    writeFileSync(join(this.programs, 'heals'), '');
  }

  private start(options: readonly string[]): Started {
    const { env } = this.life.aws;
    const files = ['--assembly', this.assembly, '--report', this.reports];
    const args = prooflinkArguments('rehearse', LOCAL_ACCOUNT, '--yes', ...files, ...options);
    const child = spawn(process.execPath, args, {
      cwd: ROOT,
      env: { ...env, PATH: `${this.programs}:${env['PATH'] ?? ''}` },
      // A process group of its own: a signal reaches what it has started, as a terminal's Ctrl-C does.
      detached: true,
    });
    let printed = '';
    const collect = (text: string) => {
      printed += text;
      if (text.includes(SCHEDULED)) this.life.aws.wait(SECONDS_TO_SCHEDULE);
    };
    child.stdout.setEncoding('utf8').on('data', collect);
    child.stderr.setEncoding('utf8').on('data', collect);
    const output = () => printed;
    return { child, output, ended: untilEnd(child, output) };
  }

  /** Waits for the moment of an interruption. Throws if the call ends before it. */
  private async untilMoment({ child, output }: Started, interruption: Interruption): Promise<void> {
    for (;;) {
      const isMoment = await this.isMoment(interruption, output());
      if (hasEnded(child)) throw new Error(`It ended before it was interrupted:\n${output().slice(-3000)}`);
      if (isMoment) return;
      await setTimeout(POLL_INTERVAL);
    }
  }

  private async isMoment({ status, words }: Interruption, output: string): Promise<boolean> {
    if (words !== undefined && !output.includes(words)) return false;
    if (status === undefined) return true;
    const stack = await this.life.describe();
    return stack?.StackStatus === status;
  }
}

/** Writes a program `docker` to a folder of PATH, which runs the double. */
function writeDockerDouble(programs: string): void {
  const register = join(ROOT, 'packages/common/register.js');
  const double = join(__dirname, 'docker-double.ts');
  const script = `#!/bin/sh\ncase "$1 $2" in version*|"buildx version") exit 0 ;; esac\nexec node -r ${register} ${double} ${programs} "$@"\n`;
  writeFileSync(join(programs, 'docker'), script, { mode: 0o755 });
}

/** Synthesizes the stack of a rehearsal, which may begin now; returns the folder of the assembly. */
function synthesizeRehearsal(): string {
  const settings = { variables: JAPANESE_VARIABLE, secrets: [] };
  const dev = withField(devAwayFromOfficeHours(new Date()), 'webService.settings', settings);
  const config = rehearsalConfig({ dev, prod }, LOCAL_ACCOUNT);
  if (!config) throw new Error('Neither dev nor prod can be rehearsed');
  return synthesize({ [REHEARSAL]: config });
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}

async function untilEnd(child: ChildProcess, output: () => string): Promise<Ended> {
  await once(child, 'close');
  return { exitCode: child.exitCode, output: output() };
}
