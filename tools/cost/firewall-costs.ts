import type { NamedResource } from '@infra/common/template';
import type { Bill } from './bill';
import { forEachResource, type Pricers } from './pricer';
import type { Rate } from './rate';

/** Costs of AWS WAF. */
export const FIREWALL_PRICERS: Pricers = {
  'AWS::WAFv2::WebACL': forEachResource(priceWebAcl),
};

const WEB_ACL_RATE: Rate = { service: 'awswaf', usageType: 'WebACLV2' };
const RULE_RATE: Rate = { service: 'awswaf', usageType: 'RuleV2' };
/** For web ACLs of up to 1,500 capacity units. */
const REQUEST_RATE: Rate = { service: 'awswaf', usageType: 'RequestV2-Tier1' };

function priceWebAcl({ name, properties }: NamedResource, bill: Bill): void {
  const { Rules = [] } = properties;
  if (!Array.isArray(Rules)) {
    bill.listMissing('Firewall', name, 'Only web ACLs with a list of rules are priced.');
    return;
  }
  bill.charge('Firewall', { description: 'web ACL', rate: WEB_ACL_RATE, quantity: 1 });
  // A managed group counts as one rule.
  bill.charge('Firewall', { description: `${Rules.length} rules`, rate: RULE_RATE, quantity: Rules.length });
  bill.listUnmeasured({ description: 'Firewall: requests that it inspects', rate: REQUEST_RATE });
}
