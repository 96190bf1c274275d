import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The region that the templates are checked for: which instance classes, zones and properties exist there. */
const REGION = 'ap-northeast-1';

/** The only rules that are not applied, each with the reason. */
export const EXCEPTIONS: Readonly<Record<string, string>> = {
  W3010: 'The zones are fixed on purpose: the guide names 1a and 1c (1-1).',
  W3691: 'The engine version is the major one only, so that an automatic minor upgrade never breaks a deploy.',
};

const MISSING = `cfn-lint is not installed. Install it with one of:

  pipx install cfn-lint
  python3 -m pip install cfn-lint
  brew install cfn-lint
`;

/** Ways to start cfn-lint: as a program, and where pip put that outside of PATH, as a module of Python. */
const COMMANDS: readonly (readonly [program: string, ...args: string[]])[] = [
  ['cfn-lint'],
  // Not `python3 -m cfnlint`: the package has no `__main__`.
  ['python3', '-c', 'import sys; sys.argv[0] = "cfn-lint"; from cfnlint.runner import main; sys.exit(main())'],
];

/** What the program has to say. */
export interface Outcome {
  /** 0 nothing found, 1 findings or no cfn-lint, 2 nothing to check. */
  readonly exitCode: 0 | 1 | 2;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs cfn-lint on every template of an assembly. */
export function lintTemplates(directory: string, exceptions = Object.keys(EXCEPTIONS)): Outcome {
  const templates = existsSync(directory)
    ? readdirSync(directory).filter((file) => file.endsWith('.template.json'))
    : [];
  if (templates.length === 0) {
    return { exitCode: 2, stdout: '', stderr: `${directory} has no templates. Make them with: npx cdk synth -q\n` };
  }
  const command = COMMANDS.find(([program, ...args]) => isThere(program, args));
  if (!command) return { exitCode: 1, stdout: '', stderr: MISSING };

  const [program, ...args] = command;
  const files = templates.map((file) => join(directory, file));
  const ignored = exceptions.length > 0 ? ['--ignore-checks', ...exceptions] : [];
  const { status, stdout, stderr } = spawnSync(
    program,
    [...args, '--regions', REGION, ...ignored, '--template', ...files],
    { encoding: 'utf8' },
  );
  if (status !== 0) return { exitCode: 1, stdout, stderr };
  return { exitCode: 0, stdout: `${stdout}cfn-lint found nothing in ${templates.join(', ')}.\n`, stderr };
}

function isThere(program: string, args: readonly string[]): boolean {
  return spawnSync(program, [...args, '--version'], { stdio: 'ignore' }).status === 0;
}
