import { at, Deployed } from './deployed';

const Resources = { Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'files' } } };

test('what the tests cannot evaluate is an error, not a value that compares equal by chance', () => {
  const stack = new Deployed({ Resources });
  expect(() => stack.resolve({ 'Fn::ImportValue': 'x' })).toThrow('Fn::ImportValue is not known to the tests');
  expect(() => stack.resolve({ Ref: 'Gone' })).toThrow('No resource Gone');
  expect(() => stack.one('AWS::S3::Bucket', 'other')).toThrow('there: files');
});

test('a condition follows its parameter, and AWS::NoValue leaves the property out', () => {
  const Conditions = { HasTag: { 'Fn::Not': [{ 'Fn::Equals': [{ Ref: 'Tag' }, ''] }] } };
  const template = { Resources, Conditions, Parameters: { Tag: { Type: 'String', Default: '' } } };
  const value = { Count: { 'Fn::If': ['HasTag', { Ref: 'AWS::NoValue' }, 0] } };
  expect(new Deployed(template).resolve(value)).toEqual({ Count: 0 });
  expect(new Deployed(template, { Tag: 'v1' }).resolve(value)).toEqual({});
});

test('a named thing in a list, and JSON in a string, are read by path', () => {
  expect(at({ Tags: [{ Key: 'Name', Value: 'vpc' }] }, 'Tags.Name.Value')).toBe('vpc');
  expect(at({ Input: '{"DesiredCount":1}' }, 'Input.DesiredCount')).toBe(1);
});
