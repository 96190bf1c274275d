import type { NamedResource } from '@infra/common/template';
import type { Bill } from './bill';
import type { Pricers } from './pricer';
import type { Rate } from './rate';

/** Costs of Route 53. */
export const DOMAIN_PRICERS: Pricers = {
  'AWS::Route53::RecordSet': priceRecords,
  'AWS::Route53::HostedZone': priceHostedZones,
};

const HOSTED_ZONE_RATE: Rate = { service: 'AmazonRoute53', usageType: 'HostedZone', prefix: 'none' };

/** Charges the hosted zones in which the records are. The template does not have these zones: they exist already. */
function priceRecords(records: readonly NamedResource[], bill: Bill): void {
  const zones = new Set(records.map(hostedZoneOf));
  const { existingZones, queries } = bill.words.domain;
  bill.charge('Route 53', {
    description: existingZones({ count: zones.size }),
    rate: HOSTED_ZONE_RATE,
    quantity: zones.size,
  });
  const areAllAliases = records.every(({ properties }) => properties.AliasTarget !== undefined);
  if (!areAllAliases) {
    bill.listUnpriced(queries.usage, queries.reason);
  }
}

/** A text that identifies the hosted zone of a record. */
function hostedZoneOf({ properties }: NamedResource): string {
  return JSON.stringify(properties.HostedZoneId ?? properties.HostedZoneName);
}

function priceHostedZones(zones: readonly NamedResource[], bill: Bill): void {
  bill.charge('Route 53', {
    description: bill.words.domain.zones({ count: zones.length }),
    rate: HOSTED_ZONE_RATE,
    quantity: zones.length,
  });
}
