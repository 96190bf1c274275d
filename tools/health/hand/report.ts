/** A property, or a whole resource, that somebody changed by hand. */
export interface HandChange {
  readonly logicalId: string;
  readonly physicalId: string;
  readonly type: string;
  /** Changed property, as in `health check path`; empty if the resource itself is deleted. */
  readonly what: string;
  readonly expected: string;
  readonly actual: string;
  /** The command that takes it back. */
  readonly fix: string;
}

/** Resource that could not be compared, and why. */
export interface NotCompared {
  readonly logicalId: string;
  readonly physicalId: string;
  readonly type: string;
  /** The property; empty for all of the resource. */
  readonly what: string;
  readonly reason: string;
}

export interface HandReport {
  readonly changes: readonly HandChange[];
  readonly notCompared: readonly NotCompared[];
  /** Size to which a database's storage has grown; a deploy that reverts drift would shrink it, which RDS refuses. */
  readonly storage?: string | undefined;
}
