import type { SslPolicy } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { Duration } from 'aws-cdk-lib/core';

/** The application load balancer (guide 2-1, 9-1, 9-2). */
export interface LoadBalancerConfig {
  /** Which ports does its security group admit from the internet? */
  readonly openPorts: readonly (80 | 443)[];
  /**
   * From which public IPv4 ranges may people come in? `0.0.0.0/0` is everyone. None is private, or for documentation,
   * multicast or another special use.
   */
  readonly allowedRanges: readonly string[];
  /** How long may a task that is being replaced take to finish its requests? */
  readonly deregistrationDelay: Duration;
  /** Name and certificate. `undefined`: plain HTTP on the load balancer's own DNS name. */
  readonly domain: DomainConfig | undefined;
  /**
   * Does CloudFront stand before an internal load balancer? Users then reach the application by HTTPS, at CloudFront's own
   * name and certificate (docs/edge.md). Only for the first deploy: another scheme replaces the load balancer, and fails
   * at its name. `undefined`: no; the guide's load balancer is internet-facing (9-1).
   */
  readonly edge: 'cloudfront' | undefined;
  /** Does a firewall (AWS WAF) look at requests before the application? `undefined`: no; the guide has none. */
  readonly firewall: FirewallConfig | undefined;
}

/** AWS WAF in front of the load balancer: AWS's managed rules and two rates (docs/firewall.md). */
export interface FirewallConfig {
  /**
   * Are requests that match a rule only logged (`count`), or answered with 403, too (`block`)? Count first: the log shows
   * which users `block` would lock out.
   */
  readonly mode: 'count' | 'block';
  /** How many requests may one address send in five minutes? An office behind one address shares them. */
  readonly requestsPerAddress: number;
  /** How many sign-ins may one address try in five minutes? They are the POST requests below `/api/auth/`. */
  readonly signInsPerAddress: number;
}

/** The public name of the application (guide 8-1, 10-1). */
export interface DomainConfig {
  /** Under which name do users reach the application? */
  readonly domainName: string;
  /** Which Route 53 public hosted zone holds the name? */
  readonly hostedZoneName: string;
  /** What is the id of that zone (`Z…`, Route 53 console)? Environments in one zone share its name and its id. */
  readonly hostedZoneId: string;
  /** Which TLS policy? The guide's, or a stricter one. */
  readonly sslPolicy: SslPolicy;
}
