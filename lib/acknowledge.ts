import { Validations } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';

/**
 * Answers findings of cdk-nag and of the CDK's own validation on one construct: rule id to reason. A rule without a
 * reason (`undefined`: its safeguard is on) is not answered, and would fail if it were found.
 */
export function acknowledge(construct: IConstruct, answers: Readonly<Record<string, string | undefined>>): void {
  for (const [id, reason] of Object.entries(answers)) {
    if (reason !== undefined) Validations.of(construct).acknowledge({ id, reason });
  }
}
