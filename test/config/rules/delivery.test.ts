import { delivery, type DeliveryConfig } from '../../../lib/config/delivery';
import { dev } from '../../../lib/config/dev';
import { prod } from '../../../lib/config/prod';
import { assertValid, brokenDeliveryRules } from '../../../lib/config/validate';
import { testDelivery } from '../../support/environments';

const environments = { dev, prod };
const HERE = '123456789012';
const ELSEWHERE = '210987654321';
const PROVIDER = `arn:aws:iam::${HERE}:oidc-provider/token.actions.githubusercontent.com`;

const broken = (change: Partial<Record<keyof DeliveryConfig, unknown>>, all = environments) =>
  brokenDeliveryRules({ ...testDelivery, ...change } as DeliveryConfig, all);

describe('what GitHub and AWS take is taken', () => {
  test.each<Partial<Record<keyof DeliveryConfig, unknown>>>([
    {},
    { repository: 'prooflink/infrastructure' },
    { repository: 'Proof-Link/infra.structure_2' },
    { repository: 'prooflink/.github' },
    { account: HERE, provider: { arn: PROVIDER } },
    { provider: { arn: PROVIDER } },
    { region: 'us-east-1', environments: ['prod'] },
  ])('%j', (change) => {
    expect(broken(change)).toEqual([]);
  });
});

describe('a repository that GitHub cannot mean, or that IAM would read as more than one', () => {
  test.each([
    '',
    'prooflink',
    'prooflink/',
    '/infrastructure',
    'prooflink/*',
    '*/infrastructure',
    'prooflink/infra?tructure',
    'prooflink/infrastructure:*',
    'prooflink/infrastructure:environment',
    'prooflink/${aws:username}',
    'prooflink/infrastructure/main',
    'repo:prooflink/infrastructure',
    'https://github.com/prooflink/infrastructure',
    'prooflink/infra structure',
    'prooflink/infrastructure\n',
    'prooflink/..',
    'prooflink@1234/infrastructure',
    'prooflink/infrastructure@5678',
    'prooflink@*/infrastructure@*',
    `${'a'.repeat(40)}/infrastructure`,
    `prooflink/${'a'.repeat(101)}`,
  ])('%j', (repository) => {
    expect(broken({ repository })).toEqual([
      expect.stringMatching(/^delivery: repository: .* is not a repository; write/),
    ]);
  });
});

describe('a provider whose tokens are not GitHub’s, or that a role of this account cannot trust', () => {
  test.each([
    ['', '"" is not a provider of GitHub'],
    [PROVIDER.replace('token.actions', 'evil'), 'is not a provider of GitHub'],
    [`${PROVIDER}.example.com`, 'is not a provider of GitHub'],
    [`x${PROVIDER}`, 'is not a provider of GitHub'],
    [`${PROVIDER}/other`, 'is not a provider of GitHub'],
    [PROVIDER.replace(HERE, '*'), 'is not a provider of GitHub'],
    [PROVIDER.replace('token.', 'token-'), 'is not a provider of GitHub'],
  ])('%s', (arn, message) => {
    expect(broken({ provider: { arn } })).toEqual([expect.stringContaining(message)]);
  });

  test('what is allowed is told', () => {
    expect(broken({ provider: { arn: 'github' } })).toEqual([
      "delivery: provider.arn: github is not a provider of GitHub's tokens; write 'create', or an ARN such as " +
        PROVIDER,
    ]);
  });

  test('of another account', () => {
    expect(broken({ provider: { arn: PROVIDER }, account: ELSEWHERE })).toEqual([
      `delivery: provider.arn: ${PROVIDER} is of account ${HERE}, and delivery of ${ELSEWHERE}; write one of the same account, or 'create'`,
    ]);
  });
});

describe('account, region and environments that the roles could not reach', () => {
  test.each<[Partial<Record<keyof DeliveryConfig, unknown>>, string]>([
    [{ account: '1234' }, 'delivery: account: 1234 is not a 12-digit account number'],
    [{ region: 'tokyo' }, 'delivery: region: tokyo is not a region'],
    [
      { environments: [] },
      'delivery: environments: [] names no environment; name one, or write undefined for the repository',
    ],
    [{ environments: ['dev', 'staging'] }, 'delivery: environments[1]: staging is not one of dev, prod'],
    [{ environments: ['toString'] }, 'delivery: environments[0]: toString is not one of dev, prod'],
    [{ environments: ['dev', 'dev'] }, 'delivery: environments[1]: dev is listed twice'],
  ])('%j', (change, message) => {
    expect(broken(change)).toEqual([expect.stringContaining(message)]);
  });

  test.each([
    [undefined, `delivery: environments[1]: prod is of account ${ELSEWHERE}, and delivery of the credentials' own;`],
    [HERE, `delivery: environments[1]: prod is of account ${ELSEWHERE}, and delivery of ${HERE};`],
  ])('an environment of another account than %s', (account, message) => {
    const all = { dev, prod: { ...prod, account: ELSEWHERE } };
    expect(broken({ account }, all)).toEqual([expect.stringContaining(message)]);
    expect(broken({ account: ELSEWHERE }, all)).toEqual([]);
    expect(broken({ account, environments: ['dev'] }, all)).toEqual([]);
  });
});

test('mistakes of the delivery and of an environment are told in one message', () => {
  const wrong = { ...testDelivery, repository: 'prooflink/*', environments: ['test'] } as const;
  expect(() => {
    assertValid({ dev: { ...dev, region: 'tokyo' }, prod }, wrong);
  }).toThrow(/dev: region: tokyo .*\n.*\n.*\n {2}delivery: repository: .*\n {2}delivery: environments\[0\]: test/);
});

test('what is committed names no repository, and then no rule is asked', () => {
  expect(delivery.repository).toBeUndefined();
  expect(broken({ repository: undefined, region: 'tokyo', environments: [] })).toEqual([]);
});
