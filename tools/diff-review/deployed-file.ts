import { checkTemplate, readJson, type Assembly, type SynthesizedStack } from '../shared/assembly';
import { CannotTellError } from '../shared/outcome';
import { isRecord } from '../shared/values';

/**
 * What is deployed under the name of a stack of an assembly. Both sides are masked, and together: labels of secrets count
 * from one in each run of a program, so that only those of one run can be compared.
 */
export type Deployed =
  | { readonly state: 'deployed'; readonly stack: SynthesizedStack; readonly head: SynthesizedStack }
  | { readonly state: 'absent' }
  | { readonly state: 'unknown'; readonly why: string };

/**
 * Reads what `deployed` wrote, for each stack of the head. What the file does not say is not known, be it that there is no
 * such file.
 */
export function readDeployed(file: string, head: Assembly): ReadonlyMap<string, Deployed> {
  const read = (name: string): Deployed => {
    try {
      return readStackOf(file, name);
    } catch (error) {
      if (!(error instanceof CannotTellError)) throw error;
      return { state: 'unknown', why: error.message };
    }
  };
  return new Map([...head.stacks.keys()].map((name) => [name, read(name)]));
}

function readStackOf(file: string, name: string): Deployed {
  const stacks = readJson(file);
  const found = isRecord(stacks) ? stacks[name] : undefined;
  if (!isRecord(found)) throw new CannotTellError(`${file} does not say what is deployed under this name.`);
  if (found.state === 'unknown') return { state: 'unknown', why: String(found.why) };
  if (found.state === 'absent') return { state: 'absent' };
  if (found.state !== 'deployed') throw new CannotTellError(`${file} has a state that is not known: make it again.`);
  const where = `What ${file} has as ${name}`;
  return { state: 'deployed', stack: checkStack(found.stack, name, where), head: checkStack(found.head, name, where) };
}

function checkStack(stack: unknown, name: string, where: string): SynthesizedStack {
  const { environment, terminationProtection, tags, template } = isRecord(stack) ? stack : {};
  if (typeof environment !== 'string' || typeof terminationProtection !== 'boolean' || !isRecord(tags)) {
    throw new CannotTellError(`${where} is malformed: make it again.`);
  }
  return {
    name,
    environment,
    terminationProtection,
    tags: Object.fromEntries(Object.entries(tags).map(([key, value]) => [key, String(value)])),
    template: checkTemplate(template, where),
  };
}
