import type { PriceFile, PriceKey } from './price-file';

/** A usage that AWS charges for, as the price list of its service names it in any region. */
export interface Rate {
  readonly service: string;
  /** The usage type, without its prefix. */
  readonly usageType: string;
  /** Prefix of the usage type: the region's code, such as `APN1`, unless given. */
  readonly prefix?: 'region name' | 'none';
  /** Attributes that distinguish the products of one usage type. */
  readonly attributes?: Readonly<Record<string, string>>;
}

/** Key of a rate's price in the region of a file of prices. */
export function priceKeyOf({ service, usageType, prefix, attributes }: Rate, file: PriceFile): PriceKey {
  switch (prefix) {
    case 'none':
      return { service, usageType, attributes };
    case 'region name':
      return { service, usageType: `${file.region}-${usageType}`, attributes };
    case undefined:
      return { service, usageType: `${file.usagePrefix}-${usageType}`, attributes };
  }
}
