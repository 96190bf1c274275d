/** A part of an account that deploying needs: a role, or the bootstrap stack of a region. */
export interface PreparedPart {
  readonly name: string;
  readonly isReady: boolean;
  /** Text behind its name: `made`, `was there`, or the reason why it was not made. */
  readonly result: string;
}
