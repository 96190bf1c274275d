import { template } from '../../../test/support/assembly';
import { deployed } from '../../../test/support/deployed';
import { text as textOf } from '../../../test/support/template';
import { type Call, type CallRule, callsOf, forEachCall, valueOf } from './calls';
import type { Rule } from './documents';
import { awsOperation } from './sdk';

/** The operation that a call of the AWS CLI names. */
function operationOf([program, service = '', command = '']: Call) {
  return program === 'aws' ? awsOperation(service, command) : undefined;
}

/** Names of fields in an expression of JMESPath: a word that is neither a function, nor a new name, nor within quotes. */
function fieldsOfQuery(query: string): string[] {
  const withoutTexts = query.replace(/'[^']*'|`[^`]*`/g, '');
  return withoutTexts.match(/(?<!\w)[A-Za-z]\w*(?!\w*\s*[(:])/g) ?? [];
}

/** A query of a field that AWS does not answer finds nothing, and says so with the word "None". */
const queriesFindFields: CallRule = (call) => {
  const query = valueOf(call, '--query');
  const operation = operationOf(call);
  if (query === undefined || !operation) return [];
  const unknown = fieldsOfQuery(query).filter((field) => !operation.outputFields.has(field));
  return unknown.map((field) => `${call.slice(0, 3).join(' ')} answers no ${field}`);
};

/** Fields that a page's programs of jq add, or read from the secret of the database's master user. */
const OTHER_FIELDS = ['password', 'cluster'];

/** Names of fields in a program of jq: behind a dot, or alone in the braces of a new object. */
function fieldsOfJq(program: string): string[] {
  const withoutTexts = program.replace(/"[^"]*"/g, '""');
  const behindDot = [...withoutTexts.matchAll(/\.([A-Za-z]\w*)/g)];
  const inBraces = [...withoutTexts.matchAll(/(?<=[{,]\s*)([A-Za-z]\w*)(?=\s*[,}])/g)];
  return [...behindDot, ...inBraces].map(([, field = '']) => field);
}

/** Program among the words of a call of jq: the first that is neither an option nor an argument of `--arg`. */
function programOfJq([, ...words]: Call): string {
  const position = words.findIndex((word, index) => {
    const isOfArg = words[index - 1] === '--arg' || words[index - 2] === '--arg';
    return !word.startsWith('-') && !isOfArg;
  });
  return words[position] ?? '';
}

/** A program of jq reads what AWS answers to the page's calls. */
const jqReadsAnswers: Rule = (page) => {
  const calls = callsOf(page);
  const answered = calls.flatMap((call) => [...(operationOf(call)?.outputFields ?? [])]);
  const known = new Set([...answered, ...OTHER_FIELDS]);
  const programs = calls.filter(([program]) => program === 'jq').map(programOfJq);
  const unknown = programs.flatMap(fieldsOfJq).filter((field) => !known.has(field));
  return unknown.map((field) => `jq: no call of the page answers ${field}`);
};

/** Outputs of the stacks, those of secret settings and of a migration among them. */
function outputs(): string[] {
  const stacks = ['dev', 'prod', 'testweekdays', 'delivery'] as const;
  return stacks.flatMap((stack) => Object.keys(template(stack).Outputs ?? {}));
}

/** A stack has the output that a query asks for. */
const outputsAreThere: CallRule = (call) => {
  const [, output] = /\?OutputKey=='([^']*)'/.exec(valueOf(call, '--query') ?? '') ?? [];
  return output === undefined || outputs().includes(output) ? [] : [`no output ${output}`];
};

/** Beginnings of the descriptions by which a page finds a secret, those of secret settings among them. */
function descriptionsOfSecrets(): string[] {
  const environments = ['testopen', 'testweekdays'] as const;
  return environments.flatMap((environment) => {
    const secrets = deployed(environment).all('AWS::SecretsManager::Secret');
    const descriptions = secrets.map(({ properties }) => textOf(properties['Description']));
    return ['dev', 'prod'].flatMap((name) => descriptions.map((text) => text.replaceAll(environment, name)));
  });
}

/** A secret has the description that a filter asks for. */
const descriptionsAreThere: CallRule = (call) => {
  const [, description] = /^Key=description,Values=(.*)$/.exec(valueOf(call, '--filters') ?? '') ?? [];
  if (description === undefined) return [];
  const isThere = descriptionsOfSecrets().some((text) => text.startsWith(description));
  return isThere ? [] : [`no secret's description begins with ${description}`];
};

/** Rules: what a page's commands look up is there. */
export const LOOKUP_RULES = {
  queriesFindFields: forEachCall(queriesFindFields),
  jqReadsAnswers,
  outputsAreThere: forEachCall(outputsAreThere),
  descriptionsAreThere: forEachCall(descriptionsAreThere),
} satisfies Record<string, Rule>;
