import { type EvaluationResult, IAM } from '@aws-sdk/client-iam';
import { Account } from './support/account';

/** Evaluation of policies, asked by the policy simulator: each rule is one of IAM's user guide. */
const account = Account.shared();
const iam = new IAM(account.client);

type Elements = Readonly<Record<string, unknown>>;
type Keys = Readonly<Record<string, string | readonly string[]>>;

const ROLE = 'arn:aws:iam::123456789012:role/app';
const PHOTO = 'arn:aws:s3:::photos/cat.jpg';
const ALLOW = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' };
const DENY = { ...ALLOW, Effect: 'Deny' };
const EVERYTHING = { ...ALLOW, Action: '*' };
/** A permission of everything but S3's. */
const QUEUES = { ...ALLOW, Action: 'sqs:*' };

const documentOf = (statements: readonly Elements[]) =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements });

interface Simulated {
  readonly identity?: readonly Elements[];
  readonly boundary?: readonly Elements[];
  readonly resource?: readonly Elements[];
  readonly keys?: Keys;
  readonly on?: readonly string[];
}

/** Simulates `s3:GetObject` of a role that has no other policies. */
async function simulate({ identity = [], boundary, resource, keys = {}, on = [PHOTO] }: Simulated) {
  const { EvaluationResults: [result] = [] } = await iam.simulatePrincipalPolicy({
    PolicySourceArn: ROLE,
    PolicyInputList: [documentOf(identity)],
    PermissionsBoundaryPolicyInputList: boundary && [documentOf(boundary)],
    ResourcePolicy: resource && documentOf(resource),
    ActionNames: ['s3:GetObject'],
    ResourceArns: [...on],
    ContextEntries: Object.entries(keys).map(([name, values]) => ({
      ContextKeyName: name,
      ContextKeyType: 'stringList',
      ContextKeyValues: [values].flat(),
    })),
  });
  return result as EvaluationResult;
}

const decisionOf = async (simulated: Simulated) => (await simulate(simulated)).EvalDecision;

beforeAll(async () => {
  await iam.createRole({ RoleName: 'app', AssumeRolePolicyDocument: documentOf([]) });
});

describe('a statement', () => {
  const unlessWeb = { StringNotEquals: { 'aws:PrincipalTag/team': 'web' } };

  it.each([
    ['an action matches in any case, and by wildcards', [{ ...ALLOW, Action: 'S3:get?bject' }], 'allowed'],
    ['a resource does not match in another case', [{ ...ALLOW, Resource: 'arn:aws:s3:::Photos/*' }], 'implicitDeny'],
    ['NotAction is none of its own', [{ Effect: 'Allow', NotAction: 's3:Get*', Resource: '*' }], 'implicitDeny'],
    ['a Deny wins', [DENY, ALLOW], 'explicitDeny'],
    [
      'a Deny has no effect while its condition is not met',
      [{ ...DENY, Condition: { Bool: { a: 'true' } } }, ALLOW],
      'allowed',
    ],
    ['a Deny by a negated condition needs no key', [{ ...DENY, Condition: unlessWeb }, ALLOW], 'explicitDeny'],
  ])('%s', async (_, identity, decision) => {
    expect(await decisionOf({ identity })).toBe(decision);
  });
});

describe('a condition', () => {
  it.each([
    ['StringEquals', 'a*', 'ab', false],
    ['StringEquals', 'a', undefined, false],
    ['StringEqualsIfExists', 'a', undefined, true],
    ['StringLike', 'a*', 'ab', true],
    ['NumericLessThanEquals', 10, '10', true],
    ['Bool', 'true', undefined, false],
    ['Null', 'true', undefined, true],
    ['IpAddress', ['192.0.2.0/24', '2001:db8::/32'], '192.0.2.9', true],
    ['NotIpAddress', '192.0.2.0/24', '192.0.2.9', false],
    ['ArnEquals', 'arn:aws:sns:*:1:alarms', 'arn:aws:sns:eu-west-1:1:alarms', true],
    ['ArnLike', 'arn:aws:sns:*:alarms', 'arn:aws:sns:eu-west-1:1:alarms', false],
    ['ForAllValues:StringEquals', ['a', 'b'], ['a', 'c'], false],
    ['ForAllValues:StringEquals', 'a', undefined, true],
    ['ForAnyValue:StringEquals', ['a', 'b'], ['a', 'c'], true],
  ])('%s %j is met by %j: %s', async (operator, expected, value, met) => {
    const Condition = { [operator]: { 'Some:Key': expected } };
    const keys: Keys = value === undefined ? {} : { 'some:key': value };
    expect(await decisionOf({ identity: [{ ...ALLOW, Condition }], keys })).toBe(met ? 'allowed' : 'implicitDeny');
  });

  it('is met with all of its operators and keys', async () => {
    const Condition = { StringEquals: { prefix: 'a', delimiter: '/' }, Bool: { secure: 'true' } };
    const identity = [{ ...ALLOW, Condition }];
    const keys = { prefix: 'a', delimiter: '/', secure: 'true' };
    expect(await decisionOf({ identity, keys })).toBe('allowed');
    expect(await decisionOf({ identity, keys: { ...keys, delimiter: '-' } })).toBe('implicitDeny');
    expect(await decisionOf({ identity, keys: { ...keys, secure: 'false' } })).toBe('implicitDeny');
  });
});

describe('a boundary', () => {
  it.each([
    ['allows nothing by itself', [], [ALLOW], 'implicitDeny', true],
    ['has to allow, too', [ALLOW], [QUEUES], 'implicitDeny', false],
    ['may deny', [ALLOW], [ALLOW, DENY], 'explicitDeny', false],
  ])('%s', async (_, identity, boundary, EvalDecision, AllowedByPermissionsBoundary) => {
    const PermissionsBoundaryDecisionDetail = { AllowedByPermissionsBoundary };
    expect(await simulate({ identity, boundary })).toMatchObject({
      EvalDecision,
      PermissionsBoundaryDecisionDetail,
      ResourceSpecificResults: [{ EvalResourceDecision: EvalDecision, PermissionsBoundaryDecisionDetail }],
    });
  });

  it('is that of the role, unless the simulation has another one', async () => {
    const { Policy } = await iam.createPolicy({ PolicyName: 'limit', PolicyDocument: documentOf([QUEUES]) });
    await iam.putRolePermissionsBoundary({ RoleName: 'app', PermissionsBoundary: Policy?.Arn });
    expect(await decisionOf({ identity: [ALLOW] })).toBe('implicitDeny');
    await iam.deleteRolePermissionsBoundary({ RoleName: 'app' });
    expect(await decisionOf({ identity: [ALLOW] })).toBe('allowed');
  });
});

describe('an organization', () => {
  const region = { StringNotEquals: { 'aws:RequestedRegion': 'ap-northeast-1' } };
  const lock = { Effect: 'Deny', NotAction: 'iam:*', Resource: '*', Condition: region };

  afterEach(() => {
    account.aws.organizationPolicies();
  });

  it.each([
    ['in its region', { 'aws:RequestedRegion': 'ap-northeast-1' }, 'allowed'],
    ['in another one', { 'aws:RequestedRegion': 'us-east-1' }, 'explicitDeny'],
    // AWS denies, and names no missing key (aws-cli 10525).
    ['without a region', {}, 'explicitDeny'],
  ])('with a region lock: %s', async (_, keys, decision) => {
    account.aws.organizationPolicies({ Statement: EVERYTHING }, { Statement: [lock] });
    expect(await simulate({ identity: [EVERYTHING], keys })).toMatchObject({
      EvalDecision: decision,
      OrganizationsDecisionDetail: { AllowedByOrganizations: decision === 'allowed' },
      MissingContextValues: [],
    });
  });

  it('has to allow an action, and allows nothing by itself', async () => {
    account.aws.organizationPolicies({ Statement: QUEUES });
    expect(await decisionOf({ identity: [ALLOW] })).toBe('implicitDeny');
    account.aws.organizationPolicies({ Statement: EVERYTHING });
    expect(await decisionOf({})).toBe('implicitDeny');
  });
});

describe('a resource’s policy', () => {
  const ROOT = 'arn:aws:iam::123456789012:root';
  it.each([
    ['that names the role allows what no policy of the role does', { AWS: ROLE }, 'allowed'],
    ['that names the account leaves it to the role’s policies', { AWS: ROOT }, 'implicitDeny'],
    ['that names another role has no effect', { AWS: `${ROLE}2` }, 'implicitDeny'],
    ['that names a service has no effect', { Service: 's3.amazonaws.com' }, 'implicitDeny'],
  ])('%s', async (_, Principal, decision) => {
    expect(await decisionOf({ resource: [{ ...ALLOW, Principal }] })).toBe(decision);
  });

  it('that denies the account denies each role', async () => {
    const resource = [{ ...DENY, Principal: { AWS: ROOT } }];
    expect(await decisionOf({ identity: [ALLOW], resource })).toBe('explicitDeny');
  });

  it('is limited by the boundary', async () => {
    const resource = [{ ...ALLOW, Principal: { AWS: ROLE } }];
    expect(await decisionOf({ resource, boundary: [QUEUES] })).toBe('implicitDeny');
  });
});

describe('a result', () => {
  it('is one for each action, the strictest of its resources, beside that of each resource', async () => {
    const letter = 'arn:aws:s3:::letters/a';
    const result = await simulate({ identity: [{ ...ALLOW, Resource: PHOTO }], on: [PHOTO, letter] });
    expect(result).toMatchObject({
      EvalDecision: 'implicitDeny',
      ResourceSpecificResults: [
        { EvalResourceName: PHOTO, EvalResourceDecision: 'allowed' },
        { EvalResourceName: letter, EvalResourceDecision: 'implicitDeny' },
      ],
    });
  });

  it('names the keys that the simulation lacks, of any statement: with them, the answer may be another one', async () => {
    const Condition = { StringEquals: { team: 'web', prefix: 'a' } };
    const identity = [
      { ...ALLOW, Condition },
      { ...QUEUES, Condition: { Null: { owner: 'true' } } },
    ];
    const MissingContextValues = ['owner', 'team'];
    expect(await simulate({ identity, keys: { prefix: 'a' } })).toMatchObject({
      MissingContextValues,
      ResourceSpecificResults: [{ MissingContextValues }],
    });
  });
});
