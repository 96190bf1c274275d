import { Intrinsics } from '../src/intrinsics';

const template = {
  Mappings: { Sizes: { small: { Cpu: 256 } } },
  Conditions: {
    HasTag: { 'Fn::Not': [{ 'Fn::Equals': [{ Ref: 'Tag' }, ''] }] },
    Unknown: { 'Fn::Equals': [{ Ref: 'Other' }, 'x'] },
    Both: { 'Fn::And': [{ Condition: 'HasTag' }, { Condition: 'Unknown' }] },
    Either: { 'Fn::Or': [{ Condition: 'HasTag' }, { Condition: 'Unknown' }] },
    Loop: { 'Fn::Not': [{ Condition: 'Loop' }] },
  },
};
const names: Record<string, string> = { Tag: 'v1', Bucket: 'files', 'AWS::Region': 'ap-northeast-1' };
const intrinsics = new Intrinsics(template, {
  ref: (name) => names[name],
  attribute: (id, attribute) => (names[id] === undefined ? undefined : `${names[id]}.${attribute}`),
});

test.each([
  [{ Ref: 'Bucket' }, 'files'],
  [{ 'Fn::GetAtt': ['Bucket', 'Arn'] }, 'files.Arn'],
  [{ 'Fn::GetAtt': 'Bucket.Arn' }, 'files.Arn'],
  [{ 'Fn::Join': [':', ['a', { Ref: 'Bucket' }, 1]] }, 'a:files:1'],
  [{ 'Fn::Sub': 's3://${Bucket}/${Bucket.Arn}/${!Literal}' }, 's3://files/files.Arn/${Literal}'],
  [{ 'Fn::Sub': ['${Own}-${Bucket}', { Own: { Ref: 'Tag' } }] }, 'v1-files'],
  [{ 'Fn::Select': [1, { 'Fn::Split': ['-', { Ref: 'AWS::Region' }] }] }, 'northeast'],
  [{ 'Fn::FindInMap': ['Sizes', 'small', 'Cpu'] }, 256],
  [{ 'Fn::If': ['HasTag', 'yes', 'no'] }, 'yes'],
  [{ 'Fn::If': ['Either', 'yes', 'no'] }, 'yes'],
  [[{ a: 1, b: { Ref: 'AWS::NoValue' } }, { Ref: 'AWS::NoValue' }], [{ a: 1 }]],
])('%j is evaluated', (value, expected) => {
  expect(intrinsics.resolve(value)).toEqual(expected);
});

test.each([
  [{ Ref: 'Other' }],
  [{ 'Fn::GetAtt': ['Other', 'Arn'] }],
  [{ 'Fn::Join': ['', ['a', { Ref: 'Other' }]] }],
  [{ 'Fn::Sub': 'a ${Other}' }],
  [{ 'Fn::If': ['Unknown', 1, 2] }],
  [{ 'Fn::If': ['Both', 1, 2] }],
  [{ 'Fn::If': ['Loop', 1, 2] }],
  [{ 'Fn::If': ['Missing', 1, 2] }],
  [{ 'Fn::FindInMap': ['Sizes', 'large', 'Cpu'] }],
  [{ 'Fn::ImportValue': 'x' }],
])('%j stays as it is: what it needs is not known', (value) => {
  expect(intrinsics.resolve(value)).toEqual(value);
});

test('within a function that stays, what is known is evaluated', () => {
  const value = { 'Fn::Join': ['', [{ Ref: 'Bucket' }, { Ref: 'Other' }]] };
  expect(intrinsics.resolve(value)).toEqual({ 'Fn::Join': ['', ['files', { Ref: 'Other' }]] });
});

test('a parameter may mean something else within conditions', () => {
  const refInCondition = () => 'given';
  const value = { Image: { Ref: 'Tag' }, Count: { 'Fn::If': ['HasTag', 1, 0] } };
  expect(new Intrinsics(template, { refInCondition }).resolve(value)).toEqual({ Image: { Ref: 'Tag' }, Count: 1 });
});
