import { stackId } from '../../lib/config/names';
import { usage } from '../../lib/config/usage';
import type { SynthesizedStack } from '@infra/common/assembly';
import { Intrinsics } from '@infra/common/intrinsics';
import { Resources, type Template } from '@infra/common/template';
import { within } from '@infra/common/values';
import { Bill, type CostPart, type Line, type NotPriced, PARTS, type Range, sum } from './bill';
import { whyFree } from './free-types';
import { KEPT } from './kept-costs';
import { NETWORK } from './network-costs';
import type { PriceFile, PriceKey } from './price-list';
import { RUNNING } from './running-costs';

/** Monthly cost of an environment. */
export interface EnvironmentCost {
  readonly stack: string;
  readonly lines: readonly Line[];
  readonly usd: Range;
  readonly notPriced: readonly NotPriced[];
  readonly free: readonly { readonly type: string; readonly count: number; readonly why: string }[];
  /** Missing entry of the file of prices. */
  readonly missing: readonly PriceKey[];
}

/** A note of the CDK, and no resource. */
const CDK_NOTE = 'AWS::CDK::Metadata';

const PRICERS = new Map(Object.entries({ ...RUNNING, ...NETWORK, ...KEPT }));

/** Parts of a stack that are read. */
export type CostedStack = Pick<SynthesizedStack, 'name' | 'environment' | 'template'>;

/** Looks at every resource of a template: it is priced, free, or not priced, and nothing is left out. */
export function costOf(
  { name, environment: environmentName, template }: CostedStack,
  prices: PriceFile,
): EnvironmentCost {
  // As it is once the application is released: a parameter that may be empty has a text.
  const refInCondition = (name: string): unknown => within(template.Parameters, name, 'Default') || `the ${name}`;
  const resources = new Resources(new Intrinsics(template, { refInCondition }).resolve(template) as Template);
  const region = environmentName.split('/').at(-1) ?? '';
  const bill = new Bill(resources, region, prices, Object.entries(usage).find(([one]) => stackId(one) === name)?.[1]);
  const free: { type: string; count: number; why: string }[] = [];
  for (const type of new Set(resources.all.map(({ type }) => type).filter((type) => type !== CDK_NOTE))) {
    const those = resources.of(type);
    const reported = bill.lines.length + bill.notPriced.length;
    const price = PRICERS.get(type);
    price?.(those, bill);
    const isReported = bill.lines.length + bill.notPriced.length > reported;
    const why = price ? (isReported ? undefined : AS_SET_UP) : whyFree(type);
    if (why !== undefined) free.push({ type, count: those.length, why });
    else if (!price) bill.leaveOut(`${type} (${those.length})`, UNKNOWN);
  }
  const lines = bill.lines.sort((one, other) => PARTS.indexOf(one.part) - PARTS.indexOf(other.part));
  const { notPriced, missing } = bill;
  return { stack: name, lines, usd: sum(lines.map(({ usd }) => usd)), notPriced, free, missing };
}

/** Cost of one part; none without an environment. */
export function partOf(cost: EnvironmentCost | undefined, part: CostPart): Range {
  return sum((cost?.lines ?? []).filter((each) => each.part === part).map((each) => each.usd));
}

/** A gateway endpoint, or a cluster without Container Insights. */
const AS_SET_UP = 'as it is set up, nothing of it is charged';
const UNKNOWN =
  'An unknown type of resource: add what it costs to a file *-costs.ts of tools/cost, or, if it costs nothing by ' +
  'itself, the reason to its free-types.ts.';
