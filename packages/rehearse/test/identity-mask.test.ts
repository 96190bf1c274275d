import { homedir } from 'node:os';
import { maskIdentities } from '../src/identity-mask';

/** A text of AWS, and how the report has it. */
interface MaskedText {
  readonly title: string;
  readonly text: string;
  readonly masked: string;
}

const MASKED: readonly MaskedText[] = [
  {
    title:
      'the account in an ARN, and the session of an assumed role, which is a mail address with IAM Identity Center',
    text: 'User: arn:aws:sts::123456789012:assumed-role/Admin/ann@example.com is not authorized to perform: ecs:RunTask',
    masked: 'User: arn:aws:sts::(account):assumed-role/Admin/(session) is not authorized to perform: ecs:RunTask',
  },
  {
    title: 'a session at the end of a clause, whose comma stays',
    text: 'assumed by arn:aws:sts::123456789012:assumed-role/ci/rehearsal-42, which expired.',
    masked: 'assumed by arn:aws:sts::(account):assumed-role/ci/(session), which expired.',
  },
  {
    title: 'a session behind the id of a role',
    text: '"UserId": "AROAEXAMPLEEXAMPLE123:ann"',
    masked: '"UserId": "AROAEXAMPLEEXAMPLE123:(session)"',
  },
  {
    title: 'a user of IAM',
    text: 'arn:aws:iam::123456789012:user/operators/ann may not iam:PassRole on arn:aws:iam::123456789012:role/prooflink',
    masked: 'arn:aws:iam::(account):user/(user) may not iam:PassRole on arn:aws:iam::(account):role/prooflink',
  },
  {
    title: 'the account in names of buckets and registries',
    text: 'prooflink-rehearsal-files-123456789012 123456789012.dkr.ecr.ap-northeast-1.amazonaws.com/prooflink:v1',
    masked: 'prooflink-rehearsal-files-(account) (account).dkr.ecr.ap-northeast-1.amazonaws.com/prooflink:v1',
  },
  {
    title: 'an account as the console writes it',
    text: 'signed in to 1234-5678-9012',
    masked: 'signed in to (account)',
  },
  {
    title: 'a mail address',
    text: 'Subscription of ann.smith+alarms@mail.example.co.jp is pending',
    masked: 'Subscription of (mail address) is pending',
  },
  {
    title: 'IPv4 addresses, with a port, with a range, at the end of a sentence',
    text: 'from 203.0.113.7:443 to 10.0.1.0/24, then 198.51.100.9.',
    masked: 'from (IP address):443 to (IP address)/24, then (IP address).',
  },
  {
    title: 'IPv6 addresses',
    text: 'connect ECONNREFUSED 2001:db8::1 or ::1, fe80:0:0:0:1:2:3:4.',
    masked: 'connect ECONNREFUSED (IP address) or (IP address), (IP address).',
  },
  {
    title: 'the address in the name of a network interface',
    text: 'ip-10-0-1-23.ap-northeast-1.compute.internal',
    masked: 'ip-(IP address).ap-northeast-1.compute.internal',
  },
  {
    title: 'a line with a secret, as everywhere',
    text: 'reason\nDATABASE_URL=postgres://prooflink:hunter22222@db/prooflink',
    masked: 'reason\nD (hidden value 1)',
  },
];

test.each(MASKED)('masks $title', ({ text, masked }) => {
  expect(maskIdentities(text)).toBe(masked);
});

test('masks the home folder of the machine, whose name is that of a user', () => {
  expect(maskIdentities(`${homedir()}/users.csv: 2 rows`)).toBe('~/users.csv: 2 rows');
});

const VERBATIM = [
  { title: 'types of CloudFormation', text: 'AWS::EC2::VPC AWS::RDS::DBInstance Custom::S3AutoDeleteObjects' },
  { title: 'versions', text: 'PostgreSQL 15.14, aws-cdk@2.1148.1, Node v20.20.2' },
  { title: 'digests of images', text: `prooflink@sha256:${'01234567abcdef89'.repeat(4)}` },
  { title: 'times', text: '2026-11-29T03:45:10.123Z, 12:34:56' },
  {
    title: 'ids of requests',
    text: '(Service: Rds, Status Code: 400, Request ID: 1a2b3c4d-1111-2222-3333-44445555666a)',
  },
  { title: 'a wait in milliseconds since 1970', text: '1795930000123' },
];

test.each(VERBATIM)('leaves $title word by word', ({ text }) => {
  expect(maskIdentities(text)).toBe(text);
});
