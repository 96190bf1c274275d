import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { SslPolicy } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Duration } from 'aws-cdk-lib/core';
import { LoadBalancer, type LoadBalancerProps } from '../../lib/constructs/load-balancer';
import { ImageTags } from '../../lib/image-tags';
import { importSecurityGroup, importVpc, names, newStack } from '../support/construct';

const LISTENER = 'AWS::ElasticLoadBalancingV2::Listener';
const DOMAIN = {
  domainName: 'test.example.com',
  hostedZoneName: 'example.com',
  hostedZoneId: 'Z0123456789EXAMPLE00',
  sslPolicy: SslPolicy.TLS13_13,
};

function build(props: Partial<LoadBalancerProps> = {}) {
  const stack = newStack();
  const vpc = importVpc(stack);
  const loadBalancer = new LoadBalancer(stack, 'LoadBalancer', {
    names,
    vpc,
    subnets: { public: vpc.publicSubnets, private: vpc.isolatedSubnets },
    securityGroup: importSecurityGroup(stack),
    openPorts: [443],
    deregistrationDelay: Duration.seconds(45),
    domain: DOMAIN,
    edge: undefined,
    deletionProtection: true,
    imageTags: new ImageTags(stack, { migrates: false, importsUsers: false }),
    ...props,
  });
  return { stack, loadBalancer, template: Template.fromStack(stack) };
}

const secure = build();
const plain = build({ domain: undefined });
const REDIRECT = Match.stringLikeRegexp('^Port 80 redirects to HTTPS');

test('HTTPS has the configured policy', () => {
  // Without one the listener would take TLS 1.0.
  secure.template.hasResourceProperties(LISTENER, { Port: 443, SslPolicy: 'ELBSecurityPolicy-TLS13-1-3-2021-06' });
});

test.each([
  { title: 'HTTPS with a domain', loadBalancer: secure.loadBalancer, protocol: 'HTTPS' },
  { title: 'HTTP without one', loadBalancer: plain.loadBalancer, protocol: 'HTTP' },
])('the listener for further rules is that of $title', ({ loadBalancer, protocol }) => {
  // A rule of a team's application on the other one would never be asked: it redirects everything.
  const { defaultChild } = loadBalancer.listener.node;
  expect(defaultChild).toHaveProperty('protocol', protocol);
});

test('behind CloudFront, the load balancer is internal and in private subnets', () => {
  // An internet-facing one would have two public addresses, which cost, and let users past CloudFront.
  build({ domain: undefined, edge: 'cloudfront' }).template.hasResourceProperties(
    'AWS::ElasticLoadBalancingV2::LoadBalancer',
    { Scheme: 'internal', Subnets: ['subnet-private-a', 'subnet-private-c'] },
  );
});

test('the redirect to HTTPS is permanent', () => {
  // A temporary one is asked for again with each request, in clear text.
  secure.template.hasResourceProperties(LISTENER, {
    Port: 80,
    DefaultActions: [{ RedirectConfig: { StatusCode: 'HTTP_301' } }],
  });
});

describe('a redirect that is unreachable', () => {
  test('is an info where port 80 is closed', () => {
    // Not a warning: CI synthesizes with --strict.
    Annotations.fromStack(secure.stack).hasInfo('*', REDIRECT);
  });

  test('is no info where port 80 is open', () => {
    Annotations.fromStack(build({ openPorts: [80, 443] }).stack).hasNoInfo('*', REDIRECT);
  });

  test('is no info where nothing is redirected', () => {
    Annotations.fromStack(plain.stack).hasNoInfo('*', REDIRECT);
  });
});

test.each([
  // Before the first release, the rollback of a deploy that fails has to delete it.
  {
    title: 'of a protected stack is protected by its first release',
    protect: true,
    value: { 'Fn::If': ['HasAppImage', 'true', 'false'] },
  },
  { title: 'of another stack is never protected', protect: false, value: 'false' },
])('the load balancer $title', ({ protect, value }) => {
  build({ deletionProtection: protect }).template.hasResourceProperties('AWS::ElasticLoadBalancingV2::LoadBalancer', {
    LoadBalancerAttributes: Match.arrayWith([{ Key: 'deletion_protection.enabled', Value: value }]),
  });
});

test('invalid headers are dropped', () => {
  // Requests are smuggled past a proxy with them.
  secure.template.hasResourceProperties('AWS::ElasticLoadBalancingV2::LoadBalancer', {
    LoadBalancerAttributes: Match.arrayWith([
      { Key: 'routing.http.drop_invalid_header_fields.enabled', Value: 'true' },
    ]),
  });
});

test('a task that stops has the configured time for its requests', () => {
  secure.template.hasResourceProperties('AWS::ElasticLoadBalancingV2::TargetGroup', {
    TargetGroupAttributes: Match.arrayWith([{ Key: 'deregistration_delay.timeout_seconds', Value: '45' }]),
  });
});

test.each([
  { metric: 'healthyTargets', metricName: 'HealthyHostCount', statistic: 'Maximum' },
  { metric: 'unhealthyTargets', metricName: 'UnHealthyHostCount', statistic: 'Maximum' },
  { metric: 'connectionErrors', metricName: 'TargetConnectionErrorCount', statistic: 'Sum' },
  { metric: 'loadBalancer5xx', metricName: 'HTTPCode_ELB_5XX_Count', statistic: 'Sum' },
  { metric: 'application5xx', metricName: 'HTTPCode_Target_5XX_Count', statistic: 'Sum' },
] as const)('$metric is the $statistic of $metricName', ({ metric, metricName, statistic }) => {
  // Each zone counts its own targets: an average would hide one sick target, and one healthy target is enough.
  expect(secure.loadBalancer.metrics[metric]).toMatchObject({ metricName, statistic });
});
