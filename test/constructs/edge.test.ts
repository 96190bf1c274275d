import { Match, Template } from 'aws-cdk-lib/assertions';
import { ApplicationLoadBalancer } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Duration } from 'aws-cdk-lib/core';
import { Edge } from '../../lib/constructs/edge';
import { importSecurityGroup, importVpc, newStack } from '../support/construct';

const stack = newStack();
const loadBalancer = new ApplicationLoadBalancer(stack, 'LoadBalancer', {
  vpc: importVpc(stack),
  securityGroup: importSecurityGroup(stack),
});
const edge = new Edge(stack, 'Edge', { loadBalancer, idleTimeout: Duration.seconds(60) });
const template = Template.fromStack(stack);

/** The distribution with this part. */
function expectDistribution(part: object): void {
  template.hasResourceProperties('AWS::CloudFront::Distribution', { DistributionConfig: Match.objectLike(part) });
}

// Ids of AWS's own policies (CloudFront developer guide, "Use managed cache policies" and "… origin request policies").
const CACHING_DISABLED = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad';
const CACHING_OPTIMIZED = '658327ea-f89d-4fab-a63d-7e88639e58f6';
const ALL_VIEWER = '216adef6-5c7f-47e4-b989-5492eafa07d3';

test('no page of the application is kept, and each request reaches it whole', () => {
  // Users would see one another's pages, or sign in without their cookies.
  expectDistribution({
    DefaultCacheBehavior: Match.objectLike({
      CachePolicyId: CACHING_DISABLED,
      OriginRequestPolicyId: ALL_VIEWER,
      AllowedMethods: ['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE'],
      ViewerProtocolPolicy: 'redirect-to-https',
    }),
  });
});

test('only files whose names change with their content are kept', () => {
  const kept = { PathPattern: '/_next/static/*', CachePolicyId: CACHING_OPTIMIZED };
  expectDistribution({ CacheBehaviors: [Match.objectLike(kept)] });
});

test('an error is asked again at once', () => {
  // During a release, a file that the old tasks do not have would be missing for ten seconds more.
  const asked = [404, 502, 503, 504].map((ErrorCode) => ({ ErrorCode, ErrorCachingMinTTL: 0 }));
  expectDistribution({ CustomErrorResponses: asked });
});

test('CloudFront asks the load balancer on the port on which it listens, and waits for longer than it does', () => {
  // By default it would ask on 443 for users of HTTPS, and give up after 30 seconds.
  template.hasResourceProperties('AWS::CloudFront::VpcOrigin', {
    VpcOriginEndpointConfig: Match.objectLike({ OriginProtocolPolicy: 'http-only' }),
  });
  expectDistribution({
    Origins: [Match.objectLike({ VpcOriginConfig: Match.objectLike({ OriginReadTimeout: 65 }) })],
  });
});

test("users reach the application at CloudFront's own name", () => {
  const [distribution] = Object.keys(template.findResources('AWS::CloudFront::Distribution'));
  expect(stack.resolve(edge.url)).toEqual({
    'Fn::Join': ['', ['https://', { 'Fn::GetAtt': [distribution, 'DomainName'] }]],
  });
});
