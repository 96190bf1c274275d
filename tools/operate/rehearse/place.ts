/** Account and region in which a rehearsal is deployed. */
export interface Place {
  readonly account: string;
  readonly region: string;
}
