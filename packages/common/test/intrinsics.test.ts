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

describe('a function is evaluated', () => {
  test.each([
    { title: 'Fn::GetAtt with a list', value: { 'Fn::GetAtt': ['Bucket', 'Arn'] }, result: 'files.Arn' },
    { title: 'Fn::GetAtt with a text', value: { 'Fn::GetAtt': 'Bucket.Arn' }, result: 'files.Arn' },
    { title: 'Fn::Join', value: { 'Fn::Join': [':', ['a', { Ref: 'Bucket' }, 1]] }, result: 'a:files:1' },
    {
      title: 'Fn::Sub',
      value: { 'Fn::Sub': 's3://${Bucket}/${Bucket.Arn}/${!Literal}' },
      result: 's3://files/files.Arn/${Literal}',
    },
    {
      title: 'Fn::Sub with variables of its own',
      value: { 'Fn::Sub': ['${Own}-${Bucket}', { Own: { Ref: 'Tag' } }] },
      result: 'v1-files',
    },
    {
      title: 'Fn::Select of Fn::Split',
      value: { 'Fn::Select': [1, { 'Fn::Split': ['-', { Ref: 'AWS::Region' }] }] },
      result: 'northeast',
    },
    { title: 'Fn::FindInMap', value: { 'Fn::FindInMap': ['Sizes', 'small', 'Cpu'] }, result: 256 },
    { title: 'Fn::If', value: { 'Fn::If': ['HasTag', 'yes', 'no'] }, result: 'yes' },
    {
      title: 'Fn::If whose condition holds although a part of it is unknown',
      value: { 'Fn::If': ['Either', 'yes', 'no'] },
      result: 'yes',
    },
    {
      title: 'AWS::NoValue, in an object and in a list',
      value: [{ a: 1, b: { Ref: 'AWS::NoValue' } }, { Ref: 'AWS::NoValue' }],
      result: [{ a: 1 }],
    },
  ])('$title', ({ value, result }) => {
    expect(intrinsics.resolve(value)).toEqual(result);
  });
});

describe('a function stays if its result is unknown', () => {
  test.each([
    { title: 'Fn::Sub with an unknown name', value: { 'Fn::Sub': 'a ${Other}' } },
    { title: 'Fn::If with an unknown condition', value: { 'Fn::If': ['Unknown', 1, 2] } },
    { title: 'Fn::If with a condition of which a part is unknown', value: { 'Fn::If': ['Both', 1, 2] } },
    { title: 'Fn::If with a condition that refers to itself', value: { 'Fn::If': ['Loop', 1, 2] } },
    { title: 'Fn::FindInMap without an entry', value: { 'Fn::FindInMap': ['Sizes', 'large', 'Cpu'] } },
    { title: 'Fn::ImportValue', value: { 'Fn::ImportValue': 'x' } },
  ])('$title', ({ value }) => {
    expect(intrinsics.resolve(value)).toEqual(value);
  });
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
