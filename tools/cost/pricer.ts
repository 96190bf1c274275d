import type { Named } from '@infra/common/template';
import type { Bill, Rate } from './bill';

/** What puts resources of one type on the bill. */
export type Pricer = (resources: readonly Named[], bill: Bill) => void;

export const ADDRESS: Rate = ['AmazonVPC', '<region>-PublicIPv4:InUseAddress'];

/** A pricer that looks at the resources one by one. */
export function each(price: (resource: Named, bill: Bill) => void): Pricer {
  return (resources, bill) => {
    for (const resource of resources) price(resource, bill);
  };
}

/** A number for people: four digits at most, since nobody pays for the rest. */
export function show(number: number): string {
  return number.toLocaleString('en', { maximumFractionDigits: number >= 10 ? 0 : 2 });
}
