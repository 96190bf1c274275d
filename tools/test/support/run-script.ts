import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../github/workflow';
import { bareEnvironment } from './bare-environment';

export interface ScriptRun {
  readonly arguments?: readonly string[];
  /** Folder in which it runs. */
  readonly folder: string;
  readonly variables?: Readonly<Record<string, string>>;
  /** Scripts of bash that are found before the programs of this machine, by their names. */
  readonly programs?: Readonly<Record<string, string>>;
}

/** Runs a script of tools/workflows. */
export function runScript(name: string, { arguments: args = [], folder, variables, programs = {} }: ScriptRun) {
  const programsFolder = join(folder, 'programs');
  mkdirSync(programsFolder, { recursive: true });
  for (const [program, script] of Object.entries(programs)) {
    writeFileSync(join(programsFolder, program), `#!/bin/bash\n${script}\n`, { mode: 0o755 });
  }
  const { status, stdout, stderr } = spawnSync(join(ROOT, 'tools/workflows', name), args, {
    cwd: folder,
    encoding: 'utf8',
    env: {
      ...bareEnvironment(),
      ...variables,
      PATH: `${programsFolder}:${process.env['PATH'] ?? ''}`,
    },
  });
  return { status, stdout, stderr };
}
