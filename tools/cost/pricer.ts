import type { Named } from '@infra/common/template';
import type { Bill } from './bill';

/** Puts the resources of one type on the bill. */
export type Pricer = (resources: readonly Named[], bill: Bill) => void;

/** Pricers by type of resource. */
export type Pricers = Readonly<Record<string, Pricer>>;

/** Makes a pricer of a function that prices one resource. */
export function forEachResource(price: (resource: Named, bill: Bill) => void): Pricer {
  return (resources, bill) => {
    for (const resource of resources) price(resource, bill);
  };
}
