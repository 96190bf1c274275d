import type { PriceFile, PriceKey } from './price-file';

/** Something that AWS has a price for, named as in AWS's price list, but independent of the region. */
export interface Rate {
  /** Name of the service in the price list, such as `AmazonRDS`. */
  readonly service: string;
  /** Usage type without its prefix: `NatGateway-Hours` of `APN1-NatGateway-Hours`. */
  readonly usageType: string;
  /** Prefix of the usage type in the price list. By default, it is the region's billing code, such as `APN1`. */
  readonly prefix?: 'region name' | 'none';
  /** Attributes that distinguish the products of one usage type. */
  readonly attributes?: Readonly<Record<string, string>>;
}

/** Key of the price that a rate has in a region; `undefined` if the price file does not have the region's billing code. */
export function priceKeyOf(rate: Rate, region: string, { billingCodes }: PriceFile): PriceKey | undefined {
  const billingCode = billingCodes[region];
  if (billingCode === undefined) return undefined;
  const { service, attributes } = rate;
  return { region, service, usageType: usageTypeOf(rate, region, billingCode), attributes };
}

function usageTypeOf({ usageType, prefix }: Rate, region: string, billingCode: string): string {
  switch (prefix) {
    case 'none':
      return usageType;
    case 'region name':
      return `${region}-${usageType}`;
    case undefined:
      return `${billingCode}-${usageType}`;
  }
}
