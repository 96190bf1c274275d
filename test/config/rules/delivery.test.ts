import type { DeliveryConfig } from '../../../lib/config/delivery';
import { assertValid, brokenDeliveryRules } from '../../../lib/config/validate';
import { dev, prod } from '../../support/configs';
import { testDelivery } from '../../support/environments';

const HERE = '123456789012';
const ELSEWHERE = '210987654321';
const PROVIDER = `arn:aws:iam::${HERE}:oidc-provider/token.actions.githubusercontent.com`;
const OTHER_PROVIDER = PROVIDER.replace(HERE, ELSEWHERE);
const NO_REPOSITORY = { repository: undefined, applicationRepository: undefined };

const inAccounts = (devs: string | undefined, prods: string | undefined) => ({
  dev: { ...dev, account: devs },
  prod: { ...prod, account: prods },
});

type Change = Partial<Record<keyof DeliveryConfig, unknown>>;
const broken = (change: Change, all = inAccounts(HERE, HERE)) =>
  brokenDeliveryRules({ ...testDelivery, ...change } as DeliveryConfig, all);
const has = (text: string) => expect.stringContaining(text) as unknown;

test.each<Change>([
  {},
  { repository: 'prooflink/infrastructure' },
  { repository: 'Proof-Link/infra.structure_2' },
  { repository: 'prooflink/.github' },
  { applicationRepository: undefined },
  { applicationRepository: 'prooflink/prooflink' },
  { reviewLanguage: 'ja' },
  { existingProviders: [PROVIDER] },
  { region: 'us-east-1', environments: { dev: false, prod: true } },
  // Without a repository no other rule is asked.
  { ...NO_REPOSITORY, region: 'tokyo', environments: {} },
])('what GitHub and AWS take is taken: %j', (change) => {
  expect(broken(change)).toEqual([]);
});

test.each([
  ...['', 'prooflink', 'prooflink/', '/infrastructure', 'prooflink/*', '*/infrastructure', 'prooflink/infra?tructure'],
  ...['prooflink/infrastructure:*', 'prooflink/infrastructure:environment', 'prooflink/${aws:username}'],
  ...['prooflink/infrastructure/main', 'repo:prooflink/infrastructure', 'https://github.com/prooflink/infrastructure'],
  ...['prooflink/infra structure', 'prooflink/infrastructure\n', 'prooflink/..', 'prooflink@1234/infrastructure'],
  ...['prooflink/infrastructure@5678', 'prooflink@*/infrastructure@*', `${'a'.repeat(40)}/infrastructure`],
  `prooflink/${'a'.repeat(101)}`,
])('a repository that GitHub cannot mean, or that IAM would read as more than one: %j', (name) => {
  for (const field of ['repository', 'applicationRepository']) {
    expect(broken({ [field]: name })).toEqual([
      expect.stringMatching(new RegExp(`^delivery: ${field}: [^]* is not a repository; write`)),
    ]);
  }
});

test.each([
  { title: 'as a clone writes it', name: 'prooflink/infrastructure.git', right: 'prooflink/infrastructure' },
  { title: 'with ids', name: 'prooflink@1234/infrastructure.git@5678', right: 'prooflink@1234/infrastructure@5678' },
])(
  'a repository that ends in .git, $title: GitHub gives no repository that name, and no job a role',
  ({ name, right }) => {
    for (const field of ['repository', 'applicationRepository']) {
      expect(broken({ [field]: name })).toEqual([
        `delivery: ${field}: ${name} ends in .git, which no repository of GitHub does; write ${right}`,
      ]);
    }
  },
);

test('a repository whose name has .git within is one', () => {
  expect(broken({ repository: 'prooflink/infra.gitops' })).toEqual([]);
});

test('a language that no review is written in', () => {
  for (const repositories of [{}, NO_REPOSITORY]) {
    expect(broken({ reviewLanguage: 'de', ...repositories })).toEqual([
      'delivery: reviewLanguage: de is no language of the review; write en or ja',
    ]);
  }
});

test.each([
  ...['', PROVIDER.replace('token.actions', 'evil'), `${PROVIDER}.example.com`, `x${PROVIDER}`, `${PROVIDER}/other`],
  ...[PROVIDER.replace(HERE, '*'), PROVIDER.replace('token.', 'token-')],
])('a provider whose tokens are not GitHub’s, or that no role can trust: %s', (arn) => {
  expect(broken({ existingProviders: [arn] })).toEqual([
    expect.stringMatching(
      /existingProviders\[0\]: .* is not a provider of GitHub's tokens; write an ARN such as arn:aws:iam::.*, or leave it out$/,
    ),
  ]);
});

test('a provider of an account in which nothing is deployed', () => {
  expect(broken({ existingProviders: [PROVIDER] }, inAccounts(ELSEWHERE, '333333333333'))).toEqual([
    `delivery: existingProviders[0]: ${PROVIDER} is of account ${HERE}, and the environments of ${ELSEWHERE}, ` +
      '333333333333; leave it out',
  ]);
});

test('a second provider of an account, which can have one: the stack that trusts the wrong one admits no job', () => {
  expect(broken({ existingProviders: [PROVIDER, PROVIDER] }, inAccounts(HERE, ELSEWHERE))).toEqual([
    has(`existingProviders[1]: ${PROVIDER} is a second one, and an account can have one`),
  ]);
  expect(broken({ existingProviders: [PROVIDER, OTHER_PROVIDER] }, inAccounts(HERE, ELSEWHERE))).toEqual([]);
});

test.each<[Change, string]>([
  [{ region: 'tokyo' }, 'region: tokyo is not a region'],
  [{ environments: { dev: false } }, 'environments: none is true; write true for one, or undefined for the repository'],
  [{ environments: { dev: true, staging: true } }, 'environments.staging: staging is not one of dev, prod'],
  [{ environments: { dev: true, toString: false } }, 'environments.toString: toString is not one of dev, prod'],
  [
    { repository: undefined },
    'applicationRepository: prooflink@1234/prooflink@9012 gets no role as long as repository is undefined; write both, or neither',
  ],
])('what the roles could not reach, or a role that is not missed before the first push: %j', (change, message) => {
  expect(broken(change)).toEqual([has(`delivery: ${message}`)]);
});

test('a delivered environment without an account: a role of any account would be taken for its own', () => {
  const message = (name: string) =>
    `delivery: environments.${name}: ${name} is delivered and has no account; write its number into account of ` +
    `lib/config/${name}.ts: GitHub's variables name the roles, and a role of another account is refused by it`;
  expect(broken({}, inAccounts(undefined, ELSEWHERE))).toEqual([message('dev')]);
  expect(broken({}, inAccounts(undefined, undefined))).toEqual([message('dev'), message('prod')]);
  expect(broken({ environments: { dev: false, prod: true } }, inAccounts(undefined, ELSEWHERE))).toEqual([]);
  expect(broken({}, inAccounts(HERE, ELSEWHERE))).toEqual([]);
});

test('mistakes of the delivery and of an environment are reported in one message', () => {
  const wrong = { ...testDelivery, repository: 'prooflink/*', environments: { test: true } } as const;
  expect(() => {
    assertValid({ dev: { ...dev, region: 'tokyo' }, prod }, wrong);
  }).toThrow(/dev: region: tokyo .*\n.*\n.*\n {2}delivery: repository: .*\n {2}delivery: environments\.test: test/);
});
