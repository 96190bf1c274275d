import { differences, NOT_KNOWN, policy } from '../../../../tools/health/hand/compare';
import { wordsFor } from '../../../../tools/health/hand/words';
import { changedByHand, sayChange } from '../../../../tools/health/hand';
import { type Answers, whileAwsAnswers } from '../../support/answer-commands';
import { standing } from '../aws-answers';

const TEMPLATE = {
  Parameters: {},
  Resources: {
    Rights: {
      Type: 'AWS::IAM::Policy',
      Properties: {
        PolicyName: 'p',
        Roles: ['r'],
        PolicyDocument: { Statement: [{ Effect: 'Allow', Resource: { 'Fn::GetAtt': ['Database', 'DbiResourceId'] } }] },
      },
    },
    Targets: { Type: 'AWS::ElasticLoadBalancingV2::TargetGroup', Properties: {} },
    Database: { Type: 'AWS::RDS::DBInstance', Properties: {} },
    Bucket: { Type: 'AWS::S3::Bucket', Properties: {} },
  },
};

/** Findings on these resources with these answers of AWS. */
const found = (wanted: readonly string[], answers: Answers) =>
  whileAwsAnswers(
    {
      GetTemplate: { TemplateBody: JSON.stringify(TEMPLATE) },
      ListStackResources: {
        StackResourceSummaries: Object.keys(TEMPLATE.Resources).map((LogicalResourceId) => ({
          ...{ LogicalResourceId, PhysicalResourceId: LogicalResourceId.toLowerCase() },
        })),
      },
      ...answers,
    },
    () => changedByHand(standing()().it, wanted),
  );
const drift = (StackResourceDrift: object) => ({ DetectStackResourceDrift: { StackResourceDrift } });

describe('what cannot be compared is said, with the reason', () => {
  it.each([
    ['a type that CloudFormation refuses', {}, /AccessDenied: DetectStackResourceDrift/],
    [
      'a resource that it could not read',
      drift({ StackResourceDriftStatus: 'UNKNOWN', DriftStatusReason: 'no' }),
      /no/,
    ],
    ['a resource that it did not check', drift({ StackResourceDriftStatus: 'NOT_CHECKED' }), /answers NOT_CHECKED/],
    ['no answer', { DetectStackResourceDrift: {} }, /answers nothing/],
  ])('%s', async (_, answers, reason) => {
    const { changes, notCompared } = await found(['Targets'], answers);
    expect(changes).toEqual([]);
    expect(notCompared.map(({ logicalId, what, reason }) => [logicalId, what, reason])).toEqual([
      ['Targets', '', expect.stringMatching(reason)],
    ]);
  });

  it('a part of the template that only AWS knows', async () => {
    const document = { Statement: [{ Effect: 'Deny', Resource: 'db-1' }] };
    const { changes, notCompared } = await found(['Rights'], {
      GetRolePolicy: { PolicyDocument: encodeURIComponent(JSON.stringify(document)) },
    });
    expect(notCompared.map(({ what, reason }) => [what, reason])).toEqual([
      ['policy document statement resource', 'only AWS knows what the template says'],
    ]);
    expect(changes.map(sayChange)).toEqual(['changed by hand: policy document statement effect `Allow` → `Deny`']);
    expect(changes[0]?.fix).toMatch(/^aws cloudformation get-template /);
  });

  it('a right that is missing hides no other resource', async () => {
    const gone = drift({ StackResourceDriftStatus: 'DELETED' });
    const { changes, notCompared } = await found(['Rights', 'Targets'], gone);
    expect(changes.map(sayChange)).toEqual(['deleted by hand: AWS::ElasticLoadBalancingV2::TargetGroup']);
    expect(notCompared.map(({ logicalId, reason }) => [logicalId, reason])).toEqual([
      ['Rights', expect.stringMatching(/^Error: AccessDenied: GetRolePolicy/)],
    ]);
  });
});

test('fixes come in the order in which they work: deploys first', async () => {
  const gone = Object.assign(new Error(), { name: 'NoSuchEntityException' });
  const { changes } = await found(['Rights', 'Targets'], {
    ...drift({ StackResourceDriftStatus: 'DELETED' }),
    GetRolePolicy: gone,
  });
  expect(changes.map(({ logicalId }) => logicalId)).toEqual(['Targets', 'Rights']);
});

test('no more than five resources are asked for at a time', async () => {
  let [now, most] = [0, 0];
  const many = Object.fromEntries(
    Array.from({ length: 20 }, (_, index) => [`Bucket${index}`, { Type: 'AWS::S3::Bucket' }]),
  );
  const summaries = Object.keys(many).map((LogicalResourceId) => ({ LogicalResourceId, PhysicalResourceId: 'b' }));
  const { notCompared } = await found(['AWS::S3::Bucket'], {
    GetTemplate: { TemplateBody: JSON.stringify({ Resources: many }) },
    ListStackResources: { StackResourceSummaries: summaries },
    DetectStackResourceDrift: async () => {
      most = Math.max(most, ++now);
      await new Promise((resolve) => setTimeout(resolve, 1));
      now--;
      return {};
    },
  });
  expect(notCompared.map(({ logicalId }) => logicalId)).toEqual(Object.keys(many));
  expect(most).toBe(5);
});

test('a lost database is restored, and not deployed anew', async () => {
  const { changes } = await found(['Database'], drift({ StackResourceDriftStatus: 'DELETED' }));
  expect(changes.map(({ fix }) => fix)).toEqual([expect.stringContaining('docs/moving-in.md')]);
});

test('secrets are masked', async () => {
  const PropertyDifferences = [
    { PropertyPath: '/Environment/API_KEY', ExpectedValue: 'abcdefgh', ActualValue: 'ijklmnop' },
  ];
  const { changes } = await found(['Bucket'], drift({ StackResourceDriftStatus: 'MODIFIED', PropertyDifferences }));
  expect(changes.map(sayChange)).toEqual([
    'changed by hand: environment api_key `(hidden value 1)` → `(hidden value 2)`',
  ]);
});

test('policies that grant the same are the same', () => {
  const one = { Version: '2012-10-17', Statement: { Sid: '1', Action: ['a:B'], Principal: { AWS: '*' } } };
  const other = JSON.stringify({ Version: '2012-10-17', Statement: [{ Action: 'a:B', Principal: '*' }] });
  expect(policy(one)).toEqual(policy(other));
  expect(policy(one)).not.toEqual(policy(other.replace('a:B', 'a:*')));
});

test.each([
  ['names in any case of letters', { MinCapacity: '2' }, { minCapacity: 2 }, []],
  ['lists in any order', { A: ['x', { B: 1 }] }, { A: [{ b: 1, c: 2 }, 'x'] }, []],
  ['JSON as a text', { A: '{"b":1}' }, { A: { b: 1 } }, []],
  ['nothing for an empty list', { A: [] }, {}, []],
  ['what the template does not set', { A: 1 }, { A: 1, B: 2 }, []],
  ['another value', { A: { B: 1 } }, { a: { b: 2 } }, ['/A/B']],
  ['a value that is gone', { A: { B: 1 } }, {}, ['/A']],
  ['a changed item', { A: ['x', 'y'] }, { A: ['x', 'z'] }, ['/A/1']],
  ['an added item', { A: ['x'] }, { A: ['x', 'y'] }, ['/A/1']],
  ['a removed item', { A: ['x', 'y'] }, { A: ['y'] }, ['/A/0']],
  ['what is not known', { A: NOT_KNOWN }, { A: 1 }, ['/A']],
])('%s', (_, expected, actual, paths) => {
  expect(differences(expected, actual).map(({ path }) => path)).toEqual(paths);
});

test.each([
  ['/HealthCheckPath', {}, 'health check path'],
  ['/VPCSecurityGroups/0', {}, 'VPC security groups'],
  [
    '/Attributes/0/Value',
    { Attributes: [{ Key: 'stickiness.enabled', Value: 'true' }] },
    'attributes stickiness.enabled',
  ],
  [
    '/Containers/0/Environment/1/Value',
    { Containers: [{ Name: 'app', Environment: [{}, { Name: 'A' }] }] },
    'containers app environment A',
  ],
])('%s in words', (path, properties, words) => {
  expect(wordsFor(path, JSON.stringify(properties))).toBe(words);
});
