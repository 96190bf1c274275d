import { spawnSync } from 'node:child_process';
import { accessSync, constants, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { prooflink } from '../../tools/prooflink';
import { ROOT, stepsOf, type Workflow } from './workflow';

/** What only moves text and files about. */
const SHELL =
  /^(?:\[|if|then|else|fi|for|do|done|wc|echo|printf|cat|tee|mkdir|read|exit|continue|gzip|[a-z_]+\+?=.*|)$/;

const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: Record<string, string> };

const prooflinkCommands = prooflink().commands.map((command) => command.name());

let cdkCommands: string[] | undefined;

/** The commands of the CDK CLI that is installed, from its own help. */
function isCdkCommand(name: string): boolean {
  const help = () =>
    spawnSync(process.execPath, [join(ROOT, 'node_modules/aws-cdk/bin/cdk'), '--help']).stdout.toString();
  cdkCommands ??= [...help().matchAll(/^ {2}cdk ([a-z-]+)/gm)].map(([, command = '']) => command);
  return cdkCommands.includes(name);
}

/** The commands of a script, one a word list: quoted text counts as one word. */
function commandsOf(script: string): string[][] {
  return script
    .replaceAll('\\\n', ' ')
    .replace(/'[^']*'/g, "''")
    .replace(/"(?:[^"\\]|\\.)*"/g, '""')
    .split(/\n|\|\|?|&&|;|\$\(|\)/)
    .map((command) => command.trim().split(/\s+/));
}

/** Every command is one that a person can run: an npm script, the CDK CLI, git, gh, aws, docker, or a program of this repository. */
export function commandsExist(workflow: Workflow): string[] {
  return stepsOf(workflow)
    .flatMap(({ run = '' }) => commandsOf(run))
    .flatMap((words) => problemOf(words.filter((word) => !word.startsWith('-'))) ?? []);
}

function problemOf([program = '', command = '', script = '', name = '']: string[]): string | undefined {
  if (SHELL.test(program)) return undefined;
  switch (program) {
    case 'npm':
      if (command === 'ci') return undefined;
      if (command !== 'run') return `npm ${command} is neither npm ci nor a script`;
      if (!(script in scripts)) return `npm run ${script}: package.json has no such script`;
      if (script !== 'prooflink' || prooflinkCommands.includes(name)) return undefined;
      return `npm run prooflink -- ${name}: there is no such command`;
    case 'npx':
      if (command !== 'cdk') return `npx ${command}: make it an npm script`;
      return isCdkCommand(script) ? undefined : `npx cdk ${script}: the CDK CLI has no such command`;
    case 'git':
    case 'gh':
    case 'pip':
    case 'aws':
    case 'docker':
      return undefined;
    default:
      if (!/^(?:\.ci|tools)\//.test(program)) return `${program}: make it an npm script`;
      return isExecutable(program) ? undefined : `${program} is no program of this repository`;
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(join(ROOT, path), constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
