import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { newProgram, runAsProcess } from './program';
import { words } from './words';

const PACKAGES = join(__dirname, '../..');

/** Exports of the file that the manifest of a package names: `"prooflink": "./src/commands.ts"`. */
interface CommandsOfPackage {
  /** The overview has a list for each. */
  readonly audience: 'people' | 'ci';
  readonly addCommands: (program: Command) => void;
}

/** Commands of the packages that are here. They load their work only once they are called. */
function commandsOfPackages(): CommandsOfPackage[] {
  const manifests = readdirSync(PACKAGES)
    .sort()
    .map((name) => join(PACKAGES, name, 'package.json'))
    .filter((manifest) => existsSync(manifest));
  return manifests.flatMap((manifest) => {
    const { prooflink } = JSON.parse(readFileSync(manifest, 'utf8')) as { readonly prooflink?: string };
    if (prooflink === undefined) return [];
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- the packages that are here decide
    return [require(join(manifest, '..', prooflink)) as CommandsOfPackage];
  });
}

/** Program with all commands of `npm run prooflink`, in the order of the packages' names. */
export function newProoflinkProgram(): Command {
  const program = newProgram('npm run prooflink --', words.overview.summary);
  program.usage('<command> [arguments]');
  const found = commandsOfPackages();
  for (const audience of ['people', 'ci'] as const) {
    program.commandsGroup(audience === 'people' ? words.overview.forPeople : words.overview.forCi);
    for (const { addCommands } of found.filter((commands) => commands.audience === audience)) addCommands(program);
  }
  return program;
}

/** True if a package here has a command: a team may have taken out the package. */
export function hasCommand(name: string): boolean {
  return newProoflinkProgram().commands.some((command) => command.name() === name);
}

// Tests import this file without running the program.
if (require.main === module) void runAsProcess(newProoflinkProgram());
