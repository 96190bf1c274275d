import {
  AllowedMethods,
  CachePolicy,
  Distribution,
  OriginProtocolPolicy,
  OriginRequestPolicy,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { VpcOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import type { IApplicationLoadBalancer } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { acknowledge } from '../acknowledge';

export interface EdgeProps {
  /** An internal load balancer that listens on port 80. */
  readonly loadBalancer: IApplicationLoadBalancer;
  /** For how long the load balancer waits for the application. */
  readonly idleTimeout: Duration;
}

/** Errors that CloudFront otherwise answers for ten seconds after the application has recovered. */
const ERRORS = [404, 502, 503, 504];

/**
 * CloudFront before the load balancer: HTTPS at CloudFront's own name, without a domain and without public addresses. The
 * guide has none.
 */
export class Edge extends Construct {
  /** The URL of the application without a slash at its end. */
  public readonly url: string;

  constructor(scope: Construct, id: string, props: EdgeProps) {
    super(scope, id);

    const origin = VpcOrigin.withApplicationLoadBalancer(props.loadBalancer, {
      // Nothing listens on 443, which CloudFront otherwise asks for users of HTTPS.
      protocolPolicy: OriginProtocolPolicy.HTTP_ONLY,
      // The load balancer gives up first, and its own answer says why.
      readTimeout: props.idleTimeout.plus(Duration.seconds(5)),
    });
    const viewerProtocolPolicy = ViewerProtocolPolicy.REDIRECT_TO_HTTPS;
    const distribution = new Distribution(this, 'Resource', {
      defaultBehavior: {
        origin,
        viewerProtocolPolicy,
        allowedMethods: AllowedMethods.ALLOW_ALL,
        // Next.js lets caches keep a prerendered page for a year: a release would go on serving the old one.
        cachePolicy: CachePolicy.CACHING_DISABLED,
        originRequestPolicy: OriginRequestPolicy.ALL_VIEWER,
      },
      additionalBehaviors: {
        // The names of these files change with their content.
        '/_next/static/*': { origin, viewerProtocolPolicy, cachePolicy: CachePolicy.CACHING_OPTIMIZED },
      },
      errorResponses: ERRORS.map((httpStatus) => ({ httpStatus, ttl: Duration.seconds(0) })),
    });
    acknowledge(distribution, {
      'AwsSolutions-CFR1': 'Users may come from every country, as to the load balancer of the guide (2-1).',
      'AwsSolutions-CFR2':
        'The guide has no firewall, and AWS WAF before CloudFront would be another stack in us-east-1.',
      'AwsSolutions-CFR3': 'Access logs need a bucket of their own, and the guide asks for none (9-2).',
      'AwsSolutions-CFR4': "CloudFront's own certificate has a TLS policy of its own; AWS ignores this field there.",
    });
    this.url = `https://${distribution.distributionDomainName}`;
  }
}
