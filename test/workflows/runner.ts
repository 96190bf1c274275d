import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';

const repository = join(__dirname, '..', '..', '..', '..');

/** A step that runs a shell. */
interface Step {
  readonly name?: string;
  readonly id?: string;
  readonly run?: string;
}

/** A workflow, as far as the tests read it. */
export interface Workflow {
  readonly jobs: Readonly<Record<string, { readonly steps?: readonly Step[] } & Readonly<Record<string, unknown>>>>;
}

/** Reads a workflow. */
export function workflow(file: string): Workflow {
  return parse(readFileSync(join(repository, '.github/workflows', file), 'utf8')) as Workflow;
}

/** What a step's shell printed, and how it ended. */
export interface StepResult {
  readonly exitCode: number | null;
  readonly output: string;
}

/** A checkout in which the shell of a workflow's steps runs, as a runner would. */
export class Runner {
  public readonly directory = mkdtempSync(join(tmpdir(), 'runner-'));

  constructor(
    private readonly file: string,
    private readonly job: string,
    private readonly env: Readonly<Record<string, string>>,
  ) {
    for (const name of ['node_modules', 'package.json', 'tsconfig.json', 'lib', 'tools']) {
      symlinkSync(join(repository, name), join(this.directory, name));
    }
  }

  /** Puts an assembly where the workflow downloads it to. */
  public download(assembly: string): void {
    cpSync(assembly, join(this.directory, 'cdk.out'), { recursive: true });
  }

  /** Puts a program in the place of another one. */
  public fake(program: string, script: string): void {
    writeFileSync(join(this.directory, program), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  }

  /** Runs the shell of a step, found by its name or its id. */
  public run(step: string, env: Readonly<Record<string, string>> = {}): StepResult {
    const found = workflow(this.file).jobs[this.job]?.steps?.find(({ name, id }) => name === step || id === step);
    if (found?.run === undefined) throw new Error(`${this.file} has no step ${step} that runs a shell`);
    const { status, stdout, stderr } = spawnSync(
      'bash',
      ['--noprofile', '--norc', '-eo', 'pipefail', '-c', found.run],
      {
        cwd: this.directory,
        encoding: 'utf8',
        env: {
          PATH: `${this.directory}:${process.env.PATH ?? ''}`,
          CI: 'true',
          GITHUB_OUTPUT: join(this.directory, 'output'),
          GITHUB_STEP_SUMMARY: join(this.directory, 'summary'),
          ...this.env,
          ...env,
        },
      },
    );
    return { exitCode: status, output: `${stdout}${stderr}` };
  }

  /** What a step left in a file. */
  public read(file: string): string {
    return readFileSync(join(this.directory, file), 'utf8');
  }
}
