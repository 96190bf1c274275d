import { reviewResource } from './support/assemblies';

const EVERYTHING = { CidrBlock: '0.0.0.0/0', Protocol: -1 };
const HTTPS = { CidrBlock: '0.0.0.0/0', Protocol: 6, PortRange: { From: 443, To: 443 } };

const entry = (fields: object) => ({
  Type: 'AWS::EC2::NetworkAclEntry',
  Properties: {
    NetworkAclId: 'acl-1',
    RuleNumber: 100,
    RuleAction: 'allow',
    CidrBlock: '10.0.0.0/16',
    Protocol: -1,
    ...fields,
  },
});

describe('an entry of a network ACL opens', () => {
  it.each([
    {
      title: 'everything to everyone',
      before: entry({}),
      after: entry(EVERYTHING),
      says: 'The network ACL newly allows every port and protocol from `0.0.0.0/0` (everyone).',
    },
    {
      title: 'where it is added',
      before: undefined,
      after: entry(EVERYTHING),
      says: 'Added. The network ACL newly allows every port and protocol from `0.0.0.0/0` (everyone).',
    },
    {
      title: 'every port after one',
      before: entry(HTTPS),
      after: entry(EVERYTHING),
      says: 'The network ACL newly allows every port and protocol from',
    },
    {
      title: 'one port',
      before: entry({}),
      after: entry(HTTPS),
      says: 'The network ACL newly allows `tcp 443` from `0.0.0.0/0` (everyone).',
    },
    {
      title: 'every address of IPv6',
      before: entry({}),
      after: entry({ CidrBlock: undefined, Ipv6CidrBlock: '::/0' }),
      says: 'The network ACL newly allows every port and protocol from `::/0` (everyone).',
    },
    {
      title: 'the traffic that it denied',
      before: entry({ ...EVERYTHING, RuleAction: 'deny' }),
      after: entry(EVERYTHING),
      says: 'The network ACL newly allows every port and protocol from',
    },
    {
      title: 'outbound traffic',
      before: entry({ Egress: true }),
      after: entry({ ...EVERYTHING, Egress: true }),
      says: 'The network ACL newly allows every port and protocol to `0.0.0.0/0` (anywhere).',
    },
  ])('$title', ({ before, after, says }) => {
    const { stdout } = reviewResource(before, after);
    expect(stdout).toContain('⚠️ **`Thing` (`AWS::EC2::NetworkAclEntry`)**');
    expect(stdout).toContain(says);
  });
});

describe('an entry of a network ACL opens nothing', () => {
  it.each([
    { title: 'with fewer ports', before: entry(EVERYTHING), after: entry(HTTPS) },
    { title: 'with another number', before: entry(EVERYTHING), after: entry({ ...EVERYTHING, RuleNumber: 110 }) },
    { title: 'if it denies', before: entry({}), after: entry({ ...EVERYTHING, RuleAction: 'deny' }) },
    { title: 'for one range', before: entry({}), after: entry({ CidrBlock: '10.1.0.0/16' }) },
  ])('$title', ({ before, after }) => {
    expect(reviewResource(before, after).stdout).not.toContain('newly allows');
  });
});
