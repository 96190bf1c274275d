import { homedir } from 'node:os';
import { maskIdentities } from '../src/identity-mask';

const MASKED = [
  {
    title: 'the account in an ARN, and the session of an assumed role, which may be a mail address',
    text: 'arn:aws:sts::123456789012:assumed-role/Admin/ann@example.com, which expired.',
    masked: 'arn:aws:sts::(account):assumed-role/Admin/(session), which expired.',
  },
  {
    title: 'a user of IAM',
    text: 'arn:aws:iam::123456789012:user/operators/ann may not',
    masked: 'arn:aws:iam::(account):user/(user) may not',
  },
  { title: 'the account in names of buckets', text: 'files-123456789012', masked: 'files-(account)' },
  { title: 'a mail address', text: 'of ann.smith+alarms@mail.example.co.jp', masked: 'of (mail address)' },
  { title: 'IPv4 addresses', text: '203.0.113.7:443 10.0.1.0/24.', masked: '(IP address):443 (IP address)/24.' },
  { title: 'IPv6 addresses', text: '2001:db8::1 or ::1.', masked: '(IP address) or (IP address).' },
  { title: 'a secret', text: 'DATABASE_URL=postgres://prooflink:hunter22222@db/p', masked: 'D (hidden value 1)' },
  { title: 'the home folder, whose name is that of a user', text: `${homedir()}/users.csv`, masked: '~/users.csv' },
];

test.each(MASKED)('masks $title', ({ text, masked }) => {
  expect(maskIdentities(text)).toBe(masked);
});

test('leaves types, versions, digests, times and ids of requests word by word', () => {
  const text =
    `AWS::EC2::VPC, PostgreSQL 15.14, aws-cdk@2.1148.1, sha256:${'01234567abcdef89'.repeat(4)}, 2026-11-29T03:45:10.123Z, ` +
    'Request ID: 1a2b3c4d-1111-2222-3333-44445555666a, 1795930000123';
  expect(maskIdentities(text)).toBe(text);
});
