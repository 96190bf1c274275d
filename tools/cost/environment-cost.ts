import { stackId } from '../../lib/config/names';
import { type Usage, usage } from '../../lib/config/usage';
import type { SynthesizedStack } from '@infra/common/assembly';
import { Intrinsics } from '@infra/common/intrinsics';
import { type Named, Resources, type Template } from '@infra/common/template';
import { within } from '@infra/common/values';
import { Bill, type CostPart, type Line, type NotPriced, PARTS } from './bill';
import { DATABASE_PRICERS } from './database-costs';
import { DOMAIN_PRICERS } from './domain-costs';
import { FARGATE_PRICERS } from './fargate-costs';
import { whyFree } from './free-types';
import { LAMBDA_PRICERS } from './lambda-costs';
import { MONITORING_PRICERS } from './monitoring-costs';
import { NETWORK_PRICERS } from './network-costs';
import type { PriceFile, PriceKey } from './price-file';
import type { Pricer } from './pricer';
import { type Range, sumOf } from './range';
import { SCHEDULE_PRICERS } from './schedule-costs';
import { SECRET_PRICERS } from './secret-costs';
import { STORAGE_PRICERS } from './storage-costs';

/** Monthly cost of an environment, as `cost --json` prints it. */
export interface EnvironmentCost {
  readonly stack: string;
  readonly lines: readonly Line[];
  readonly usd: Range;
  readonly notPriced: readonly NotPriced[];
  readonly free: readonly FreeResources[];
  /** Prices that a usage needs and the file of prices does not have. */
  readonly missing: readonly PriceKey[];
}

/** Resources of one type that cost nothing by themselves. */
interface FreeResources {
  readonly type: string;
  readonly count: number;
  readonly why: string;
}

/** Parts of a stack that are read. */
export type CostedStack = Pick<SynthesizedStack, 'name' | 'environment' | 'template'>;

/** A note of the CDK, and no resource. */
const CDK_NOTE = 'AWS::CDK::Metadata';

const PRICERS: ReadonlyMap<string, Pricer> = new Map(
  Object.entries({
    ...DATABASE_PRICERS,
    ...FARGATE_PRICERS,
    ...LAMBDA_PRICERS,
    ...NETWORK_PRICERS,
    ...STORAGE_PRICERS,
    ...SECRET_PRICERS,
    ...MONITORING_PRICERS,
    ...SCHEDULE_PRICERS,
    ...DOMAIN_PRICERS,
  }),
);

/** Looks at every resource of a template: it is priced, free, or not priced, and nothing is left out. */
export function costOf(stack: CostedStack, prices: PriceFile): EnvironmentCost {
  const resources = new Resources(resolveTemplate(stack.template));
  const bill = new Bill(resources, regionOf(stack), prices, assumedUsage(stack));
  const types = new Set(resources.all.map(({ type }) => type));
  types.delete(CDK_NOTE);
  const free: FreeResources[] = [];
  for (const type of types) {
    const resourcesOfType = resources.of(type);
    const why = addToBill(bill, type, resourcesOfType);
    if (why !== undefined) free.push({ type, count: resourcesOfType.length, why });
  }
  const lines = bill.lines.sort((first, second) => PARTS.indexOf(first.part) - PARTS.indexOf(second.part));
  return {
    stack: stack.name,
    lines,
    usd: sumOf(lines.map(({ usd }) => usd)),
    notPriced: bill.notPriced,
    free,
    missing: bill.missingPrices,
  };
}

/** Cost of one part; none without an environment. */
export function costOfPart(cost: EnvironmentCost | undefined, part: CostPart): Range {
  const lines = cost?.lines ?? [];
  const linesOfPart = lines.filter((line) => line.part === part);
  return sumOf(linesOfPart.map(({ usd }) => usd));
}

/** Decides conditions and parameters as they are once the application is released: an empty parameter has a text. */
function resolveTemplate(template: Template): Template {
  const refInCondition = (name: string): unknown => within(template.Parameters, name, 'Default') || `the ${name}`;
  return new Intrinsics(template, { refInCondition }).resolve(template) as Template;
}

/** Region of `aws://123456789012/ap-northeast-1`. */
function regionOf({ environment }: CostedStack): string {
  return environment.split('/').at(-1) ?? '';
}

function assumedUsage({ name }: CostedStack): Usage | undefined {
  const environmentName = Object.keys(usage).find((key) => stackId(key) === name);
  return environmentName === undefined ? undefined : usage[environmentName];
}

/** A gateway endpoint, or a cluster without Container Insights. */
const NOT_CHARGED_AS_SET_UP = 'as it is set up, nothing of it is charged';

const UNKNOWN_TYPE =
  'An unknown type of resource: add what it costs to a file *-costs.ts of tools/cost, or, if it costs nothing by ' +
  'itself, the reason to its free-types.ts.';

/** Puts the resources of one type on the bill. Returns why they cost nothing, if so. */
function addToBill(bill: Bill, type: string, resources: readonly Named[]): string | undefined {
  const pricer = PRICERS.get(type);
  if (pricer) {
    const entriesBefore = numberOfEntries(bill);
    pricer(resources, bill);
    return numberOfEntries(bill) === entriesBefore ? NOT_CHARGED_AS_SET_UP : undefined;
  }
  const why = whyFree(type);
  if (why === undefined) bill.listAsNotPriced(`${type} (${resources.length})`, UNKNOWN_TYPE);
  return why;
}

function numberOfEntries({ lines, notPriced }: Bill): number {
  return lines.length + notPriced.length;
}
