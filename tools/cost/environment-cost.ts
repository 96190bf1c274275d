import { stackId } from '../../lib/config/names';
import { usage } from '../../lib/config/usage';
import type { SynthesizedStack } from '@infra/common/assembly';
import { Resources } from '@infra/common/template';
import { Bill, type CostPart, type Line, type NotPriced, PARTS, type Range, sum } from './bill';
import { decided } from './conditions';
import { whyFree } from './free-types';
import { KEPT } from './kept-costs';
import { NETWORK } from './network-costs';
import type { PriceFile, PriceKey } from './price-list';
import { RUNNING } from './running-costs';

/** What an environment costs in a month. */
export interface EnvironmentCost {
  readonly stack: string;
  readonly lines: readonly Line[];
  readonly usd: Range;
  readonly notPriced: readonly NotPriced[];
  readonly free: readonly { readonly type: string; readonly count: number; readonly why: string }[];
  /** What the file of prices would need. */
  readonly missing: readonly PriceKey[];
}

/** A note of the CDK, and no resource. */
const CDK_NOTE = 'AWS::CDK::Metadata';

const PRICERS = new Map(Object.entries({ ...RUNNING, ...NETWORK, ...KEPT }));

/** What is looked at of a stack. */
export type CostedStack = Pick<SynthesizedStack, 'name' | 'environment' | 'template'>;

/** Looks at every resource of a template: it is priced, free, or not priced, and nothing is left out. */
export function costOf({ name, environment, template }: CostedStack, prices: PriceFile): EnvironmentCost {
  const resources = new Resources(decided(template));
  const region = environment.split('/').at(-1) ?? '';
  const bill = new Bill(resources, region, prices, usage[environmentOf(name)]);
  const free: { type: string; count: number; why: string }[] = [];
  for (const type of new Set(resources.all.map(({ type }) => type).filter((type) => type !== CDK_NOTE))) {
    const those = resources.of(type);
    const [price, told] = [PRICERS.get(type), bill.told];
    price?.(those, bill);
    const why = price ? (bill.told === told ? AS_SET_UP : undefined) : whyFree(type);
    if (why !== undefined) free.push({ type, count: those.length, why });
    else if (!price) bill.leaveOut(`${type} (${those.length})`, UNKNOWN);
  }
  const lines = bill.lines.sort((one, other) => PARTS.indexOf(one.part) - PARTS.indexOf(other.part));
  return {
    stack: name,
    lines,
    usd: sum(lines.map(({ usd }) => usd)),
    notPriced: bill.notPriced,
    free,
    missing: bill.missing,
  };
}

/** What one part costs; nothing where there is no environment. */
export function partOf(cost: EnvironmentCost | undefined, part: CostPart): Range {
  return sum((cost?.lines ?? []).filter((each) => each.part === part).map((each) => each.usd));
}

/** A gateway endpoint, or a cluster without Container Insights. */
const AS_SET_UP = 'as it is set up, nothing of it is charged';
const UNKNOWN =
  'An unknown type of resource: add what it costs to a file *-costs.ts of tools/cost, or, if it costs nothing by ' +
  'itself, the reason to its free-types.ts.';

function environmentOf(stack: string): string {
  return Object.keys(usage).find((name) => stackId(name) === stack) ?? '';
}
