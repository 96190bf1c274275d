import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { makeTemporaryFolder, removeMade } from '@infra/common/own-paths';
import { bareEnvironment } from '../../support/bare-environment';
import { jobsOf, ROOT, workflow } from '../../workflows/workflow';

/** Output and exit code of a step's shell. */
export interface StepResult {
  readonly exitCode: number | null;
  readonly output: string;
}

/** A checkout in which the shell of a workflow's steps runs, as on one of GitHub's runners. */
export class Runner {
  public readonly directory = makeTemporaryFolder('runner-');

  constructor(
    private readonly file: string,
    private readonly env: Readonly<Record<string, string>> = {},
  ) {
    for (const name of ['bin', 'node_modules', 'package.json', 'tsconfig.json', 'lib', 'tools']) {
      symlinkSync(join(ROOT, name), join(this.directory, name));
    }
  }

  /** Puts an assembly where the workflow downloads it to. */
  public download(assembly: string): void {
    cpSync(assembly, join(this.directory, 'cdk.out'), { recursive: true });
  }

  /** Runs the shell of a step, found by its name or its id. */
  public run(step: string, env: Readonly<Record<string, string>> = {}): StepResult {
    const jobs = jobsOf(workflow(this.file)).flatMap(([, job]) => (job.steps ?? []).map((each) => ({ job, each })));
    const { job, each: found } = jobs.find(({ each: { name, id } }) => name === step || id === step) ?? {};
    if (found?.run === undefined) throw new Error(`${this.file} has no step ${step} that runs a shell`);
    // Only a shell that is asked for by its name ends where a command within a pipe fails.
    const options = job?.defaults?.run?.shell === 'bash' ? ['-o', 'pipefail'] : [];
    const { status, stdout, stderr } = spawnSync('bash', ['--noprofile', '--norc', '-e', ...options, '-c', found.run], {
      cwd: this.directory,
      encoding: 'utf8',
      env: {
        ...bareEnvironment(),
        CI: 'true',
        GITHUB_OUTPUT: join(this.directory, 'output'),
        GITHUB_STEP_SUMMARY: join(this.directory, 'summary'),
        ...this.env,
        ...env,
        PATH: `${this.directory}:${this.env['PATH'] ?? process.env['PATH'] ?? ''}`,
      },
    });
    return { exitCode: status, output: `${stdout}${stderr}` };
  }

  /** Contents of a step's file; empty without one. */
  public read(file: string): string {
    const path = join(this.directory, file);
    return existsSync(path) ? readFileSync(path, 'utf8') : '';
  }

  public remove(): void {
    removeMade(this.directory);
  }
}
