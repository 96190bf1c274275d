import { Parameter, resourceNames, stackId } from '@infra/commands/app';
import { template } from '@infra/testing/assembly';
import { dev, prod } from '@infra/testing/configs';
import type { Page, Rule } from '@infra/testing/documents';

const ENVIRONMENTS = ['dev', 'prod'] as const;
const STACKS = ['dev', 'prod', 'delivery'] as const;

/** Names that start with the project's, log groups and roles among them. */
const NAMES = new RegExp(
  [
    String.raw`(?:/[a-z]+)*/?\bprooflink-(?:[a-z]+(?:-[a-z0-9]+)*|\*)(?!\.ts)\b`,
    String.raw`\bProoflink[A-Z]\w+(?!\.ts)\b`,
    String.raw`\bprooflink_\w+(?!\.ts)\b`,
  ].join('|'),
  'g',
);

/** Names in the templates, and those of the stacks. */
const NAMES_OF_STACKS = new Set(
  STACKS.flatMap((stack) => [stackId(stack), ...(JSON.stringify(template(stack)).match(NAMES) ?? [])]),
);

/** Names that a person gives in an environment, after `prooflink-dev-`. */
const GIVEN_IN_ENVIRONMENT = [
  'moving-in',
  'moving-in-encrypted',
  'restored',
  'old',
  'db-old',
  'db-old-last',
  'files',
  'files-123456789012',
];

/** Names that a person gives, and the beginnings of names. */
const GIVEN_NAMES = [
  ...ENVIRONMENTS.map((environment) => `prooflink-${environment}`),
  ...ENVIRONMENTS.flatMap((environment) => GIVEN_IN_ENVIRONMENT.map((name) => `prooflink-${environment}-${name}`)),
  'prooflink-prod-db-restored',
  // The guide's names, which an environment that moves in has: without the environment.
  ...[...NAMES_OF_STACKS].map((name) => name.replace('prooflink-prod-', 'prooflink-')),
  'ProoflinkStaging',
  'ProoflinkRehearsal',
  // The delivery of one account of two.
  'ProoflinkDeliveryDev',
  'ProoflinkDeliveryProd',
  // Once a migration is configured.
  ...ENVIRONMENTS.map((environment) => resourceNames(environment).migrationFamily),
];

/** A page's text as each environment's shell reads it. */
function textsOf({ text }: Page): string[] {
  if (!text.includes('$E')) return [text];
  return ENVIRONMENTS.map((environment) => text.replaceAll('$E', environment));
}

const namesExist: Rule = (page) => {
  const names = textsOf(page).flatMap((text) => text.match(NAMES) ?? []);
  return names.filter((name) => !NAMES_OF_STACKS.has(name) && !GIVEN_NAMES.includes(name));
};

const parametersExist: Rule = ({ text }) => {
  const names = [...text.matchAll(/--parameters (\w+)=|`(\w+ImageTag)`/g)];
  const parameters = Object.values<string>(Parameter);
  return names.map(([, inCommand, inProse]) => inCommand ?? inProse ?? '').filter((name) => !parameters.includes(name));
};

/** Sections of the config, to which a field on a page belongs. */
const SECTIONS = Object.entries({ ...prod, ...dev })
  .filter(([, value]) => typeof value === 'object')
  .map(([name]) => name);

const fieldsExist: Rule = ({ text }) => {
  const field = new RegExp(`\`((?:${SECTIONS.join('|')})(?:\\.(?!ts\\b)\\w+)+)(?![\\w(])`, 'g');
  const fields = [...text.matchAll(field)].map(([, path = '']) => path);
  return fields.filter((path) => ![dev, prod].some((config) => hasField(config, path.split('.'))));
};

/** True if a config has a value, or a place for one, at a path. */
function hasField(value: unknown, [name, ...inner]: readonly string[]): boolean {
  if (name === undefined) return true;
  if (typeof value !== 'object' || value === null || !(name in value)) return false;
  return hasField((value as Record<string, unknown>)[name], inner);
}

/** Rules: a page's statements on the stacks and their config are true. */
export const NAME_RULES = {
  namesExist,
  parametersExist,
  fieldsExist,
} satisfies Record<string, Rule>;
