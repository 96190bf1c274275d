import { deployed } from '../support/deployed';

const stack = deployed('testweekdays');
const { DistributionConfig } = stack.one('AWS::CloudFront::Distribution', 'LoadBalancer/Edge').properties;

// Ids of AWS's own policies (CloudFront developer guide, "Use managed cache policies" and "… origin request policies").
const CACHING_DISABLED = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad';
const CACHING_OPTIMIZED = '658327ea-f89d-4fab-a63d-7e88639e58f6';
const ALL_VIEWER = '216adef6-5c7f-47e4-b989-5492eafa07d3';

test('no page of the application is kept, and each request reaches it whole', () => {
  // Users would see one another's pages, or sign in without their cookies.
  expect(DistributionConfig).toMatchObject({
    DefaultCacheBehavior: {
      CachePolicyId: CACHING_DISABLED,
      OriginRequestPolicyId: ALL_VIEWER,
      AllowedMethods: ['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE'],
      ViewerProtocolPolicy: 'redirect-to-https',
    },
  });
});

test('only files whose names change with their content are kept', () => {
  expect(DistributionConfig).toMatchObject({
    CacheBehaviors: [{ PathPattern: '/_next/static/*', CachePolicyId: CACHING_OPTIMIZED }],
  });
});

test('an error is asked again at once', () => {
  // During a release, a file that the old tasks do not have would be missing for ten seconds more.
  const asked = [404, 502, 503, 504].map((ErrorCode) => ({ ErrorCode, ErrorCachingMinTTL: 0 }));
  expect(DistributionConfig).toMatchObject({ CustomErrorResponses: asked });
});

test('CloudFront asks the load balancer on the port on which it listens, and waits for longer than it does', () => {
  // By default it would ask on 443 for users of HTTPS, and give up after 30 seconds.
  const origin = stack.one('AWS::CloudFront::VpcOrigin', 'LoadBalancer/Edge/Resource/Origin1/VpcOrigin');
  expect(origin.properties).toMatchObject({ VpcOriginEndpointConfig: { OriginProtocolPolicy: 'http-only' } });
  expect(DistributionConfig).toMatchObject({ Origins: [{ VpcOriginConfig: { OriginReadTimeout: 65 } }] });
});
