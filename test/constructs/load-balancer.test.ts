import { Part } from '../../lib/contract';
import { messages } from '../support/assembly';
import { deployed } from '../support/deployed';
import { testEnvironments } from '../support/environments';

test('prod says once, as an info, that its redirect is unreachable, since port 80 is closed by the guide; others say nothing', () => {
  const said = (['prod', 'testopen', 'dev'] as const).flatMap((environment) =>
    messages(environment)
      .filter(({ text }) => text.startsWith('Port 80 redirects to HTTPS'))
      .map(({ level }) => [environment, level]),
  );
  expect(said).toEqual([['prod', 'info']]);
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
