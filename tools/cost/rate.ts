import type { PriceFile, PriceKey } from './price-file';

/** Something that AWS has a price for, named as in AWS's price list, but independent of the region. */
export interface Rate {
  /** Name of the service in the price list, such as `AmazonRDS`. */
  readonly service: string;
  /** Usage type without its prefix: `NatGateway-Hours` of `APN1-NatGateway-Hours`. */
  readonly usageType: string;
  /** Prefix of the usage type in the price list. By default, it is the region code, such as `APN1`. */
  readonly prefix?: 'region name' | 'none';
  /** Attributes that distinguish the products of one usage type. */
  readonly attributes?: Readonly<Record<string, string>>;
}

/** Key of the price that a rate has in the region of a price file. */
export function priceKeyOf({ service, usageType, prefix, attributes }: Rate, priceFile: PriceFile): PriceKey {
  switch (prefix) {
    case 'none':
      return { service, usageType, attributes };
    case 'region name':
      return { service, usageType: `${priceFile.region}-${usageType}`, attributes };
    case undefined:
      return { service, usageType: `${priceFile.usagePrefix}-${usageType}`, attributes };
  }
}
