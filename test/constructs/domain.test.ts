import { Match, Template } from 'aws-cdk-lib/assertions';
import { ApplicationLoadBalancer } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Domain } from '../../lib/constructs/domain';
import { importVpc, newStack } from '../support/construct';

function build(domainName: string): Template {
  const stack = newStack();
  const loadBalancer = new ApplicationLoadBalancer(stack, 'LoadBalancer', { vpc: importVpc(stack) });
  new Domain(stack, 'Domain', {
    domainName,
    hostedZoneName: 'example.com',
    hostedZoneId: 'Z0123456789EXAMPLE00',
    loadBalancer,
  });
  return Template.fromStack(stack);
}

test.each([
  { title: 'below its zone', domainName: 'test.example.com' },
  { title: 'at the zone’s own name', domainName: 'example.com' },
])('a domain $title has its record and proves its certificate in that zone', ({ domainName }) => {
  // In another zone nobody finds the record, and the deploy waits for the certificate in vain.
  const template = build(domainName);
  template.hasResourceProperties('AWS::Route53::RecordSet', {
    Name: `${domainName}.`,
    HostedZoneId: 'Z0123456789EXAMPLE00',
  });
  template.hasResourceProperties('AWS::CertificateManager::Certificate', {
    DomainName: domainName,
    DomainValidationOptions: Match.arrayWith([{ DomainName: domainName, HostedZoneId: 'Z0123456789EXAMPLE00' }]),
  });
});
