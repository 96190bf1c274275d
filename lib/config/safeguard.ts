import { type Duration, RemovalPolicy } from 'aws-cdk-lib/core';

/** A safeguard: on, or off with a written reason. */
export type Safeguard = 'on' | SwitchedOff;

/** A safeguard that is switched off: the reason, six letters or more, is where a reviewer reads the value. */
export interface SwitchedOff {
  readonly off: string;
}

export function isOn(safeguard: Safeguard): boolean {
  return safeguard === 'on';
}

/** Why a safeguard is off; `undefined` where it is on. */
export function whyOff(safeguard: Safeguard | RemovalPolicy | Duration): string | undefined {
  return typeof safeguard === 'object' && 'off' in safeguard ? safeguard.off : undefined;
}

/** The removal policy of everything that holds data, from an environment's `keepData`. */
export function dataRemovalPolicy(keepData: RemovalPolicy | SwitchedOff): RemovalPolicy {
  return typeof keepData === 'object' ? RemovalPolicy.DESTROY : keepData;
}
