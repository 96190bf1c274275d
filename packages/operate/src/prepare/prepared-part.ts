/** A part of an AWS account that a deployment needs: a service-linked role, or the stack `CDKToolkit` of a region. */
export interface PreparedPart {
  readonly name: string;
  readonly isReady: boolean;
  /** Text behind the name, for the user: `made`, `was there`, or the reason why the part was not made. */
  readonly result: string;
}
