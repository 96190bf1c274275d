import { template } from '../support/assembly';
import { at } from '../support/deployed';
import { ACCOUNT, type DeployedRole, isAllowed, Rights } from '../support/iam';
import { type Json, pathOf, type Template } from '../support/template';
import { deliveryProbes, may, strangers, taken, type Token } from './delivery';
import { accountProbes, probesOf } from './probes';

const delivery = new Rights('delivery', template('delivery'));
const known = new Set(deliveryProbes.map(({ action, resource }) => `${action} ${resource}`));
const probes = [
  ...deliveryProbes,
  ...(['dev', 'prod'] as const)
    .flatMap((environment) => probesOf(new Rights(environment, template(environment))))
    .filter(({ action, resource }) => !known.has(`${action} ${resource}`)),
  ...accountProbes,
];
const anything = [{ name: 'Anything', policy: { Version: '2012-10-17', Statement: [statement('*')] } }];

test('every role is specified', () => {
  const roles = delivery.roles().map(({ path }) => path);
  expect(roles.sort()).toEqual(Object.keys(taken).sort());
  expect(delivery.iamTypes()).toEqual(['AWS::IAM::OIDCProvider', 'AWS::IAM::Role']);
});

describe.each(Object.entries(taken))('%s', (path, its) => {
  const role = delivery.role(path);

  test('is taken by its own token', () => {
    expect(takes(its, role)).toBe(true);
  });

  test.each(Object.entries(taken).filter(([other]) => other !== path))('not by the token for %s', (_, other) => {
    expect(takes(other, role)).toBe(false);
  });

  test('not by anybody else’s token', () => {
    expect(takers(role, strangers)).toEqual([]);
  });

  test.each([
    `arn:aws:iam::${ACCOUNT}:role/administrator`,
    `arn:aws:iam::${ACCOUNT}:user/mallory`,
    'ec2.amazonaws.com',
  ])('not by %s, not even with the token’s words', (principal) => {
    for (const action of ['sts:AssumeRole', 'sts:AssumeRoleWithWebIdentity', 'sts:TagSession']) {
      const request = { action, resource: role.arn, context: action.endsWith('Identity') ? claims(its) : {} };
      expect(isAllowed(principal, request, anything, role.trust)).toBe(false);
    }
  });

  test('may do what is specified, and nothing else that is probed', () => {
    expect(whatItMayDo(role)).toEqual([...(may[path] ?? [])].sort());
  });
});

describe('a widened trust lets somebody in', () => {
  const KEY = 'token.actions.githubusercontent.com';

  test.each<[string, string, Record<string, Json>, string]>([
    [
      'every repository of the owner',
      'DeployDev',
      like('repo:prooflink@1234/*:environment:dev'),
      'website@6789:environment:dev',
    ],
    [
      'names that begin alike',
      'DeployDev',
      like('repo:prooflink@1234/infrastructure*:environment:dev'),
      '-evil@5678:environment:dev',
    ],
    [
      'every environment',
      'DeployDev',
      like('repo:prooflink@1234/infrastructure@5678:environment:*'),
      'another environment',
    ],
    ['every branch', 'Drift', like('repo:prooflink@1234/infrastructure@5678:ref:*'), 'another branch'],
    ['everything of the repository', 'Diff', like('repo:prooflink@1234/infrastructure@5678:*'), 'a release’s tag'],
    [
      'either case',
      'Diff',
      { StringEqualsIgnoreCase: equals('pull_request') },
      'Prooflink@1234/Infrastructure@5678:pull_request',
    ],
    [
      'any audience',
      'Diff',
      { StringEquals: { [`${KEY}:sub`]: subject('pull_request') } },
      'pull_request for GitHub’s default audience',
    ],
    [
      'any subject',
      'Diff',
      { StringEquals: { [`${KEY}:aud`]: 'sts.amazonaws.com' } },
      'mallory@666/infrastructure@777:pull_request',
    ],
    ['no condition', 'Diff', {}, 'nobody in particular'],
  ])('%s', (_, path, condition, stranger) => {
    const widened = changed(path, (role) => {
      (at(role, 'AssumeRolePolicyDocument.Statement.0') as Record<string, Json>)['Condition'] = condition;
    });
    expect(Object.keys(strangers)).toContainEqual(expect.stringContaining(stranger));
    expect(takers(widened.role(path), strangers).join('\n')).toContain(stranger);
  });

  test('another provider', () => {
    const provider = `arn:aws:iam::${ACCOUNT}:oidc-provider/gitlab.com`;
    const widened = changed('Diff', (role) => {
      (at(role, 'AssumeRolePolicyDocument.Statement.0') as Record<string, Json>)['Principal'] = { Federated: provider };
    });
    expect(takers(widened.role('Diff'), strangers)).toEqual(['pull_request of another provider']);
  });

  function subject(who: string): string {
    return `repo:prooflink@1234/infrastructure@5678:${who}`;
  }

  function equals(who: string): Record<string, Json> {
    return { [`${KEY}:aud`]: 'sts.amazonaws.com', [`${KEY}:sub`]: subject(who) };
  }

  function like(pattern: string): Record<string, Json> {
    return { StringEquals: { [`${KEY}:aud`]: 'sts.amazonaws.com' }, StringLike: { [`${KEY}:sub`]: pattern } };
  }
});

describe('a widened policy breaks its row', () => {
  test.each<[string, string, number, Record<string, Json>, string]>([
    [
      'every role of the bootstrap',
      'Drift',
      0,
      { Resource: `arn:aws:iam::${ACCOUNT}:role/cdk-*` },
      "sts:AssumeRole: the bootstrap's deploy-role",
    ],
    ['every role', 'Drift', 0, { Resource: '*' }, 'sts:AssumeRole: an administrator'],
    ['all of STS', 'Drift', 0, { Action: 'sts:*' }, "sts:TagSession: the bootstrap's lookup-role"],
    ['every stack', 'Diff', 0, { Resource: '*' }, 'cloudformation:GetTemplate: the stack CDKToolkit'],
    [
      'all that reads stacks',
      'Diff',
      0,
      { Action: 'cloudformation:Describe*' },
      'cloudformation:DescribeStackResources: the stack ProoflinkDev',
    ],
    [
      'images of both environments',
      'DeployDev',
      1,
      { Resource: '*' },
      'ecr:DescribeImages: images of prooflink-prod-app',
    ],
    ['all of ECR', 'DeployDev', 1, { Action: 'ecr:*' }, 'ecr:PutImage: images of prooflink-dev-app'],
    ['every registry', 'PushDev', 1, { Resource: '*' }, 'ecr:PutImage: images of prooflink-prod-app'],
    ['more than pushing', 'PushDev', 1, { Action: 'ecr:*' }, 'ecr:BatchDeleteImage: images of prooflink-dev-app'],
    [
      'more than a login',
      'PushDev',
      0,
      { Action: 'ecr:*' },
      'ecr:GetDownloadUrlForLayer: images of prooflink-prod-app',
    ],
  ])('%s', (_, path, index, change, excess) => {
    const widened = changed(path, (role) => {
      Object.assign(at(role, `Policies.0.PolicyDocument.Statement.${index}`) as Record<string, Json>, change);
    });
    expect(whatItMayDo(widened.role(path))).toContain(excess);
    expect(may[path]).not.toContain(excess);
  });
});

/** Claims of a token, as AWS reads them. */
function claims({ audience, subject }: Token): Record<string, string> {
  return {
    'token.actions.githubusercontent.com:aud': audience,
    'token.actions.githubusercontent.com:sub': subject,
  };
}

function takes(token: Token, { arn, trust }: DeployedRole): boolean {
  const request = { action: 'sts:AssumeRoleWithWebIdentity', resource: arn, context: claims(token) };
  return isAllowed(token.provider, request, [], trust);
}

function takers(role: DeployedRole, tokens: Readonly<Record<string, Token>>): string[] {
  const found: string[] = [];
  for (const [who, token] of Object.entries(tokens)) if (takes(token, role)) found.push(who);
  return found;
}

function whatItMayDo({ arn, policies }: DeployedRole): string[] {
  const allowed: string[] = [];
  for (const probe of probes) {
    if (isAllowed(arn, probe, policies)) allowed.push(`${probe.action}: ${probe.target}`);
  }
  return allowed.sort();
}

function statement(action: string): object {
  return { Effect: 'Allow', Action: action, Resource: '*' };
}

/** The delivery's rights with one role changed. */
function changed(path: string, change: (role: Record<string, Json>) => void): Rights {
  const copy: Template = template('delivery');
  const role = Object.values(copy.Resources).find((one) => one.Type === 'AWS::IAM::Role' && pathOf(one) === path);
  if (!role?.Properties) throw new Error(`No role ${path}`);
  change(role.Properties);
  return new Rights('delivery', copy);
}
