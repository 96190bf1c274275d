import { stackId } from '@infra/commands/app';
import type { SynthesizedStack } from '@infra/common/assembly';
import { Intrinsics } from '@infra/common/intrinsics';
import { Resources, type Template } from '@infra/common/template';
import { groupBy, valueAtPath } from '@infra/common/values';
import { type Charge, PRICERS } from './charges';
import { isFree } from './free-types';
import { COST_PARTS, type CostPart, SERVICES } from './parts';
import { type Price, readPrices } from './price-file';
import { type CostSum, multiplyRange, type Range, sumOfRanges } from './range';
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
  const region = regionOf(stack);
  const charges = chargesOf(resources, assumedUsageOf(stack));
  const prices = readPrices().prices.filter((price) => price.region === region);
  const lines = COST_PARTS.flatMap((part) =>
    linesOf(
      charges.filter((charge) => charge.part === part),
      prices,
    ),
  );
  const unmeasured = charges.filter(({ quantity }) => quantity === undefined).map(usageName);
  return {
    stackName: stack.name,
    region,
    lines,
    usd: sumOfLines(lines),
    notInSum: [...new Set(unmeasured), ...typesWithoutRule(resources)],
  };
}

/** A usage by AWS's names, as in prices.json: `AmazonEC2 NatGateway-Hours`. */
export function usageName({ part, usageType }: Pick<Charge, 'part' | 'usageType'>): string {
  return `${SERVICES[part]} ${usageType}`;
}

/** Cost of one part of the bill; `undefined` if a cost of it is unknown. */
export function costOfPart({ lines }: EnvironmentCost, part: CostPart): CostSum {
  return sumOfLines(lines.filter((line) => line.part === part));
}

/** Sum of lines; `undefined` if a cost that belongs in it is unknown. */
export function sumOfLines(lines: readonly BillLine[]): CostSum {
  const costs = lines.flatMap(({ usd }) => usd ?? []);
  return costs.length === lines.length ? sumOfRanges(costs) : undefined;
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
  return resources.all.flatMap((resource) => {
    const price = PRICERS.get(resource.type);
    return price ? [...price(resource, { resources, usage: assumedUsage })] : [];
  });
}

/** Adds up the charges of one part by their usage types. */
function linesOf(charges: readonly Charge[], prices: readonly Price[]): BillLine[] {
  const groups = groupBy(charges, ({ usageType, isAssumed }) => `${usageType} ${isAssumed}`);
  return [...groups.values()].flatMap((group) => {
    const quantities = group.flatMap(({ quantity }) => quantity ?? []);
    const [first] = group;
    if (!first || quantities.length === 0) return [];
    return [lineOf(first, first.isAssumed ? largest(quantities) : sumOfRanges(quantities), prices)];
  });
}

/** An assumed usage is that of all resources together. Logs are kept for the longest retention of a log group. */
function largest(quantities: readonly Range[]): Range {
  return {
    from: Math.max(...quantities.map(({ from }) => from)),
    to: Math.max(...quantities.map(({ to }) => to)),
  };
}

function lineOf({ part, usageType, isAssumed }: Charge, quantity: Range, prices: readonly Price[]): BillLine {
  const price = prices.find((each) => each.service === SERVICES[part] && each.usageType === usageType);
  const isNumber = Number.isFinite(quantity.from) && Number.isFinite(quantity.to);
  const usd = price && isNumber ? multiplyRange(quantity, price.usd) : undefined;
  return { part, usageType, quantity, unit: price?.unit, isAssumed, usd };
}

/** The types that have no rule and are not free, with the number of their resources: `AWS::Lambda::Function (3)`. */
function typesWithoutRule({ all }: Resources): string[] {
  const unknown = all.filter(({ type }) => !PRICERS.has(type) && !isFree(type));
  const byType = groupBy(unknown, ({ type }) => type);
  return [...byType].map(([type, { length }]) => `${type} (${length})`);
}
