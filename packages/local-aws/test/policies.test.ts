import { type EvaluationResult, IAM, type SimulateCustomPolicyCommandInput } from '@aws-sdk/client-iam';
import { Account } from './support/account';

/** Evaluation of policies, asked by the policy simulator: each rule is one of IAM's user guide. */
const account = Account.shared();
const iam = new IAM(account.client);

type Elements = Readonly<Record<string, unknown>>;
type Keys = Readonly<Record<string, string | readonly string[]>>;

const ROLE = 'arn:aws:iam::123456789012:role/app';
const ROOT = 'arn:aws:iam::123456789012:root';
const PHOTO = 'arn:aws:s3:::photos/cat.jpg';

/** A statement that allows `s3:GetObject` on everything, except for what is given. */
const allow = (elements: Elements = {}): Elements => ({
  Effect: 'Allow',
  ...('NotAction' in elements ? {} : { Action: 's3:GetObject' }),
  ...('NotResource' in elements ? {} : { Resource: '*' }),
  ...elements,
});
const deny = (elements: Elements = {}): Elements => allow({ ...elements, Effect: 'Deny' });
const documentOf = (...statements: readonly Elements[]) =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements });

interface Simulated {
  readonly identity?: readonly Elements[];
  readonly boundary?: readonly Elements[];
  readonly resource?: readonly Elements[];
  /** Policies of each level of the organization. */
  readonly organization?: readonly Elements[][];
  readonly keys?: Keys;
  readonly action?: string;
  readonly on?: readonly string[];
}

/** Simulates one action of a role. */
async function simulate(simulated: Simulated): Promise<EvaluationResult> {
  const {
    identity = [],
    boundary,
    resource,
    organization,
    keys = {},
    action = 's3:GetObject',
    on = [PHOTO],
  } = simulated;
  const request: SimulateCustomPolicyCommandInput = {
    PolicyInputList: [documentOf(...identity)],
    PermissionsBoundaryPolicyInputList: boundary && [documentOf(...boundary)],
    ResourcePolicy: resource && documentOf(...resource),
    OrderedOrganizationPolicyInputList: organization?.map((statements) => ({
      ServiceControlPolicyInputList: [documentOf(...statements)],
    })),
    CallerArn: ROLE,
    ActionNames: [action],
    ResourceArns: [...on],
    ContextEntries: Object.entries(keys).map(([name, values]) => ({
      ContextKeyName: name,
      ContextKeyType: 'stringList',
      ContextKeyValues: [values].flat(),
    })),
  };
  const { EvaluationResults: [result] = [] } = await iam.simulateCustomPolicy(request);
  if (result === undefined) throw new Error('the simulation has no result');
  return result;
}

async function decisionOf(simulated: Simulated): Promise<string | undefined> {
  return (await simulate(simulated)).EvalDecision;
}

/** True if a statement with this condition allows an action with these keys. */
async function isMet(condition: Elements, keys: Keys): Promise<boolean> {
  return (await decisionOf({ identity: [allow({ Condition: condition })], keys })) === 'allowed';
}

describe('a statement', () => {
  it.each([
    ['without any, a request is denied', [], 'implicitDeny'],
    ['an action matches in any case', [allow({ Action: 'S3:getobject' })], 'allowed'],
    ['an action matches by wildcards', [allow({ Action: 's3:Get?bject' })], 'allowed'],
    ['another service is another action', [allow({ Action: 'sqs:*' })], 'implicitDeny'],
    ['a resource is case-sensitive', [allow({ Resource: 'arn:aws:s3:::Photos/*' })], 'implicitDeny'],
    [
      'a resource matches by wildcards',
      [allow({ Resource: ['arn:aws:s3:::other', 'arn:aws:s3:::ph*/cat.???'] })],
      'allowed',
    ],
    ['NotAction is every other action', [allow({ NotAction: ['s3:PutObject', 'iam:*'] })], 'allowed'],
    ['NotAction excludes its own', [allow({ NotAction: 's3:Get*' })], 'implicitDeny'],
    ['NotResource is every other resource', [allow({ NotResource: 'arn:aws:s3:::letters/*' })], 'allowed'],
    ['NotResource excludes its own', [allow({ NotResource: 'arn:aws:s3:::photos/*' })], 'implicitDeny'],
    ['a Deny wins, whatever comes first', [deny(), allow()], 'explicitDeny'],
    ['a Deny of something else has no effect', [deny({ Action: 's3:DeleteObject' }), allow()], 'allowed'],
    [
      'a Deny whose condition is not met has no effect',
      [deny({ Condition: { Bool: { 'aws:SecureTransport': 'false' } } }), allow()],
      'allowed',
    ],
    [
      'a Deny with a negated condition applies without its key',
      [deny({ Condition: { StringNotEquals: { 'aws:PrincipalTag/team': 'web' } } }), allow()],
      'explicitDeny',
    ],
  ] as const)('%s', async (_, identity, decision) => {
    expect(await decisionOf({ identity })).toBe(decision);
  });
});

describe('a condition', () => {
  it.each([
    ['StringEquals', { 's3:prefix': ['a', 'b'] }, { 's3:prefix': 'b' }, true],
    ['StringEquals', { 's3:prefix': 'a' }, { 's3:prefix': 'A' }, false],
    ['StringEquals', { 'S3:Prefix': 'a' }, { 's3:prefix': 'a' }, true],
    ['StringEquals', { 's3:prefix': 'a' }, {}, false],
    ['StringEqualsIfExists', { 's3:prefix': 'a' }, {}, true],
    ['StringEqualsIfExists', { 's3:prefix': 'a' }, { 's3:prefix': 'b' }, false],
    ['StringEqualsIgnoreCase', { 's3:prefix': 'a' }, { 's3:prefix': 'A' }, true],
    ['StringEquals', { 's3:prefix': 'a*' }, { 's3:prefix': 'ab' }, false],
    ['StringLike', { 's3:prefix': 'a*' }, { 's3:prefix': 'ab' }, true],
    ['StringNotEquals', { 's3:prefix': ['a', 'b'] }, { 's3:prefix': 'b' }, false],
    ['StringNotEquals', { 's3:prefix': 'a' }, {}, true],
    ['StringNotLike', { 's3:prefix': 'a*' }, { 's3:prefix': 'ba' }, true],
    ['NumericLessThanEquals', { 's3:max-keys': 10 }, { 's3:max-keys': '10' }, true],
    ['NumericGreaterThan', { 's3:max-keys': '10' }, { 's3:max-keys': '9' }, false],
    ['NumericEquals', { 's3:max-keys': '10' }, { 's3:max-keys': 'ten' }, false],
    [
      'DateLessThan',
      { 'aws:CurrentTime': '2026-12-01T00:00:00Z' },
      { 'aws:CurrentTime': '2026-11-30T23:00:00Z' },
      true,
    ],
    ['DateGreaterThan', { 'aws:CurrentTime': '2026-12-01T00:00:00Z' }, { 'aws:CurrentTime': '1764500000' }, false],
    ['Bool', { 'aws:SecureTransport': true }, { 'aws:SecureTransport': 'true' }, true],
    ['Bool', { 'aws:SecureTransport': 'true' }, {}, false],
    ['Null', { 'aws:MultiFactorAuthAge': 'true' }, {}, true],
    ['Null', { 'aws:MultiFactorAuthAge': 'false' }, { 'aws:MultiFactorAuthAge': '60' }, true],
    ['Null', { 'aws:MultiFactorAuthAge': 'true' }, { 'aws:MultiFactorAuthAge': '60' }, false],
    ['IpAddress', { 'aws:SourceIp': ['192.0.2.0/24', '2001:db8::/32'] }, { 'aws:SourceIp': '192.0.2.9' }, true],
    ['IpAddress', { 'aws:SourceIp': '192.0.2.0/24' }, { 'aws:SourceIp': '198.51.100.9' }, false],
    ['NotIpAddress', { 'aws:SourceIp': '192.0.2.0/24' }, { 'aws:SourceIp': '198.51.100.9' }, true],
    [
      'ArnEquals',
      { 'aws:SourceArn': 'arn:aws:sns:*:123456789012:alarms' },
      { 'aws:SourceArn': 'arn:aws:sns:eu-west-1:123456789012:alarms' },
      true,
    ],
    [
      'ArnLike',
      { 'aws:SourceArn': 'arn:aws:sns:*:alarms' },
      { 'aws:SourceArn': 'arn:aws:sns:eu-west-1:123456789012:alarms' },
      false,
    ],
    [
      'ArnNotLike',
      { 'aws:SourceArn': 'arn:aws:sns:*:*:alarms' },
      { 'aws:SourceArn': 'arn:aws:sns:eu-west-1:123456789012:alarms' },
      false,
    ],
    ['ForAllValues:StringEquals', { 'aws:TagKeys': ['a', 'b'] }, { 'aws:TagKeys': ['a', 'c'] }, false],
    ['ForAllValues:StringEquals', { 'aws:TagKeys': ['a', 'b'] }, {}, true],
    ['ForAnyValue:StringEquals', { 'aws:TagKeys': ['a', 'b'] }, { 'aws:TagKeys': ['a', 'c'] }, true],
    ['ForAnyValue:StringEquals', { 'aws:TagKeys': ['a', 'b'] }, {}, false],
    ['ForAnyValue:StringNotEquals', { 'aws:TagKeys': 'a' }, { 'aws:TagKeys': ['a', 'c'] }, true],
  ] as const)('%s of %j with %j: %s', async (operator, expected, keys, met) => {
    expect(await isMet({ [operator]: expected }, keys)).toBe(met);
  });

  it('is met only with all of its operators and keys', async () => {
    const condition = {
      StringEquals: { 's3:prefix': 'a', 's3:delimiter': '/' },
      Bool: { 'aws:SecureTransport': 'true' },
    };
    const keys = { 's3:prefix': 'a', 's3:delimiter': '/', 'aws:SecureTransport': 'true' };
    expect(await isMet(condition, keys)).toBe(true);
    expect(await isMet(condition, { ...keys, 's3:delimiter': '-' })).toBe(false);
    expect(await isMet(condition, { ...keys, 'aws:SecureTransport': 'false' })).toBe(false);
  });
});

describe('a variable', () => {
  const own = [allow({ Resource: 'arn:aws:s3:::photos/${aws:PrincipalTag/owner}.jpg' })];

  it('stands for the value of its key, whose wildcards are characters', async () => {
    expect(await decisionOf({ identity: own, keys: { 'aws:PrincipalTag/owner': 'cat' } })).toBe('allowed');
    expect(await decisionOf({ identity: own, keys: { 'aws:PrincipalTag/owner': '*' } })).toBe('implicitDeny');
  });

  it('without a value matches nothing, except by its default', async () => {
    expect(await decisionOf({ identity: own })).toBe('implicitDeny');
    const withDefault = allow({ Resource: "arn:aws:s3:::photos/${aws:PrincipalTag/owner, 'cat'}.jpg" });
    expect(await decisionOf({ identity: [withDefault] })).toBe('allowed');
  });
});

describe('a boundary', () => {
  it('allows nothing by itself', async () => {
    expect(await simulate({ boundary: [allow()] })).toMatchObject({
      EvalDecision: 'implicitDeny',
      PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary: true },
    });
  });

  it.each([
    ['that allows nothing of it', [allow({ Action: 'sqs:*' })], 'implicitDeny'],
    ['that denies it', [allow(), deny()], 'explicitDeny'],
  ])('%s denies an action that the role’s policies allow', async (_, boundary, decision) => {
    expect(await simulate({ identity: [allow()], boundary })).toMatchObject({
      EvalDecision: decision,
      PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary: false },
      ResourceSpecificResults: [
        {
          EvalResourceName: PHOTO,
          EvalResourceDecision: decision,
          PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary: false },
        },
      ],
    });
  });
});

describe('an organization', () => {
  const FULL_ACCESS = allow({ Action: '*' });
  /** AWS's example of a region lock, with the global services that it has to leave out. */
  const regionLock = deny({
    Action: undefined,
    NotAction: ['iam:*', 'sts:*'],
    Condition: { StringNotEquals: { 'aws:RequestedRegion': ['ap-northeast-1'] } },
  });
  const locked = [[FULL_ACCESS], [FULL_ACCESS, regionLock]];

  it.each([
    ['in its region', { keys: { 'aws:RequestedRegion': 'ap-northeast-1' } }, 'allowed'],
    ['in another one', { keys: { 'aws:RequestedRegion': 'us-east-1' } }, 'explicitDeny'],
    // AWS denies, and names no missing key (aws-cli 10525).
    ['without a region', {}, 'explicitDeny'],
    [
      'a global service in another one',
      { action: 'iam:GetRole', on: ['*'], keys: { 'aws:RequestedRegion': 'us-east-1' } },
      'allowed',
    ],
  ])('with a region lock: %s', async (_, simulated, decision) => {
    expect(await simulate({ identity: [FULL_ACCESS], organization: locked, ...simulated })).toMatchObject({
      EvalDecision: decision,
      OrganizationsDecisionDetail: { AllowedByOrganizations: decision === 'allowed' },
    });
  });

  it('has to allow an action on every level', async () => {
    const organization = [[FULL_ACCESS], [allow({ Action: 'sqs:*' })]];
    expect(await decisionOf({ identity: [FULL_ACCESS], organization })).toBe('implicitDeny');
  });

  it('allows nothing by itself', async () => {
    expect(await simulate({ organization: [[FULL_ACCESS]] })).toMatchObject({
      EvalDecision: 'implicitDeny',
      OrganizationsDecisionDetail: { AllowedByOrganizations: true },
    });
  });
});

describe('a resource’s policy', () => {
  const granting = (principal: unknown, elements: Elements = {}) => [allow({ Principal: principal, ...elements })];

  it.each([
    ['that names the role allows what no policy of the role does', granting({ AWS: ROLE }), 'allowed'],
    ['that names everybody does, too', granting('*'), 'allowed'],
    ['that names the account leaves it to the role’s policies', granting({ AWS: ROOT }), 'implicitDeny'],
    ['that names another role has no effect', granting({ AWS: `${ROLE}2` }), 'implicitDeny'],
    ['that names a service has no effect', granting({ Service: 's3.amazonaws.com' }), 'implicitDeny'],
  ])('%s', async (_, resource, decision) => {
    expect(await decisionOf({ resource })).toBe(decision);
  });

  it('that denies the account denies each role', async () => {
    const resource = granting({ AWS: ROOT }, { Effect: 'Deny' });
    expect(await decisionOf({ identity: [allow()], resource })).toBe('explicitDeny');
  });

  it('NotPrincipal denies everybody else', async () => {
    const others = (NotPrincipal: unknown) => [deny({ NotPrincipal })];
    expect(await decisionOf({ identity: [allow()], resource: others({ AWS: ROLE }) })).toBe('allowed');
    expect(await decisionOf({ identity: [allow()], resource: others({ AWS: `${ROLE}2` }) })).toBe('explicitDeny');
  });

  it('is limited by the boundary', async () => {
    expect(await decisionOf({ resource: granting({ AWS: ROLE }), boundary: [allow({ Action: 'sqs:*' })] })).toBe(
      'implicitDeny',
    );
  });
});

describe('a result', () => {
  it('is one for each action, the strictest of its resources, beside that of each resource', async () => {
    const letters = 'arn:aws:s3:::letters/a';
    const result = await simulate({ identity: [allow({ Resource: 'arn:aws:s3:::photos/*' })], on: [PHOTO, letters] });
    expect(result).toMatchObject({
      EvalDecision: 'implicitDeny',
      ResourceSpecificResults: [
        { EvalResourceName: PHOTO, EvalResourceDecision: 'allowed' },
        { EvalResourceName: letters, EvalResourceDecision: 'implicitDeny' },
      ],
    });
    expect(result.EvalResourceName).toMatch(/^arn:\$\{Partition\}:s3:/);
  });

  it('names the keys of all statements that the simulation lacks: with them, the answer may be another one', async () => {
    const identity = [
      allow({ Condition: { StringEquals: { 'aws:ResourceTag/team': 'web', 's3:prefix': 'a' } } }),
      allow({ Action: 'sqs:*', Resource: '${aws:username}' }),
    ];
    const missing = ['aws:ResourceTag/team', 'aws:username'];
    expect(await simulate({ identity, keys: { 's3:prefix': 'a' } })).toMatchObject({
      EvalDecision: 'implicitDeny',
      MissingContextValues: missing,
      ResourceSpecificResults: [{ MissingContextValues: missing }],
    });
  });
});

describe('SimulatePrincipalPolicy', () => {
  const POLICY_SOURCE_ARN = 'arn:aws:iam::123456789012:role/bounded';

  beforeAll(async () => {
    const { Policy } = await iam.createPolicy({
      PolicyName: 'limit',
      PolicyDocument: documentOf(allow({ Action: 's3:*' })),
    });
    await iam.createRole({
      RoleName: 'bounded',
      AssumeRolePolicyDocument: documentOf(),
      PermissionsBoundary: Policy?.Arn,
    });
    await iam.putRolePolicy({
      RoleName: 'bounded',
      PolicyName: 'own',
      PolicyDocument: documentOf(allow({ Action: ['s3:GetObject', 'ecs:ListClusters'] })),
    });
  });

  const simulatePrincipal = async () => {
    const actions = { ActionNames: ['s3:GetObject', 'ecs:ListClusters'] };
    const { EvaluationResults = [] } = await iam.simulatePrincipalPolicy({
      PolicySourceArn: POLICY_SOURCE_ARN,
      ...actions,
    });
    return EvaluationResults;
  };

  it('counts the role’s boundary, and says so', async () => {
    expect(await simulatePrincipal()).toMatchObject([
      { EvalDecision: 'allowed', PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary: true } },
      { EvalDecision: 'implicitDeny', PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary: false } },
    ]);
  });

  it('counts the organization’s policies', async () => {
    account.aws.organizationPolicies({ Statement: [allow({ Action: '*' }), deny()] });
    expect(await simulatePrincipal()).toMatchObject([
      { EvalDecision: 'explicitDeny', OrganizationsDecisionDetail: { AllowedByOrganizations: false } },
      { EvalDecision: 'implicitDeny', OrganizationsDecisionDetail: { AllowedByOrganizations: true } },
    ]);
  });
});
