import { Stack, Validations } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';

/**
 * Acknowledges findings of cdk-nag and of the CDK's own validation on one construct, by rule id and reason. A rule
 * without a reason (`undefined`: its safeguard is on) stays a finding, and fails the synth if it is found.
 */
export function acknowledge(construct: IConstruct, reasons: Readonly<Record<string, string | undefined>>): void {
  for (const [id, reason] of Object.entries(reasons)) {
    if (reason !== undefined) Validations.of(construct).acknowledge({ id, reason });
  }
}

/**
 * Acknowledges cdk-nag's finding that a policy of the construct names resources by a wildcard: exactly this one.
 * aws-cdk-lib before 2.269.0 refuses an id with an ARN («InvalidValidationId»).
 */
export function acknowledgeWildcard(construct: IConstruct, resource: string, reason: string): void {
  const written = flatten(Stack.of(construct).resolve(resource));
  acknowledge(construct, { [`AwsSolutions-IAM5[Resource::${written}]`]: reason });
}

/** Writes an ARN as cdk-nag does, `<Bucket.Arn>/*`, whose functions have to match to the letter. */
function flatten(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  if ('Ref' in value) return `<${String(value.Ref)}>`;
  if ('Fn::GetAtt' in value) return `<${(value['Fn::GetAtt'] as string[]).join('.')}>`;
  if ('Fn::Join' in value) {
    const [separator, parts] = value['Fn::Join'] as [string, unknown[]];
    return parts.map(flatten).join(separator);
  }
  throw new Error(`An ARN that cannot be written: ${JSON.stringify(value)}`);
}
