import { stackId } from '@infra/commands/app';
import type { SynthesizedStack } from '@infra/common/assembly';
import { Intrinsics } from '@infra/common/intrinsics';
import { Resources, type Template } from '@infra/common/template';
import { groupBy, valueAtPath } from '@infra/common/values';
import { type Charge, PRICERS } from './charges';
import { isFree } from './free-types';
import { COST_PARTS, type CostPart, SERVICES } from './parts';
import { type Price, readPrices } from './price-file';
import { addRanges, type CostSum, exactly, isFiniteRange, largerRange, multiplyRange, type Range } from './range';
import { type Usage, usage } from './usage';

/** Monthly cost of an environment. */
export interface EnvironmentCost {
  readonly stackName: string;
  readonly region: string;
  /** In the order of COST_PARTS. */
  readonly lines: readonly BillLine[];
  /** Sum of the lines. */
  readonly usd: CostSum;
  /** Usages whose quantity nothing says, and types without a rule: they cost something, or may, and are in no sum. */
  readonly notInSum: readonly string[];
}

/** A usage of a resource, or the usages of several ones that have one price. */
export interface BillLine {
  readonly part: CostPart;
  readonly usageType: string;
  readonly quantity: Range;
  /** `undefined` without a price. */
  readonly unit: string | undefined;
  /** True if the quantity is that of usage.ts, since no template has it. */
  readonly isAssumed: boolean;
  /** `undefined` without a price in prices.json or a number in the template: the sum is unknown, too. */
  readonly usd: CostSum;
}

/** The fields of a stack from which its cost is computed. */
export type CostedStack = Pick<SynthesizedStack, 'name' | 'environment' | 'template'>;

/** Computes the cost of a stack. Each type of its resources is priced, free, or listed; none is left out. */
export function costOf(stack: CostedStack): EnvironmentCost {
  const resources = new Resources(resolveTemplate(stack.template));
  const charges = chargesOf(resources, assumedUsageOf(stack));
  const region = regionOf(stack);
  const lines = linesOf(charges, region);
  return {
    stackName: stack.name,
    region,
    lines,
    usd: sumOfLines(lines),
    notInSum: [...unmeasuredUsages(charges), ...typesWithoutRule(resources)],
  };
}

/** A usage by AWS's names, as in prices.json: `AmazonEC2 NatGateway-Hours`. */
export function usageName({ part, usageType }: Pick<Charge, 'part' | 'usageType'>): string {
  return `${SERVICES[part]} ${usageType}`;
}

/** Names of the usages because of which a sum is unknown. */
export function usagesWithoutPrice(lines: readonly BillLine[]): string[] {
  const unknownLines = lines.filter(({ usd }) => usd === undefined);
  return unknownLines.map(usageName);
}

/** Cost of one part of the bill; `undefined` if a cost of it is unknown. */
export function costOfPart({ lines }: EnvironmentCost, part: CostPart): CostSum {
  return sumOfLines(lines.filter((line) => line.part === part));
}

/** Sum of lines; `undefined` if a cost that belongs in it is unknown. */
function sumOfLines(lines: readonly BillLine[]): CostSum {
  let sum = exactly(0);
  for (const { usd } of lines) {
    if (!usd) return undefined;
    sum = addRanges(sum, usd);
  }
  return sum;
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

/** Usage that usage.ts assumes for a stack's environment; `undefined` if it assumes none. */
function assumedUsageOf({ name }: CostedStack): Usage | undefined {
  const environmentName = Object.keys(usage).find((key) => stackId(key) === name);
  return environmentName === undefined ? undefined : usage[environmentName];
}

function chargesOf(resources: Resources, assumedUsage: Usage | undefined): Charge[] {
  const charges: Charge[] = [];
  for (const resource of resources.all) {
    const chargesOfResource = PRICERS.get(resource.type)?.(resource, { resources, usage: assumedUsage });
    charges.push(...(chargesOfResource ?? []));
  }
  return charges;
}

/** A line for each usage type. An assumed usage has a line of its own. */
function linesOf(charges: readonly Charge[], region: string): BillLine[] {
  const prices = pricesOf(region);
  const lines = new Map<string, BillLine>();
  for (const charge of charges) {
    if (charge.quantity === undefined) continue;
    const key = `${usageName(charge)} ${charge.isAssumed}`;
    const quantity = quantityTogether(charge, charge.quantity, lines.get(key));
    lines.set(key, lineOf(charge, quantity, prices));
  }
  return [...lines.values()].sort((first, second) => indexOfPart(first) - indexOfPart(second));
}

/** Prices by the names of their usages. */
function pricesOf(region: string): ReadonlyMap<string, Price> {
  const prices = new Map<string, Price>();
  for (const price of readPrices().prices) {
    if (price.region === region) prices.set(`${price.service} ${price.usageType}`, price);
  }
  return prices;
}

/** An assumed usage is that of all resources together. Logs are kept for the longest retention of a log group. */
function quantityTogether({ isAssumed }: Charge, quantity: Range, line: BillLine | undefined): Range {
  if (!line) return quantity;
  return isAssumed ? largerRange(line.quantity, quantity) : addRanges(line.quantity, quantity);
}

function lineOf(charge: Charge, quantity: Range, prices: ReadonlyMap<string, Price>): BillLine {
  const price = prices.get(usageName(charge));
  const { part, usageType, isAssumed } = charge;
  return {
    part,
    usageType,
    quantity,
    unit: price?.unit,
    isAssumed,
    usd: price && isFiniteRange(quantity) ? multiplyRange(quantity, price.usd) : undefined,
  };
}

function indexOfPart({ part }: BillLine): number {
  return COST_PARTS.indexOf(part);
}

/** Names of the usages whose quantity nothing says. */
function unmeasuredUsages(charges: readonly Charge[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const charge of charges) {
    if (charge.quantity === undefined) names.add(usageName(charge));
  }
  return names;
}

/** The types that have no rule and are not free, with the number of their resources: `AWS::Lambda::Function (3)`. */
function typesWithoutRule({ all: resources }: Resources): string[] {
  const unknownResources = resources.filter(({ type }) => !PRICERS.has(type) && !isFree(type));
  const resourcesByType = groupBy(unknownResources, ({ type }) => type);
  return [...resourcesByType].map(([type, { length }]) => `${type} (${length})`);
}
