/**
 * Sentences on costs in English: those that were written since a second language is planned. Older sentences stand where
 * they are printed.
 */
export const en = {
  /** Title of a list of missing costs. */
  missingCostsTitle: 'Missing, so that the sum is unknown:',
  missingCost: ({
    part,
    description,
    reason,
  }: {
    readonly part: string;
    readonly description: string;
    readonly reason: string;
  }) => `${part}: ${description}. ${reason}`,
  noBillingCode: ({ region }: { readonly region: string }) =>
    `tools/cost/prices.json has no billing code of ${region}: add it to "billingCodes" ` +
    '(docs.aws.amazon.com/global-infrastructure/latest/regions/aws-region-billing-codes.html), ' +
    'then run "npm run prooflink -- cost --renew", which fetches its prices.',
  unknownUnit: () => 'The unit of its price is not known yet: add its rate to a file *-costs.ts of tools/cost.',
  unknownSum: ({ stackName, firstCost }: { readonly stackName: string; readonly firstCost: string }) =>
    `${stackName}: its sum is unknown, since a cost is missing. ${firstCost}`,
  furtherMissingCosts: ({ count }: { readonly count: number }) =>
    `Missing costs besides: ${count}, which "npm run prooflink -- cost" lists.`,
};
