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
  const { firewall: words } = bill.words;
  if (!Array.isArray(Rules)) {
    bill.listMissing('Firewall', name, words.unknownRules);
    return;
  }
  bill.charge('Firewall', { description: words.webAcl, rate: WEB_ACL_RATE, quantity: 1 });
  // A managed group counts as one rule.
  const ruleCount = Rules.length;
  bill.charge('Firewall', { description: words.rules({ count: ruleCount }), rate: RULE_RATE, quantity: ruleCount });
  bill.listUnmeasured({ description: words.requests, rate: REQUEST_RATE });
}
