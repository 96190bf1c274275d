import type { NamedResource } from '@infra/common/template';
import type { Bill } from './bill';

/** Puts all resources of one type on the bill. */
export type Pricer = (resources: readonly NamedResource[], bill: Bill) => void;

/** Pricers by the type of the resources, such as `AWS::EC2::NatGateway`. */
export type Pricers = Readonly<Record<string, Pricer>>;

/** Makes a pricer from a function that prices one resource. */
export function forEachResource(price: (resource: NamedResource, bill: Bill) => void): Pricer {
  return (resources, bill) => {
    for (const resource of resources) price(resource, bill);
  };
}
