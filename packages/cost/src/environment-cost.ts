import { stackId } from '@infra/commands/app';
import { type Usage, usage } from './usage';
import type { SynthesizedStack } from '@infra/common/assembly';
import { Intrinsics } from '@infra/common/intrinsics';
import { type NamedResource, Resources, type Template } from '@infra/common/template';
import { valueAtPath } from '@infra/common/values';
import { Bill, type BillLine, COST_PARTS, type CostPart, type MissingCost, type UnpricedUsage } from './bill';
import { DATABASE_PRICERS } from './database-costs';
import { DOMAIN_PRICERS } from './domain-costs';
import { type CostWords, en } from './words';
import { FARGATE_PRICERS } from './fargate-costs';
import { FIREWALL_PRICERS } from './firewall-costs';
import { reasonForFree } from './free-types';
import { LAMBDA_PRICERS } from './lambda-costs';
import { MONITORING_PRICERS } from './monitoring-costs';
import { NETWORK_PRICERS } from './network-costs';
import type { PriceFile, PriceKey } from './price-file';
import type { Pricer } from './pricer';
import { type CostSum, type Range, sumOfRanges } from './range';
import { SCHEDULE_PRICERS } from './schedule-costs';
import { SECRET_PRICERS } from './secret-costs';
import { STORAGE_PRICERS } from './storage-costs';

/** Monthly cost of an environment. */
export interface EnvironmentCost {
  readonly stackName: string;
  /** Priced usages, in the order of COST_PARTS. */
  readonly lines: readonly BillLine[];
  /** Usages without which there is no sum. */
  readonly missingCosts: readonly MissingCost[];
  /** Sum of the lines; `undefined` if a cost is missing. */
  readonly usd: CostSum;
  readonly unpricedUsages: readonly UnpricedUsage[];
  readonly freeResources: readonly FreeResources[];
  /** Prices that a usage needs and the price file does not have. */
  readonly missingPrices: readonly PriceKey[];
}

/** Resources of one type that cost nothing by themselves. */
interface FreeResources {
  readonly type: string;
  readonly count: number;
  readonly reason: string;
}

/** The fields of a stack from which its cost is computed. */
export type CostedStack = Pick<SynthesizedStack, 'name' | 'environment' | 'template'>;

/** A note of the CDK on itself, which deploys nothing. */
const CDK_METADATA_TYPE = 'AWS::CDK::Metadata';

const PRICERS_BY_TYPE: ReadonlyMap<string, Pricer> = new Map(
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
    ...FIREWALL_PRICERS,
  }),
);

/**
 * Computes the cost of a stack. Each of its resources is priced, free, or listed as unpriced; none is left out.
 *
 * @param words - Sentences of the descriptions and the reasons. By default, they are English, whatever the terminal's
 *   language: the review of a change and the READMEs must not depend on it.
 */
export function costOf(stack: CostedStack, priceFile: PriceFile, words: CostWords = en): EnvironmentCost {
  const resources = new Resources(resolveTemplate(stack.template));
  const bill = new Bill(resources, regionOf(stack), priceFile, assumedUsageOf(stack), words);
  const types = new Set(resources.all.map(({ type }) => type));
  types.delete(CDK_METADATA_TYPE);
  const freeResources: FreeResources[] = [];
  for (const type of types) {
    const resourcesOfType = resources.ofType(type);
    const reason = addToBill(bill, type, resourcesOfType);
    if (reason !== undefined) freeResources.push({ type, count: resourcesOfType.length, reason });
  }
  const lines = bill.lines.sort((first, second) => indexOfPart(first) - indexOfPart(second));
  return {
    stackName: stack.name,
    lines,
    missingCosts: bill.missingCosts,
    usd: sumOfCosts(lines, bill.missingCosts),
    unpricedUsages: bill.unpricedUsages,
    freeResources,
    missingPrices: bill.missingPrices,
  };
}

/** Sum of a bill's lines; `undefined` if a cost that belongs in it is missing. */
export function sumOfCosts(lines: readonly BillLine[], missingCosts: readonly MissingCost[]): CostSum {
  return missingCosts.length > 0 ? undefined : sumOfLines(lines);
}

export function sumOfLines(lines: readonly BillLine[]): Range {
  return sumOfRanges(lines.map(({ usd }) => usd));
}

/** Cost of one part of the bill; `undefined` if a cost of it is missing. */
export function costOfPart({ lines, missingCosts }: EnvironmentCost, part: CostPart): CostSum {
  return sumOfCosts(ofPart(lines, part), ofPart(missingCosts, part));
}

/** Lines or missing costs of one part of the bill. */
export function ofPart<T extends { readonly part: CostPart }>(costs: readonly T[], part: CostPart): T[] {
  return costs.filter((cost) => cost.part === part);
}

/**
 * Resolves a template's functions and conditions as after a release: in conditions, a parameter without a default, such
 * as the tag of the application's image, counts as set.
 */
function resolveTemplate(template: Template): Template {
  const refInCondition = (name: string): unknown => valueAtPath(template.Parameters, name, 'Default') || `the ${name}`;
  return new Intrinsics(template, { refInCondition }).resolve(template) as Template;
}

/** Region of a stack whose environment is `aws://123456789012/ap-northeast-1`. */
function regionOf({ environment }: CostedStack): string {
  return environment.split('/').at(-1) ?? '';
}

/** Usage that `packages/cost/src/usage.ts` assumes for a stack's environment; `undefined` if it assumes none. */
function assumedUsageOf({ name }: CostedStack): Usage | undefined {
  const environmentName = Object.keys(usage).find((key) => stackId(key) === name);
  return environmentName === undefined ? undefined : usage[environmentName];
}

function indexOfPart({ part }: BillLine): number {
  return COST_PARTS.indexOf(part);
}

/**
 * Puts the resources of one type on the bill.
 *
 * @returns The reason for which they cost nothing by themselves; `undefined` if they cost something, or may.
 */
function addToBill(bill: Bill, type: string, resources: readonly NamedResource[]): string | undefined {
  const { free, unknownType } = bill.words;
  const pricer = PRICERS_BY_TYPE.get(type);
  if (pricer) {
    const entryCountBefore = entryCountOf(bill);
    pricer(resources, bill);
    return entryCountOf(bill) === entryCountBefore ? free.asSetUp() : undefined;
  }
  const reason = reasonForFree(type);
  if (reason !== undefined) return free[reason]();
  bill.listUnpriced(unknownType.usage({ type, count: resources.length }), unknownType.reason);
  return undefined;
}

function entryCountOf({ lines, missingCosts, unpricedUsages }: Bill): number {
  return lines.length + missingCosts.length + unpricedUsages.length;
}
