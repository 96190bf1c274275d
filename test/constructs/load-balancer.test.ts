import { testEnvironments } from '../support/environments';
import { messages } from '../support/assembly';
import { at, deployed } from '../support/deployed';

const saysUnreachable = (environment: 'dev' | 'prod' | 'testopen') =>
  messages(environment).filter(({ text }) => text.startsWith('Port 80 redirects to HTTPS'));

test('prod says once, as an info, that nobody reaches its redirect: port 80 is closed by the guide', () => {
  expect(saysUnreachable('prod').map(({ level }) => level)).toEqual(['info']);
});

test('it says nothing where port 80 is open, or where there is no redirect', () => {
  expect([...saysUnreachable('testopen'), ...saysUnreachable('dev')]).toEqual([]);
});

test('the redirect is permanent', () => {
  const listener = deployed('prod').one('AWS::ElasticLoadBalancingV2::Listener', 'LoadBalancer/Resource/Http');
  expect(at(listener.properties, 'DefaultActions.0.RedirectConfig.StatusCode')).toBe('HTTP_301');
});

test('headers that are no headers are dropped: they are how requests are smuggled past a proxy', () => {
  const { properties } = deployed('prod').one('AWS::ElasticLoadBalancingV2::LoadBalancer');
  const attribute = (properties['LoadBalancerAttributes'] as { Key: string; Value: string }[]).find(
    ({ Key }) => Key === 'routing.http.drop_invalid_header_fields.enabled',
  );
  expect(attribute?.Value).toBe('true');
});

test.each(['prod', 'testopen'] as const)(
  '%s answers under its domain, below its zone or at the zone’s own name, with a certificate that its zone proves',
  (name) => {
    const { domainName, hostedZoneId } = testEnvironments[name].loadBalancer.domain ?? {};
    const stack = deployed(name);
    expect(stack.one('AWS::Route53::RecordSet').properties).toMatchObject({
      Name: `${domainName ?? ''}.`,
      HostedZoneId: hostedZoneId,
    });
    expect(stack.one('AWS::CertificateManager::Certificate').properties['DomainValidationOptions']).toEqual([
      { DomainName: domainName, HostedZoneId: hostedZoneId },
    ]);
  },
);
