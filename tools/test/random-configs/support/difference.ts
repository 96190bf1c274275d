import { Deployed } from '../../../../test/support/deployed';
import { type Json, pathOf, type Resource, type Template } from '../../../../test/support/template';

/** Visible parts of a stack: by construct path, beside `Stack` and `Outputs`. */
type Seen = Readonly<Record<string, Json>>;

/** Parts of a synthesized stack that tests need. */
export interface Synthesized {
  /** The folder of its assembly. */
  readonly folder: string;
  readonly template: Template;
  /** Target of the deployment, as `aws://account/region`. */
  readonly environment: string;
  readonly terminationProtection: boolean;
}

/** Parts of a resource that tests see: policies, properties, and metadata of this project. */
function visiblePartsOf(resource: Resource): Json {
  const { DeletionPolicy = 'Delete', UpdateReplacePolicy = 'Delete', Properties = {}, Metadata = {} } = resource;
  const ownMetadata = Object.entries(Metadata).filter(([key]) => key.startsWith('prooflink:'));
  return { DeletionPolicy, UpdateReplacePolicy, ...Object.fromEntries(ownMetadata), ...Properties };
}

/** Reads a stack once its first image runs, by construct paths: a logical id says nothing to a reader. */
function seenOf({ template, environment, terminationProtection }: Synthesized): Seen {
  const deployed = new Deployed(template, { AppImageTag: 'v1' });
  const resources = Object.values(template.Resources).map((resource): [string, Json] => {
    return [pathOf(resource), deployed.resolve(visiblePartsOf(resource)) ?? {}];
  });
  const outputs = Object.entries(template.Outputs ?? {}).map(([id, { Value }]) => [id, deployed.resolve(Value) ?? '']);
  return {
    Stack: { environment, terminationProtection },
    Outputs: Object.fromEntries(outputs) as Json,
    ...Object.fromEntries(resources),
  };
}

/** A place at which two stacks differ: `Database/Instance.MultiAZ`, or the construct alone where one has it only. */
interface Difference {
  readonly place: string;
  readonly before: Json | undefined;
  readonly after: Json | undefined;
}

/** Each place at which two stacks differ, with its values; whole constructs and sections without theirs. */
export function differences(before: Synthesized, after: Synthesized): string[] {
  const places = [...differing('', seenOf(before), seenOf(after))];
  return places.map((difference) => {
    return `${difference.place}: ${written(difference.before)} → ${written(difference.after)}`;
  });
}

/** A value in a line of its own. */
function written(value: Json | undefined): string {
  if (value === undefined) return 'nothing';
  return isObject(value) ? '{…}' : JSON.stringify(value);
}

function* differing(path: string, before: Json | undefined, after: Json | undefined): Generator<Difference> {
  const readableBefore = readable(before);
  const readableAfter = readable(after);
  if (isObject(readableBefore) && isObject(readableAfter)) {
    for (const key of new Set([...Object.keys(readableBefore), ...Object.keys(readableAfter)])) {
      yield* differing([path, key].filter(Boolean).join('.'), readableBefore[key], readableAfter[key]);
    }
  } else if (JSON.stringify(readableBefore) !== JSON.stringify(readableAfter)) {
    yield { place: path, before, after };
  }
}

/** A list as an object, by what its items are called, or else by their position; JSON in a string as what it holds. */
function readable(value: Json | undefined): Json | undefined {
  const held = typeof value === 'string' && value.startsWith('{"') ? json(value) : undefined;
  if (held !== undefined) return readable(held);
  if (!Array.isArray(value)) return value;
  return Object.fromEntries(value.map((item, index) => [nameOf(item) ?? index, item]));
}

/** JSON in a string; `undefined` if it only looks like JSON, as EventBridge's templates do. */
function json(value: string): Json | undefined {
  try {
    return JSON.parse(value) as Json;
  } catch {
    return undefined;
  }
}

function nameOf(item: Json): string | undefined {
  if (!isObject(item)) return undefined;
  return ['Name', 'Key', 'Id', 'Sid', 'Type'].map((key) => item[key]).find((name) => typeof name === 'string');
}

function isObject(value: Json | undefined): value is Record<string, Json> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
