import { type Condition, increases, isAdded, isRemoved } from './conditions';
import { rulesFor } from './rule';

const RULE = String.raw`^Rules\[[^\]]*\]`;

/** Path within a rule of a web ACL. */
function inRule(property: string): RegExp {
  return new RegExp(`${RULE}\\.${property}`);
}

/** Action of a rule of a web ACL, or of a rule group. */
const ACTION = String.raw`(Override)?Action\.`;

/** Exceptions by which a rule of a group lets requests through. */
const UNBLOCKED = String.raw`.*\.(RuleActionOverrides\[[^\]]*\]\.ActionToUse\.(Allow|Count)|ExcludedRules\[)`;

/** A rule is removed that blocks by itself, or by the actions of its group. */
const stopsBlocking: Condition = (before, after) => {
  return isRemoved(before, after) && /"(Block|None)":/.test(JSON.stringify(before));
};

/** Rules for AWS WAF. */
export const FIREWALL = [
  rulesFor(
    /^AWS::WAFv2::WebACL$/,
    {
      path: new RegExp(`${RULE}$`),
      reportIf: stopsBlocking,
      weaker: 'firewallRule',
      isForWhole: true,
    },
    // A rule group keeps its own actions by `None`.
    { path: inRule(`${ACTION}(Block|None)$`), reportIf: isRemoved, weaker: 'firewallCounts' },
    { path: /^DefaultAction\.Block$/, reportIf: isRemoved, weaker: 'firewallCounts' },
    { path: inRule('.*\\.RateBasedStatement\\.Limit$'), reportIf: increases, weaker: 'firewallRate' },
    { path: inRule(UNBLOCKED), reportIf: isAdded, weaker: 'firewallCounts' },
  ),
  rulesFor(/^AWS::WAFv2::LoggingConfiguration$/, {
    path: /^RedactedFields\b/,
    reportIf: isRemoved,
    weaker: 'firewallLogShows',
  }),
];
