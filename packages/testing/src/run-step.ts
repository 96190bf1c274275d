import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bareEnvironment } from '@infra/common/test/support/bare-environment';
import { type Step, workflow } from './workflow';

/** A step of a workflow: the one of a job of that id or name, or whose script begins so. */
export function stepOf(file: string, job: string, wanted: Partial<Pick<Step, 'id' | 'name' | 'run'>>): Step {
  const steps = workflow(file).jobs[job]?.steps ?? [];
  const found = steps.find(
    ({ id, name, run }) =>
      (wanted.id !== undefined && id === wanted.id) ||
      (wanted.name !== undefined && name === wanted.name) ||
      (wanted.run !== undefined && run?.startsWith(wanted.run)),
  );
  if (!found) throw new Error(`${file}: ${job} has no step ${JSON.stringify(wanted)}`);
  return found;
}

export interface StepRun {
  /** Folder in which the script runs. */
  readonly folder: string;
  readonly variables?: Readonly<Record<string, string>>;
  /** Scripts of bash that are found before the programs of this machine, by their names. */
  readonly programs?: Readonly<Record<string, string>>;
}

/** Runs the script of a step as one of GitHub's runners does. */
export function runStep({ run }: Step, { folder, variables = {}, programs = {} }: StepRun) {
  if (run === undefined) throw new Error('The step runs no script');
  const programsFolder = join(folder, 'programs');
  mkdirSync(programsFolder, { recursive: true });
  for (const [name, script] of Object.entries(programs)) {
    writeFileSync(join(programsFolder, name), `#!/bin/bash\n${script}\n`, { mode: 0o755 });
  }
  const outputsFile = join(programsFolder, 'outputs');
  writeFileSync(outputsFile, '');
  const { status, stdout, stderr } = spawnSync('bash', ['--norc', '-eo', 'pipefail', '-c', run], {
    cwd: folder,
    encoding: 'utf8',
    env: {
      ...bareEnvironment(),
      GIT_CONFIG_GLOBAL: '/dev/null',
      GITHUB_OUTPUT: outputsFile,
      GITHUB_STEP_SUMMARY: join(programsFolder, 'summary'),
      ...variables,
      PATH: `${programsFolder}:${process.env['PATH'] ?? ''}`,
    },
  });
  const outputs = readFileSync(outputsFile, 'utf8').split('\n').filter(Boolean);
  return { status, stdout, stderr, outputs };
}
