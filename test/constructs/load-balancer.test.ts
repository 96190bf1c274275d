import { Part } from '../../lib/contract';
import { messages } from '../support/assembly';
import { deployed } from '../support/deployed';
import { testEnvironments } from '../support/environments';

test.each([
  { environment: 'prod', says: 'once, as an info, since the guide closes port 80', levels: ['info'] },
  { environment: 'testopen', says: 'never, since port 80 is open', levels: [] },
  { environment: 'dev', says: 'never, since port 80 redirects to nothing', levels: [] },
] as const)('$environment says that its redirect is unreachable: $says', ({ environment, levels }) => {
  const onRedirect = messages(environment).filter(({ text }) => text.startsWith('Port 80 redirects to HTTPS'));
  expect(onRedirect.map(({ level }) => level)).toEqual(levels);
});

test('the redirect is permanent', () => {
  const path = 'DefaultActions.0.RedirectConfig.StatusCode';
  expect(deployed('prod').partAt(Part.httpListener, path)).toBe('HTTP_301');
});

test('headers that are no headers are dropped: they are how requests are smuggled past a proxy', () => {
  const attributes = deployed('prod').partAt(Part.loadBalancer, 'LoadBalancerAttributes');
  expect(attributes).toContainEqual({ Key: 'routing.http.drop_invalid_header_fields.enabled', Value: 'true' });
});

test.each(['prod', 'testopen'] as const)(
  '%s answers under its domain, below its zone or at the zone’s own name, with a certificate that its zone proves',
  (name) => {
    const { domainName = '', hostedZoneId } = testEnvironments[name].loadBalancer.domain ?? {};
    const stack = deployed(name);
    const alias = stack.part(Part.domainRecord).properties;
    expect(alias).toMatchObject({ Name: `${domainName}.`, HostedZoneId: hostedZoneId });
    expect(stack.partAt(Part.certificate, 'DomainValidationOptions')).toEqual([
      { DomainName: domainName, HostedZoneId: hostedZoneId },
    ]);
  },
);
