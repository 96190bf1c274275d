import { errorText } from '../deployed-stack';
import type { Environment } from '../environment';
import { differences, NOT_KNOWN } from './compare';
import { DATA } from './data';
import { COMPARED_BY_CLOUDFORMATION, driftOf } from './drift';
import { NETWORK } from './network';
import { RIGHTS } from './rights';
import { type Asked, deleted, expectedBy, type Finding, HOLE, optionsOf, type Properties, type Row } from './row';
import { RUNTIME } from './runtime';
import { type StandingResource, standingResources } from './template';
import { wordsFor } from './words';

/** Comparison of resources that CloudFormation does not compare, or not as a whole. */
export const TABLE: Readonly<Record<string, Row>> = { ...RIGHTS, ...NETWORK, ...RUNTIME, ...DATA };
const ORDER = Object.keys(TABLE);
/** CloudFormation refuses more at a time ("Rate exceeded", cloudformation-coverage-roadmap 801). */
const AT_ONCE = 5;

/** A property, or a whole resource, that was changed by hand. */
export type HandChange = StandingResource & Finding & { readonly fix: string };

/**
 * Changes by hand of these resources: logical ids, or types for all their resources. What
 * the app changes by design is left out. A resource that cannot be compared hides none of the others.
 */
export async function changedByHand(environment: Environment, wanted: readonly string[]) {
  const all = await standingResources(environment);
  const chosen = all.filter(({ logicalId, type }) => wanted.includes(logicalId) || wanted.includes(type));
  const found: (StandingResource & Finding)[] = [];
  for (let done = 0; done < chosen.length; done += AT_ONCE) {
    const some = chosen.slice(done, done + AT_ONCE).map(async (resource) => {
      const findings = await Promise.all(comparisons(environment, resource, all));
      return findings.flat().map((finding) => ({ ...resource, ...finding }));
    });
    found.push(...(await Promise.all(some)).flat());
  }
  const { redeployCommand: redeploy } = environment;
  const storage = found.find((each) => each.storage !== undefined)?.storage;
  const larger = `set database.allocatedStorage in lib/config to ${storage ?? ''} GiB, to which it has grown, then ${redeploy}`;
  // As their fixes must run: a deploy makes the role anew to which a policy is put.
  const order = ({ type, fix }: HandChange) => (fix.startsWith('aws ') ? ORDER.indexOf(type) : -1);
  const changes = found
    .filter((each): each is HandChange => each.fix !== undefined)
    .map((each) => (storage && each.fix === redeploy ? { ...each, fix: larger } : each))
    .sort((one, other) => order(one) - order(other));
  return { changes, notCompared: found.filter((each) => each.reason !== undefined) };
}

/** A change as a sentence. */
export function sayChange({ type, what, expected = '', actual = '' }: HandChange): string {
  return what === '' ? `deleted by hand: ${type}` : `changed by hand: ${what} \`${expected}\` → \`${actual}\``;
}

function comparisons(environment: Environment, resource: StandingResource, all: readonly StandingResource[]) {
  const { type, physicalId: id } = resource;
  const row = TABLE[type];
  const properties = resource.properties as Asked['properties'];
  const made: Promise<readonly Finding[]>[] = [
    ...(COMPARED_BY_CLOUDFORMATION.has(type) ? [driftOf(environment, resource)] : []),
    ...(row ? [rowFindings(row, { environment, resource, all, properties, id })] : []),
  ];
  return made.map((each) => each.catch((error: unknown): Finding[] => [{ what: '', reason: errorText(error) }]));
}

async function rowFindings(row: Row, asked: Asked): Promise<Finding[]> {
  const read = await row.read(asked).catch((error: unknown) => {
    if (error instanceof Error && /NotFound|NoSuch/.test(error.name)) return 'unknown';
    throw error;
  });
  const actual = read === 'unknown' ? undefined : (read as Properties | undefined);
  const { awsCommand: aws, description } = asked.environment;
  const [operation, parameters] = row.fix(asked, actual);
  const options = optionsOf(parameters);
  // A command that lacks a value fixes nothing.
  const fix = options.includes(HOLE)
    ? aws('cloudformation get-template', `--stack-name ${description.StackName ?? ''}`)
    : aws(operation, options);
  if (!actual) return [deleted(read === 'unknown' && row.lost ? row.lost : fix)];
  const wanted = expectedBy(row, asked);
  return differences(wanted, actual).map(({ path, expected, actual }) => {
    const what = wordsFor(path, wanted);
    if (expected === NOT_KNOWN) return { what, reason: 'only AWS knows what the template says' };
    return { what, expected: say(expected), actual: say(actual), fix };
  });
}

function say(value: unknown): string {
  if (value === undefined || value === null) return 'not set';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
