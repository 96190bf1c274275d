import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { checkTemplate, readJson, type Assembly, type SynthesizedStack } from '@infra/common/assembly';
import { CannotTellError } from '@infra/common/outcome';
import { entriesOf, isRecord, valueAtPath } from '@infra/common/values';

/** The deployed version of an assembly's stack, as far as it is known. */
export type Deployed = DeployedStack | AbsentStack | UnknownStack;

/**
 * Both sides are masked together: labels of secrets count from one in each run of a program, so that only those of one run
 * can be compared.
 */
interface DeployedStack {
  readonly state: 'deployed';
  readonly stack: SynthesizedStack;
  readonly head: SynthesizedStack;
}

interface AbsentStack {
  readonly state: 'absent';
}

/** A stack that could not be fetched, or that another account has. */
interface UnknownStack {
  readonly state: 'elsewhere' | 'unknown';
  readonly why: string;
}

/**
 * Reads the deployed version of each stack of the head, as the command `deployed` wrote it: into one file, or into one for
 * each account below a folder. A stack that no file has is unknown.
 */
export function readDeployed(path: string, head: Assembly): ReadonlyMap<string, Deployed> {
  const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
  const files = isFolder ? jsonFilesIn(path) : [path];
  const deployed = new Map<string, Deployed>();
  for (const name of head.stacks.keys()) {
    const answers = files.map((file) => readStack(file, name));
    deployed.set(name, bestOf(answers) ?? unknownStack(`${path} has no file that says what that is.`));
  }
  return deployed;
}

function jsonFilesIn(folder: string): string[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const jsonNames = names.filter((name) => name.endsWith('.json'));
  return jsonNames.map((name) => join(folder, name));
}

/** The file that knows the stack, or else one that failed to fetch it. */
function bestOf(answers: readonly Deployed[]): Deployed | undefined {
  const success = answers.find((answer) => !('why' in answer));
  const failure = answers.find(({ state }) => state === 'unknown');
  return success ?? failure ?? answers[0];
}

function readStack(file: string, name: string): Deployed {
  try {
    const fields = entriesOf(valueAtPath(readJson(file), name));
    const state = fields.get('state');
    if (state === 'absent') return { state };
    if (state === 'deployed') {
      return {
        state,
        stack: checkStack(fields.get('stack'), file),
        head: checkStack(fields.get('head'), file),
      };
    }
    const why = fields.get('why');
    const reason = typeof why === 'string' ? why : `${file} does not say what that is.`;
    return state === 'elsewhere' ? { state, why: reason } : unknownStack(reason);
  } catch (error) {
    if (!(error instanceof CannotTellError)) throw error;
    return unknownStack(error.message);
  }
}

function unknownStack(why: string): UnknownStack {
  return { state: 'unknown', why };
}

function checkStack(stack: unknown, file: string): SynthesizedStack {
  if (!isRecord(stack) || !isRecord(stack.tags)) {
    throw new CannotTellError(`${file} has a stack that is malformed.`);
  }
  return {
    ...(stack as unknown as SynthesizedStack),
    artifact: isRecord(stack.artifact) ? stack.artifact : {},
    template: checkTemplate(stack.template, file),
  };
}
