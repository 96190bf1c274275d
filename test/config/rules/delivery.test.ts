import { delivery, type DeliveryConfig } from '../../../lib/config/delivery';
import { dev } from '../../support/configs/dev';
import type { EnvironmentConfig } from '../../../lib/config/environment';
import { prod } from '../../support/configs/prod';
import { assertValid, brokenDeliveryRules } from '../../../lib/config/validate';
import { deliveredEnvironments, testDelivery } from '../../support/environments';

const environments: Readonly<Record<'dev' | 'prod', EnvironmentConfig>> = deliveredEnvironments;
const HERE = '123456789012';
const ELSEWHERE = '210987654321';
const PROVIDER = `arn:aws:iam::${HERE}:oidc-provider/token.actions.githubusercontent.com`;

const OTHER_PROVIDER = PROVIDER.replace(HERE, ELSEWHERE);

const inAccounts = (devs: string | undefined, prods: string | undefined) => ({
  dev: { ...dev, account: devs },
  prod: { ...prod, account: prods },
});

const broken = (change: Partial<Record<keyof DeliveryConfig, unknown>>, all = environments) =>
  brokenDeliveryRules({ ...testDelivery, ...change } as DeliveryConfig, all);

describe('what GitHub and AWS take is taken', () => {
  test.each<Partial<Record<keyof DeliveryConfig, unknown>>>([
    {},
    { repository: 'prooflink/infrastructure' },
    { repository: 'Proof-Link/infra.structure_2' },
    { repository: 'prooflink/.github' },
    { applicationRepository: undefined },
    { applicationRepository: 'prooflink/prooflink' },
    { reviewLanguage: 'ja' },
    { existingProviders: [PROVIDER] },
    { region: 'us-east-1', environments: { dev: false, prod: true } },
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
  ])('%j', (name) => {
    for (const field of ['repository', 'applicationRepository']) {
      expect(broken({ [field]: name })).toEqual([
        expect.stringMatching(new RegExp(`^delivery: ${field}: [^]* is not a repository; write`)),
      ]);
    }
  });
});

test('a language that no review is written in', () => {
  for (const repository of [testDelivery.repository, undefined]) {
    expect(broken({ reviewLanguage: 'de', repository, applicationRepository: undefined })).toEqual([
      'delivery: reviewLanguage: de is no language of the review; write en or ja',
    ]);
  }
});

describe('a provider whose tokens are not GitHub’s, or that no role can trust', () => {
  test.each([
    '',
    PROVIDER.replace('token.actions', 'evil'),
    `${PROVIDER}.example.com`,
    `x${PROVIDER}`,
    `${PROVIDER}/other`,
    PROVIDER.replace(HERE, '*'),
    PROVIDER.replace('token.', 'token-'),
  ])('%s', (arn) => {
    expect(broken({ existingProviders: [arn] })).toEqual([
      expect.stringMatching(
        /existingProviders\[0\]: .* is not a provider of GitHub's tokens; write an ARN such as arn:aws:iam::.*, or leave it out$/,
      ),
    ]);
  });

  test('of an account in which nothing is deployed', () => {
    const third = '333333333333';
    expect(broken({ existingProviders: [PROVIDER] }, inAccounts(ELSEWHERE, third))).toEqual([
      `delivery: existingProviders[0]: ${PROVIDER} is of account ${HERE}, and the environments of ${ELSEWHERE}, ${third}; ` +
        'leave it out',
    ]);
  });

  test('a second one of an account, which can have one: the stack that trusts the wrong one lets nobody in', () => {
    const second = expect.stringMatching(
      /existingProviders\[1\]: .* is a second one, and an account can have one/,
    ) as unknown;
    expect(broken({ existingProviders: [PROVIDER, PROVIDER] }, inAccounts(HERE, ELSEWHERE))).toEqual([second]);
    expect(broken({ existingProviders: [PROVIDER, OTHER_PROVIDER] }, inAccounts(HERE, ELSEWHERE))).toEqual([]);
  });
});

describe('region and environments that the roles could not reach', () => {
  test.each<[Partial<Record<keyof DeliveryConfig, unknown>>, string]>([
    [{ region: 'tokyo' }, 'delivery: region: tokyo is not a region'],
    [
      { environments: { dev: false } },
      'delivery: environments: none is true; write true for one, or undefined for the repository',
    ],
    [{ environments: { dev: true, staging: true } }, 'delivery: environments.staging: staging is not one of dev, prod'],
    [
      { environments: { dev: true, toString: false } },
      'delivery: environments.toString: toString is not one of dev, prod',
    ],
  ])('%j', (change, message) => {
    expect(broken(change)).toEqual([expect.stringContaining(message)]);
  });

  test('a delivered environment without an account: a role of any account would be taken for its own', () => {
    const message = (name: string) =>
      `delivery: environments.${name}: ${name} is delivered and has no account; write its number into account of ` +
      `lib/config/${name}.ts: GitHub's variables name the roles, and a role of another account is refused by it`;
    expect(broken({}, inAccounts(undefined, ELSEWHERE))).toEqual([message('dev')]);
    expect(broken({}, inAccounts(undefined, undefined))).toEqual([message('dev'), message('prod')]);
    expect(broken({ environments: { dev: false, prod: true } }, inAccounts(undefined, ELSEWHERE))).toEqual([]);
  });

  test('one account, or two, are fine', () => {
    expect(broken({}, inAccounts(HERE, HERE))).toEqual([]);
    expect(broken({}, inAccounts(HERE, ELSEWHERE))).toEqual([]);
  });
});

test('mistakes of the delivery and of an environment are told in one message', () => {
  const wrong = { ...testDelivery, repository: 'prooflink/*', environments: { test: true } } as const;
  expect(() => {
    assertValid({ dev: { ...dev, region: 'tokyo' }, prod }, wrong);
  }).toThrow(/dev: region: tokyo .*\n.*\n.*\n {2}delivery: repository: .*\n {2}delivery: environments\.test: test/);
});

test('what is committed names no repository, and then no rule is asked', () => {
  expect(delivery.repository).toBeUndefined();
  const none = { repository: undefined, applicationRepository: undefined };
  expect(broken({ ...none, region: 'tokyo', environments: {} })).toEqual([]);
});

test('the application’s repository alone gets no role, which nobody would notice before its first push', () => {
  expect(broken({ repository: undefined })).toEqual([
    'delivery: applicationRepository: prooflink@1234/prooflink@9012 gets no role as long as repository is undefined; ' +
      'write both, or neither',
  ]);
});
