import { allows, type Policy, type Request } from '../support/policy';

const ROLE = 'arn:aws:iam::123456789012:role/web';
const FILE = 'arn:aws:s3:::files/a.txt';
const READ: Request = { action: 's3:GetObject', resource: FILE };

const policy = (statement: object): Policy => ({ Statement: { Effect: 'Allow', ...statement } as never });
const reading = (statement: object) => policy({ Action: 's3:GetObject', Resource: FILE, ...statement });
const asked = (own: Policy[], theirs?: Policy, request = READ, who = ROLE) => allows(who, request, own, theirs);

describe('AWS decides', () => {
  it.each<[string, boolean, Record<string, unknown>]>([
    ['what a policy allows', true, { Action: 's3:GetObject', Resource: FILE }],
    ['nothing without one that allows', false, { Action: 's3:PutObject', Resource: FILE }],
    ['in either case of an action', true, { Action: 'S3:getobject', Resource: FILE }],
    ['in one case of a resource', false, { Action: 's3:GetObject', Resource: FILE.toUpperCase() }],
    ['by wildcards', true, { Action: 's3:Get*', Resource: 'arn:aws:s3:::*/?.txt' }],
    ['a dot as a dot', false, { Action: 's3:GetObject', Resource: FILE.replace('a', '.') }],
    ['by all but', true, { NotAction: 's3:Put*', Resource: FILE }],
    ['by all but this', false, { NotAction: ['s3:Get*'], Resource: FILE }],
    ['by all resources but this', false, { Action: 's3:GetObject', NotResource: 'arn:aws:s3:::files/*' }],
  ])('%s', (_, allowed, statement) => {
    expect(asked([policy(statement)])).toBe(allowed);
  });

  it('no where anything denies, whoever allows', () => {
    const deny = reading({ Effect: 'Deny' });
    expect(asked([reading({}), deny])).toBe(false);
    expect(asked([reading({})], reading({ Effect: 'Deny', Principal: '*' }))).toBe(false);
    expect(asked([deny], reading({ Principal: { AWS: ROLE } }))).toBe(false);
  });

  it('by conditions, all of them, of which any value is enough', () => {
    const one = { StringEquals: { 'aws:Tag': ['a', 'b'] }, Bool: { 'aws:SecureTransport': true } };
    const with_ = (context: Record<string, string>) =>
      asked([reading({ Condition: one })], undefined, { ...READ, context });
    expect(with_({ 'AWS:tag': 'b', 'aws:SecureTransport': 'true' })).toBe(true);
    expect(with_({ 'aws:Tag': 'c', 'aws:SecureTransport': 'true' })).toBe(false);
    expect(with_({ 'aws:Tag': 'a', 'aws:SecureTransport': 'false' })).toBe(false);
    expect(with_({ 'aws:Tag': 'a' })).toBe(false);
  });

  it.each<[string, string | undefined, boolean]>([
    ['StringEquals', 'x', true],
    ['StringEquals', 'X', false],
    ['StringEqualsIgnoreCase', 'X', true],
    ['StringNotEquals', 'x', false],
    ['StringNotEquals', undefined, true],
    ['StringLike', 'xx', false],
    ['StringEqualsIfExists', undefined, true],
    ['StringEquals', undefined, false],
  ])('by %s on %s', (operator, value, allowed) => {
    const context: Record<string, string> = value === undefined ? {} : { key: value };
    expect(asked([reading({ Condition: { [operator]: { key: 'x' } } })], undefined, { ...READ, context })).toBe(
      allowed,
    );
  });

  it('by a resource’s policy that names the principal; one that names the account leaves it to the principal’s own', () => {
    const naming = (Principal: unknown) => policy({ Action: 's3:GetObject', Resource: FILE, Principal });
    expect(asked([], naming({ AWS: ROLE }))).toBe(true);
    expect(asked([], naming({ AWS: 'arn:aws:iam::123456789012:root' }))).toBe(false);
    expect(asked([], naming({ AWS: 'arn:aws:iam::123456789012:role/other' }))).toBe(false);
    expect(asked([], naming({ Service: ROLE }))).toBe(false);
    expect(asked([], naming({ Service: 'ecs.amazonaws.com' }), READ, 'ecs.amazonaws.com')).toBe(true);
  });

  it('that a role is taken only where its trust policy says so', () => {
    const take: Request = { action: 'sts:AssumeRole', resource: ROLE };
    const anything = policy({ Action: '*', Resource: '*' });
    const trust = (Principal: unknown) => policy({ Action: 'sts:AssumeRole', Principal });
    const mallory = 'arn:aws:iam::123456789012:user/mallory';
    expect(asked([anything], trust({ Service: 'ecs.amazonaws.com' }), take, mallory)).toBe(false);
    expect(asked([anything], trust({ AWS: '123456789012' }), take, mallory)).toBe(true);
    expect(asked([], trust({ AWS: '123456789012' }), take, mallory)).toBe(false);
  });

  it('what is not known here is refused, not guessed', () => {
    expect(() => asked([reading({ Condition: { DateLessThan: { key: 'x' } } })])).toThrow('DateLessThan');
    expect(() => asked([reading({ NotPrincipal: '*' })])).toThrow('NotPrincipal');
    expect(() => asked([reading({ Resource: 'arn:aws:s3:::${aws:username}' })])).toThrow('Policy variables');
  });
});
