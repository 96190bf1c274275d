/** The account's costs of a month, by mail (guide 6.4): at 80 % of the amount, and once the forecast reaches it. */
export interface BudgetConfig {
  /**
   * How many US dollars a month? It counts the whole account, with tax: a filter by environment needs a cost allocation tag
   * that only the payer can activate. `npm run prooflink -- cost` computes what the environments cost, without tax.
   */
  readonly amount: number;
  /** Who gets the mail? */
  readonly email: string;
}
