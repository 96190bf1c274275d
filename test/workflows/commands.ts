import { accessSync, constants, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { prooflink } from '../../tools/prooflink';
import { ROOT, stepsOf, type Workflow } from './workflow';

const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: Record<string, string> };
const prooflinkCommands = prooflink().commands.map((command) => command.name());

/** Commands that a person can run, too, exist: npm's scripts, those of `prooflink`, programs of this repository. */
export function commandsExist(workflow: Workflow): string[] {
  return stepsOf(workflow).flatMap(({ run = '' }) => [
    ...names(run, /\bnpm run (?:--silent )?([\w:-]+)/g)
      .filter((name) => !(name in scripts))
      .map((name) => `npm run ${name}: package.json has no such script`),
    ...names(run, /\bprooflink -- ([\w-]+)/g)
      .filter((name) => !prooflinkCommands.includes(name))
      .map((name) => `npm run prooflink -- ${name}: there is no such command`),
    ...names(run, /\b(?:npm (?!run\b|ci\b)|npx (?!cdk ))([\w-]+)/g).map((name) => `${name}: make it an npm script`),
    ...names(run, /(?<![\w./-])((?:\.ci|tools)\/\S+)/g)
      .filter((path) => !path.endsWith('.txt') && !isExecutable(path))
      .map((path) => `${path} is no program of this repository`),
    ...names(run, /(?:^|[|;&]\s*)(curl|wget|bash|sh|node)\b/gm).map((name) => `${name}: make it an npm script`),
  ]);
}

function names(run: string, pattern: RegExp): string[] {
  return [...run.matchAll(pattern)].map(([, name = '']) => name);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(join(ROOT, path), constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
