import type { DeliveryConfig } from '../../../lib/config/delivery';
import { show } from '../../../lib/config/rules/check';
import { assertValid, brokenDeliveryRules } from '../../../lib/config/validate';
import { dev, prod } from '../../support/configs';
import { testDelivery } from '../../support/environments';

const HERE = '123456789012';
const ELSEWHERE = '210987654321';
const PROVIDER = `arn:aws:iam::${HERE}:oidc-provider/token.actions.githubusercontent.com`;
const OTHER_PROVIDER = PROVIDER.replace(HERE, ELSEWHERE);
const NO_REPOSITORY = { repository: undefined, applicationRepository: undefined };

/** Dev and prod with these accounts. */
function inAccounts(accountOfDev: string | undefined, accountOfProd: string | undefined) {
  return { dev: { ...dev, account: accountOfDev }, prod: { ...prod, account: accountOfProd } };
}

type Change = Partial<Record<keyof DeliveryConfig, unknown>>;

/** Broken rules of the tests' delivery with other values, for dev and prod in these accounts. */
function broken(change: Change, environments = inAccounts(HERE, HERE)): string[] {
  return brokenDeliveryRules({ ...testDelivery, ...change } as DeliveryConfig, environments);
}

function containing(text: string): unknown {
  return expect.stringContaining(text);
}

test.each<Change>([
  {},
  { repository: 'prooflink/infrastructure' },
  { repository: 'Proof-Link/infra.structure_2' },
  { repository: 'prooflink/.github' },
  { repository: 'prooflink/infra.gitops' },
  { applicationRepository: undefined },
  { applicationRepository: 'prooflink/prooflink' },
  { reviewLanguage: 'ja' },
  { existingProviders: [PROVIDER] },
  { region: 'us-east-1', environments: { dev: false, prod: true } },
  // No other rule is asked.
  { ...NO_REPOSITORY, region: 'tokyo', environments: {} },
])('what GitHub and AWS take is taken: %j', (change) => {
  expect(broken(change)).toEqual([]);
});

test.each([
  '',
  'prooflink',
  '/infrastructure',
  'prooflink/*',
  'prooflink/infrastructure:environment',
  'prooflink/${aws:username}',
  'prooflink/infrastructure/main',
  'prooflink/infra structure',
  'prooflink/infrastructure\n',
  'prooflink/..',
  'prooflink@1234/infrastructure',
  'prooflink/infrastructure@5678',
  'prooflink@*/infrastructure@*',
  `${'a'.repeat(40)}/infrastructure`,
  `prooflink/${'a'.repeat(101)}`,
])('a repository that GitHub cannot mean, or that IAM would read as more than one: %j', (name) => {
  for (const field of ['repository', 'applicationRepository']) {
    expect(broken({ [field]: name })).toEqual([
      expect.stringContaining(`delivery: ${field}: ${show(name)} is not a repository; write`),
    ]);
  }
});

test.each([
  { name: 'prooflink/infrastructure.git', withoutEnding: 'prooflink/infrastructure' },
  { name: 'prooflink@1234/infrastructure.git@5678', withoutEnding: 'prooflink@1234/infrastructure@5678' },
])('$name: GitHub gives no repository a name that ends in .git, and no job a role', ({ name, withoutEnding }) => {
  for (const field of ['repository', 'applicationRepository']) {
    expect(broken({ [field]: name })).toEqual([
      `delivery: ${field}: ${name} ends in .git, which no repository of GitHub does; write ${withoutEnding}`,
    ]);
  }
});

test('a language that no review is written in', () => {
  for (const repositories of [{}, NO_REPOSITORY]) {
    expect(broken({ reviewLanguage: 'de', ...repositories })).toEqual([
      'delivery: reviewLanguage: de is no language of the review; write en or ja',
    ]);
  }
});

test.each([
  '',
  PROVIDER.replace('token.actions', 'evil'),
  `${PROVIDER}.example.com`,
  `x${PROVIDER}`,
  PROVIDER.replace('token.', 'token-'),
  `${PROVIDER}/other`,
  PROVIDER.replace(HERE, '*'),
])('a provider whose tokens are not GitHub’s, or that no role can trust: %s', (arn) => {
  const [problem, ...furtherProblems] = broken({ existingProviders: [arn] });
  expect(problem).toContain(`existingProviders[0]: ${show(arn)} is not a provider of `);
  expect(problem).toMatch(/ arn:aws:iam::.*, or leave it out$/);
  expect(furtherProblems).toEqual([]);
});

test('a provider of an account in which nothing is deployed', () => {
  expect(broken({ existingProviders: [PROVIDER] }, inAccounts(ELSEWHERE, '333333333333'))).toEqual([
    `delivery: existingProviders[0]: ${PROVIDER} is of account ${HERE}, and the environments of ${ELSEWHERE}, ` +
      '333333333333; leave it out',
  ]);
});

test('a second provider of an account is refused', () => {
  // AWS allows one, and a stack that trusts the wrong one admits no job.
  expect(broken({ existingProviders: [PROVIDER, PROVIDER] }, inAccounts(HERE, ELSEWHERE))).toEqual([
    containing(`existingProviders[1]: ${PROVIDER} is a second one, and an account can have one`),
  ]);
  expect(broken({ existingProviders: [PROVIDER, OTHER_PROVIDER] }, inAccounts(HERE, ELSEWHERE))).toEqual([]);
});

test.each<{ readonly title: string; readonly change: Change; readonly says: string }>([
  { title: 'a region that is none', change: { region: 'tokyo' }, says: 'region: tokyo is not a region' },
  {
    title: 'no environment at all',
    change: { environments: { dev: false } },
    says: 'environments: none is true; write true for one, or undefined for the repository',
  },
  {
    title: 'an environment that lib/config lacks',
    change: { environments: { dev: true, staging: true } },
    says: 'environments.staging: staging is not one of dev, prod',
  },
  {
    title: 'a name that every object has',
    change: { environments: { dev: true, toString: false } },
    says: 'environments.toString: toString is not one of dev, prod',
  },
  {
    title: 'the application’s repository without this one',
    change: { repository: undefined },
    says:
      'applicationRepository: prooflink@1234/prooflink@9012 gets no role as long as repository is undefined; ' +
      'write both, or neither',
  },
])('what the roles could not reach is refused: $title', ({ change, says }) => {
  expect(broken(change)).toEqual([containing(`delivery: ${says}`)]);
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
  const check = () => {
    assertValid({ dev: { ...dev, region: 'tokyo' }, prod }, wrong);
  };
  expect(check).toThrow(/^ {2}dev: region: tokyo /m);
  expect(check).toThrow(/^ {2}delivery: repository: .*\n {2}delivery: environments\.test: test/m);
});
