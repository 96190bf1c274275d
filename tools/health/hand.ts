import { errorText } from '../environment/deployed-stack';
import type { Environment } from '../environment/environment';
import { differences, NOT_KNOWN } from './hand/compare';
import { DATA } from './hand/data';
import { COMPARED_BY_CLOUDFORMATION, driftOf } from './hand/drift';
import { NETWORK } from './hand/network';
import type { HandChange, HandReport } from './hand/report';
import { RIGHTS } from './hand/rights';
import { type Asked, HOLE, type Properties, type Row } from './hand/row';
import { RUNTIME } from './hand/runtime';
import { type StandingResource, standingResources } from './hand/template';
import { wordsFor } from './hand/words';

/** Comparison of resources that CloudFormation does not compare, or not as a whole. */
export const TABLE: Readonly<Record<string, Row>> = { ...RIGHTS, ...NETWORK, ...RUNTIME, ...DATA };

/**
 * Changes by hand of these resources: logical ids, or types for all their resources. What
 * the app changes by design is left out. A resource that cannot be compared hides none of the others.
 */
export async function changedByHand(environment: Environment, wanted: readonly string[]): Promise<HandReport> {
  const all = await standingResources(environment);
  const chosen = all.filter(({ logicalId, type }) => wanted.includes(logicalId) || wanted.includes(type));
  const reports = await inTurn(chosen, (resource) => reportOn(environment, resource, all));
  const order = ({ type, fix }: HandChange) => (fix.startsWith('aws ') ? ORDER.indexOf(type) : -1);
  // As their fixes must run: a deploy makes the role anew to which a policy is put.
  const changes = reports.flatMap((report) => report.changes).sort((one, other) => order(one) - order(other));
  const { redeploy } = environment;
  const storage = reports.find((report) => report.storage !== undefined)?.storage;
  const larger = `set database.allocatedStorage in lib/config to ${storage ?? ''} GiB, to which it has grown, then ${redeploy}`;
  return {
    changes: changes.map((each) => (storage && each.fix === redeploy ? { ...each, fix: larger } : each)),
    notCompared: reports.flatMap(({ notCompared }) => notCompared),
  };
}

const ORDER = Object.keys(TABLE);
/** CloudFormation refuses more at a time ("Rate exceeded", cloudformation-coverage-roadmap 801). */
const AT_ONCE = 5;

/** Does something with each item, a few at a time; the results have the order of the items. */
async function inTurn<Item, Result>(items: readonly Item[], work: (item: Item) => Promise<Result>): Promise<Result[]> {
  const results: Result[] = [];
  const left = [...items.entries()];
  const next = async (): Promise<void> => {
    for (let entry = left.shift(); entry; entry = left.shift()) results[entry[0]] = await work(entry[1]);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, next));
  return results;
}

/** A change as a sentence. */
export function sayChange({ type, what, expected, actual }: HandChange): string {
  return what === '' ? `deleted by hand: ${type}` : `changed by hand: ${what} \`${expected}\` → \`${actual}\``;
}

async function reportOn(
  environment: Environment,
  resource: StandingResource,
  all: readonly StandingResource[],
): Promise<HandReport> {
  const row = TABLE[resource.type];
  const { properties, physicalId: id } = resource;
  const none: HandReport = { changes: [], notCompared: [] };
  const reports = [
    COMPARED_BY_CLOUDFORMATION.has(resource.type) ? driftOf(environment, resource) : none,
    row ? rowReport(row, { environment, resource, all, properties, id }) : none,
  ].map(async (report) => {
    try {
      return await report;
    } catch (error) {
      return { ...none, notCompared: [{ ...identity(resource), what: '', reason: errorText(error) }] };
    }
  });
  const [drift, own] = await Promise.all(reports);
  return {
    changes: [...(drift?.changes ?? []), ...(own?.changes ?? [])],
    notCompared: [...(drift?.notCompared ?? []), ...(own?.notCompared ?? [])],
    storage: drift?.storage,
  };
}

async function rowReport(row: Row, asked: Asked): Promise<HandReport> {
  const of = identity(asked.resource);
  const read = await row.read(asked).catch((error: unknown) => {
    if (error instanceof Error && /NotFound|NoSuch/.test(error.name)) return 'unknown' as const;
    throw error;
  });
  const actual = read === 'unknown' ? undefined : read;
  const { environment } = asked;
  const [service = '', operation = '', ...options] = row.fix(asked, actual as Properties | undefined).split(' ');
  const command = environment.aws(`${service} ${operation}`, options.join(' '));
  const { StackName = '' } = environment.description;
  // A command that lacks a value fixes nothing.
  const isWhole = !command.includes(HOLE);
  const own = isWhole ? command : environment.aws('cloudformation get-template', `--stack-name ${StackName}`);
  const fix = read === 'unknown' && row.lost ? row.lost : own;
  if (!actual) return { changes: [{ ...of, what: '', expected: 'there', actual: 'gone', fix }], notCompared: [] };
  const expected = row.expects(asked);
  const found = differences(expected, actual);
  const told = (path: string) => ({ ...of, what: wordsFor(path, expected) });
  return {
    changes: found
      .filter((each) => each.expected !== NOT_KNOWN)
      .map((each) => ({ ...told(each.path), expected: say(each.expected), actual: say(each.actual), fix })),
    notCompared: found
      .filter((each) => each.expected === NOT_KNOWN)
      .map((each) => ({ ...told(each.path), reason: 'only AWS knows what the template says' })),
  };
}

const identity = ({ logicalId, physicalId, type }: StandingResource) => ({ logicalId, physicalId, type });

function say(value: unknown): string {
  if (value === undefined || value === null) return 'not set';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
