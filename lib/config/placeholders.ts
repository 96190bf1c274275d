import type { EnvironmentConfig } from './environment';

/** A value that only shows what to write: AWS, or the people it names, would never know it. */
interface Placeholder {
  /** As the config writes it, `loadBalancer.domain.domainName`. */
  readonly field: string;
  readonly value: string;
}

/** Names that cannot be registered (RFC 2606), alone, below another name, or after the @ of an address. */
const NOBODYS_NAME = /(^|[.@])(example(\.(com|net|org))?|test|invalid)$/i;

/** Patterns that no id made by AWS matches. */
const NOBODYS_ZONE = /EXAMPLE|123456789/;

/** Every value of an environment that must be replaced before its first deploy; none where it lacks such fields. */
export function placeholders({ loadBalancer, alarms, budget }: EnvironmentConfig): Placeholder[] {
  const { domain } = loadBalancer;
  const asked: [field: string, value: string | undefined, placeholder: RegExp][] = [
    ['loadBalancer.domain.domainName', domain?.domainName, NOBODYS_NAME],
    ['loadBalancer.domain.hostedZoneName', domain?.hostedZoneName, NOBODYS_NAME],
    ['loadBalancer.domain.hostedZoneId', domain?.hostedZoneId, NOBODYS_ZONE],
    ['alarms.email', alarms?.email, NOBODYS_NAME],
    ['budget.email', budget?.email, NOBODYS_NAME],
  ];
  return asked.flatMap(([field, value, placeholder]) =>
    value !== undefined && placeholder.test(value) ? [{ field, value }] : [],
  );
}
