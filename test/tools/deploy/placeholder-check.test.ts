import { dev, prod } from '../../../lib/config';
import type { EnvironmentConfig } from '../../../lib/config/environment';
import { runPlaceholderCheck } from '../../../tools/deploy/placeholder-check';

it('prod is not deployed with the guide’s examples, each named with its file', () => {
  if (!prod.loadBalancer.domain || !prod.alarms) throw new Error('prod has neither domain nor alarms');
  const names = { domainName: 'prooflink.example.com', hostedZoneName: 'example.com', hostedZoneId: 'Z0EXAMPLE' };
  const domain = { ...prod.loadBalancer.domain, ...names };
  const alarms = { ...prod.alarms, email: 'ops@example.com' };
  const example: EnvironmentConfig = { ...prod, alarms, loadBalancer: { ...prod.loadBalancer, domain } };
  expect(runPlaceholderCheck('prod', example)).toEqual({
    exitCode: 1,
    stdout: '',
    stderr:
      'lib/config/prod.ts still has examples; write your own values instead:\n' +
      '  loadBalancer.domain.domainName: prooflink.example.com\n' +
      '  loadBalancer.domain.hostedZoneName: example.com\n' +
      '  loadBalancer.domain.hostedZoneId: Z0EXAMPLE\n' +
      '  alarms.email: ops@example.com\n',
  });
});

it('dev, which has no domain, is', () => {
  expect(runPlaceholderCheck('dev', dev)).toEqual({ exitCode: 0, stdout: 'dev has no placeholder.\n', stderr: '' });
});
