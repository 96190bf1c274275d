import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { checkTemplate, readJson, type Assembly, type SynthesizedStack } from '@infra/common/assembly';
import { CannotTellError } from '@infra/common/outcome';
import { entriesOf, isRecord, valueAtPath } from '@infra/common/values';

/**
 * The deployed stack of an assembly's stack. Both sides are masked, and together: labels of secrets count
 * from one in each run of a program, so that only those of one run can be compared.
 */
export type Deployed =
  | { readonly state: 'deployed'; readonly stack: SynthesizedStack; readonly head: SynthesizedStack }
  | { readonly state: 'absent' }
  | { readonly state: 'elsewhere' | 'unknown'; readonly why: string };

/**
 * Reads what `deployed` wrote, for each stack of the head: into a file, or into one for each account below a folder. What
 * none of them says is not known.
 */
export function readDeployed(path: string, head: Assembly): ReadonlyMap<string, Deployed> {
  const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
  const files = isFolder ? jsonFilesIn(path) : [path];
  return new Map(
    [...head.stacks.keys()].map((name) => {
      const said = files.map((file) => read(file, name));
      const nothing: Deployed = { state: 'unknown', why: `${path} has no file that says what that is.` };
      return [
        name,
        said.find((one) => !('why' in one)) ?? said.find(({ state }) => state === 'unknown') ?? said[0] ?? nothing,
      ];
    }),
  );
}

function jsonFilesIn(folder: string): string[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return names.filter((name) => name.endsWith('.json')).map((name) => join(folder, name));
}

function read(file: string, name: string): Deployed {
  try {
    const { state, why, stack, head } = Object.fromEntries(entriesOf(valueAtPath(readJson(file), name)));
    if (state === 'absent') return { state };
    if (state === 'deployed') return { state, stack: stackIn(stack, file), head: stackIn(head, file) };
    const reason = typeof why === 'string' ? why : `${file} does not say what that is.`;
    return { state: state === 'elsewhere' ? state : 'unknown', why: reason };
  } catch (error) {
    if (!(error instanceof CannotTellError)) throw error;
    return { state: 'unknown', why: error.message };
  }
}

function stackIn(stack: unknown, file: string): SynthesizedStack {
  if (!isRecord(stack) || !isRecord(stack.tags)) throw new CannotTellError(`${file} has a stack that is malformed.`);
  return {
    ...(stack as unknown as SynthesizedStack),
    artifact: isRecord(stack.artifact) ? stack.artifact : {},
    template: checkTemplate(stack.template, file),
  };
}
