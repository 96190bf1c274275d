import type { Named } from '@infra/common/template';
import type { Bill } from './bill';
import type { Pricers } from './pricer';
import type { Rate } from './rate';

/** Costs of Route 53. */
export const DOMAIN_PRICERS: Pricers = {
  'AWS::Route53::RecordSet': priceRecords,
  'AWS::Route53::HostedZone': priceHostedZones,
};

const HOSTED_ZONES: Rate = { service: 'AmazonRoute53', usageType: 'HostedZone', prefix: 'none' };

/** Charges the zones of the records, which exist before the stack. */
function priceRecords(records: readonly Named[], bill: Bill): void {
  const zones = new Set(records.map(hostedZoneOf));
  bill.charge('Route 53', {
    description: `the domain's hosted zone, made before: ${zones.size}`,
    rate: HOSTED_ZONES,
    quantity: zones.size,
  });
  const areAllAliases = records.every(({ properties }) => properties.AliasTarget !== undefined);
  if (!areAllAliases) {
    bill.listAsNotPriced('Route 53: queries', 'Those of aliases to AWS are free, others are paid by the million.');
  }
}

function hostedZoneOf({ properties }: Named): string {
  return JSON.stringify(properties.HostedZoneId ?? properties.HostedZoneName);
}

function priceHostedZones(zones: readonly Named[], bill: Bill): void {
  bill.charge('Route 53', {
    description: `hosted zones: ${zones.length}`,
    rate: HOSTED_ZONES,
    quantity: zones.length,
  });
}
