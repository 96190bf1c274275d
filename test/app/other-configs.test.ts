import { Annotations, Match } from 'aws-cdk-lib/assertions';
import type { LoadBalancer } from '../../lib/constructs/load-balancer';
import { Part } from '../../lib/contract';
import { createStacks } from '../../lib/create-stacks';
import { type Message, messages } from '../support/assembly';
import { withFields } from '../support/config';
import { dev, prod } from '../support/configs';
import { deliveredEnvironments, testDelivery } from '../support/environments';
import { synthesizeOther } from '../support/other-environment';
import { newApp } from '../support/synth';

const ACCOUNT = '123456789012';

describe('dev in Virginia, with an account, ARM64, alarms, and secret settings of its import alone', () => {
  const { assembly, stack, template, deployed } = synthesizeOther(
    withFields(dev, {
      account: ACCOUNT,
      region: 'us-east-1',
      'network.availabilityZones': ['us-east-1a', 'us-east-1b'],
      cpuArchitecture: 'ARM64',
      // Dev's class takes fewer connections than prod's.
      alarms: { ...prod.alarms, databaseConnections: 80 },
      'userImport.settings': { variables: {}, secrets: ['LDAP_BIND_SECRET'] },
    }),
  );

  test('looks nothing up for its account: a synth would fail without credentials', () => {
    expect(stack.environment.account).toBe(ACCOUNT);
    expect(assembly.manifest.missing ?? []).toEqual([]);
    const zones = deployed.all('AWS::EC2::Subnet').map(({ properties }) => properties['AvailabilityZone']);
    expect([...new Set(zones)]).toEqual(['us-east-1a', 'us-east-1b']);
  });

  test('has a bucket whose name is plain text: CloudFormation imports none under a name that it has to work out', () => {
    const { resource } = deployed.part(Part.bucket);
    expect(resource.Properties?.['BucketName']).toBe(`prooflink-other-files-${ACCOUNT}`);
  });

  test('never names Tokyo', () => {
    // Its commands and containers would ask a region without its resources.
    expect(JSON.stringify([template.Resources, template.Outputs])).not.toContain('ap-northeast-1');
    expect(deployed.output('RegistryLogin')).toMatch(/ --region us-east-1 /);
  });

  test('runs its web tasks and its import jobs on the processor of their images', () => {
    // On another one no program in them starts.
    const cpuArchitecture = 'RuntimePlatform.CpuArchitecture';
    expect(deployed.partAt(Part.webTaskDefinition, cpuArchitecture)).toBe('ARM64');
    expect(deployed.partAt(Part.jobDefinition, `ContainerProperties.${cpuArchitecture}`)).toBe('ARM64');
  });

  test('fires no alarm at night because no task is healthy', () => {
    const alarm = 'prooflink-other-no-healthy-target';
    expect(deployed.at('AWS::CloudWatch::Alarm', 'TreatMissingData', alarm)).toBe('notBreaching');
  });

  test('has the secret of the settings, which its jobs alone read', () => {
    const secret = 'ContainerProperties.Secrets.LDAP_BIND_SECRET.ValueFrom';
    expect(deployed.partAt(Part.jobDefinition, secret)).toBe(`${Part.settingsSecret.path}:LDAP_BIND_SECRET::`);
    expect(deployed.partAt(Part.webTaskDefinition, 'ContainerDefinitions.0.Secrets')).toHaveLength(2);
    expect(deployed.output('SettingsSecretArn')).toBe(Part.settingsSecret.path);
  });
});

test.each(['prod', 'testopen', 'dev'] as const)(
  '%s: that port 80 redirects is said where it is closed',
  (environment) => {
    const said = messages(environment).filter(({ text }) => text.startsWith('Port 80 redirects to HTTPS'));
    expect(said).toHaveLength(environment === 'prod' ? 1 : 0);
  },
);

test('a rule that a team adds is one of the listener of HTTPS: the other one redirects each request before it', () => {
  const [stack] = createStacks(newApp(), { other: prod });
  const { listener } = stack?.node.findChild('LoadBalancer') as LoadBalancer;
  expect(listener.node.id).toBe('Https');
});

describe('examples left in a config', () => {
  const examplesIn = (environment: 'dev' | 'prod'): Message[] =>
    messages(environment).filter(({ text }) => text.startsWith('Only examples yet: '));

  test.each(['dev', 'prod'] as const)('%s: each message is an info', (environment) => {
    // CI synthesizes with --strict.
    expect(messages(environment).filter(({ level }) => level !== 'info')).toEqual([]);
  });

  test('dev has none', () => {
    expect(examplesIn('dev')).toEqual([]);
  });

  test('prod’s are listed at each synth, with the file to change', () => {
    // An alarm would be mailed to nobody.
    const [{ text } = { text: '' }, ...others] = examplesIn('prod');
    expect(others).toEqual([]);
    expect(text).toContain('loadBalancer.domain.domainName (prooflink.example.com), ');
    expect(text).toContain(', alarms.email (ops@example.com). Set your own in lib/config/prod.ts');
    expect(text).toContain('alarms.email (ops@example.com)。最初のデプロイの前に、lib/config/prod.ts に');
  });

  test('are a warning in what GitHub deploys', () => {
    // CI and the workflow Deploy synthesize with --strict: a certificate of the guide's domain is never issued.
    const stacks = createStacks(newApp(), deliveredEnvironments, testDelivery);
    jest.spyOn(console, 'error').mockReturnValueOnce();
    for (const stack of stacks.filter(({ stackName }) => stackName === 'ProoflinkProd')) {
      Annotations.fromStack(stack).hasWarning('/ProoflinkProd', Match.stringLikeRegexp('^Only examples yet: '));
    }
    expect(stacks.map(({ stackName }) => stackName)).toContain('ProoflinkProd');
  });
});
