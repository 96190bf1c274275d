import { dev, prod } from '../support/configs';
import { resourceNames } from '../../lib/config/names';
import { Parameter } from '../../lib/contract';
import { template } from '../support/assembly';
import { type TestEnvironment, testEnvironments } from '../support/environments';
import type { Page, Rule } from './documents';

const STACKS = ['dev', 'prod', 'delivery'] as const;

/** Names that start with the project's, log groups and roles among them. */
const NAMES =
  /(?:(?:\/[a-z]+)*\/?\bprooflink-(?:[a-z]+(?:-[a-z0-9]+)*|\*)|\bProoflink[A-Z]\w+|\bprooflink_\w+)(?!\.ts)\b/g;

/** Names in the templates, deployed or as a stack. */
const DEPLOYED = new Set(
  STACKS.flatMap((stack) => [
    `Prooflink${stack.charAt(0).toUpperCase()}${stack.slice(1)}`,
    ...(JSON.stringify(template(stack)).match(NAMES) ?? []),
  ]),
);

/** Names that a person gives, and the beginnings of names. */
const GIVEN = [
  'prooflink-prod-db-restored',
  'prooflink-prod-db-old',
  'prooflink-dev',
  'prooflink-prod',
  // Names of an environment that moves in.
  ...['alb', 'job-queue', 'ecs-sg', 'db-subnet-group'].map((name) => `prooflink-${name}`),
  ...['dev', 'prod'].flatMap((environment) =>
    ['moving-in', 'moving-in-encrypted', 'restored', 'old', 'db-old', 'db-old-last', 'files'].map(
      (name) => `prooflink-${environment}-${name}`,
    ),
  ),
  'ProoflinkStaging',
  // The delivery of one account of two.
  'ProoflinkDeliveryDev',
  'ProoflinkDeliveryProd',
  // The stack of `npm run prooflink -- rehearse`.
  'ProoflinkRehearsal',
  // There once a migration is configured.
  ...['dev', 'prod'].map((environment) => resourceNames(environment).migrationFamily),
];

/** A page's text as each environment's shell reads it. */
const read = ({ text }: Page): string[] =>
  text.includes('$E') ? ['dev', 'prod'].map((environment) => text.replaceAll('$E', environment)) : [text];

const namesExist: Rule = (page) =>
  read(page)
    .flatMap((text) => text.match(NAMES) ?? [])
    .filter((name) => !DEPLOYED.has(name) && !GIVEN.includes(name));

const typesExist: Rule = ({ text }) => {
  const stacks = ['delivery', ...(Object.keys(testEnvironments) as TestEnvironment[])] as const;
  const types = stacks.flatMap((stack) => Object.values(template(stack).Resources).map(({ Type }) => Type));
  return (text.match(/\bAWS::\w+::\w+/g) ?? []).filter((type) => !types.includes(type));
};

const parametersExist: Rule = ({ text }) =>
  [...text.matchAll(/--parameters (\w+)=|`(\w+ImageTag)`/g)]
    .map(([, given, named]) => given ?? named ?? '')
    .filter((name) => !Object.values<string>(Parameter).includes(name));

const fieldsExist: Rule = ({ text }) => {
  const sections = Object.entries(prod)
    .filter(([, value]) => typeof value === 'object')
    .map(([name]) => name);
  return [...text.matchAll(new RegExp(`\`((?:${sections.join('|')}|officeHours)(?:\\.(?!ts\\b)\\w+)+)(?![\\w(])`, 'g'))]
    .map(([, path = '']) => path)
    .filter((path) => ![dev, prod].some((config) => has(config, path.split('.'))));
};

/** True if a config has a value, or a place for one, at a path. */
function has(value: unknown, [name, ...rest]: readonly string[]): boolean {
  if (name === undefined) return true;
  return (
    typeof value === 'object' && value !== null && name in value && has((value as Record<string, unknown>)[name], rest)
  );
}

/** Rules: a page's statements on the stacks and their config are true. */
export const NAME_RULES = { namesExist, typesExist, parametersExist, fieldsExist } satisfies Record<string, Rule>;
