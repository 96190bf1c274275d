import { stackId } from '../../lib/config/names';
import { CannotTellError } from '@infra/common/outcome';
import type { SynthesizedStack } from '@infra/common/assembly';
import type { Template } from '@infra/common/template';
import { type Part, type Range, sum, inDollars } from './bill';
import { costOf, type EnvironmentCost } from './environment-cost';
import { INSIGHTS_METRICS } from './kept-costs';
import { type PriceFile, priceOf } from './price-list';
import { MONTH_HOURS } from './running-hours';
import { arm64, dayAndNight, natGateway, weekdays } from './variants';

/** The guide's figures for dev (5.1), of January 2026: yen per month, day and night. */
export const GUIDE: Readonly<Partial<Record<Part, number>>> = {
  RDS: 1_500,
  Fargate: 1_800,
  'Load balancer': 2_500,
  S3: 100,
  ECR: 150,
  Logs: 100,
  Transfer: 10,
  Batch: 5,
};

/** What the guide's two environments cost, and would cost if something else were chosen. */
export interface Savings {
  readonly always: EnvironmentCost;
  readonly dev: EnvironmentCost;
  readonly prod: EnvironmentCost;
  readonly weekdays: EnvironmentCost;
  readonly arm64: { readonly dev: EnvironmentCost; readonly prod: EnvironmentCost };
  /** What a NAT gateway with its address costs, and an interface endpoint in one zone, in USD per month. */
  readonly natGateway: number;
  /** And what a GB through it costs. */
  readonly natGatewayData: number;
  readonly interfaceEndpoint: number;
  /** What Container Insights may cost, and a GB of files; in no sum. */
  readonly insights: Range;
  readonly fileGigabyte: number;
  /** Prod's database on demand and reserved for a year, in USD per month. */
  readonly database: { readonly onDemand: number; readonly reserved: number };
}

export function savingsOf(stacks: ReadonlyMap<string, SynthesizedStack>, prices: PriceFile): Savings {
  const cost = (environment: 'dev' | 'prod', ...variants: ((template: Template) => Template)[]) => {
    const stack = stacks.get(stackId(environment));
    if (!stack)
      throw new CannotTellError(`The assembly has no stack ${stackId(environment)}, of which the pages speak.`);
    const template = variants.reduce((changed, variant) => variant(changed), stack.template);
    return costOf({ ...stack, template }, prices);
  };
  const [dev, prod] = [cost('dev'), cost('prod')];
  const instance = prod.lines.find(({ part }) => part === 'RDS');
  const price = (key: Parameters<typeof priceOf>[1], term?: string) => priceOf(prices, key, term)?.usd ?? NaN;
  return {
    always: cost('dev', dayAndNight),
    dev,
    prod,
    weekdays: cost('dev', weekdays),
    arm64: { dev: cost('dev', arm64), prod: cost('prod', arm64) },
    natGateway: cost('dev', natGateway).usd.from - dev.usd.from,
    natGatewayData: price({ service: 'AmazonEC2', usageType: `${prices.usagePrefix}-NatGateway-Bytes` }),
    interfaceEndpoint:
      MONTH_HOURS * price({ service: 'AmazonVPC', usageType: `${prices.usagePrefix}-VpcEndpoint-Hours` }),
    insights: inDollars(INSIGHTS_METRICS, {
      usd: price({ service: 'AmazonCloudWatch', usageType: `${prices.usagePrefix}-CW:MetricMonitorUsage` }),
    }),
    fileGigabyte: price({ service: 'AmazonS3', usageType: `${prices.usagePrefix}-TimedStorage-ByteHrs` }),
    database: {
      onDemand: instance?.usd.from ?? NaN,
      reserved: instance ? MONTH_HOURS * price(instance.price, 'reserved for 1 year, nothing upfront') : NaN,
    },
  };
}

/** What one part costs. */
export function partOf({ lines }: EnvironmentCost, part: Part): Range {
  return sum(lines.filter((each) => each.part === part).map(({ usd }) => usd));
}
