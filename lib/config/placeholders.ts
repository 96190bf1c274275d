import type { EnvironmentConfig } from './environment';

/** An example of what to write: nothing of that name exists in AWS or on the internet. */
interface Placeholder {
  /** As the config writes it, `loadBalancer.domain.domainName`. */
  readonly field: string;
  readonly value: string;
}

/** Names that cannot be registered (RFC 2606), alone, below another name, or after the @ of an address. */
const RESERVED_NAME = /(^|[.@])(example(\.(com|net|org))?|test|invalid)$/i;

/** Patterns that no id made by AWS matches. */
const EXAMPLE_ZONE = /EXAMPLE|123456789/;

/** Every value of an environment that must be replaced before its first deploy; none where it lacks such fields. */
export function placeholders({ loadBalancer, alarms, budget }: EnvironmentConfig): Placeholder[] {
  const { domain } = loadBalancer;
  const asked: [field: string, value: string | undefined, placeholder: RegExp][] = [
    ['loadBalancer.domain.domainName', domain?.domainName, RESERVED_NAME],
    ['loadBalancer.domain.hostedZoneName', domain?.hostedZoneName, RESERVED_NAME],
    ['loadBalancer.domain.hostedZoneId', domain?.hostedZoneId, EXAMPLE_ZONE],
    ['alarms.email', alarms?.email, RESERVED_NAME],
    ['budget.email', budget?.email, RESERVED_NAME],
  ];
  return asked.flatMap(([field, value, placeholder]) =>
    value !== undefined && placeholder.test(value) ? [{ field, value }] : [],
  );
}
