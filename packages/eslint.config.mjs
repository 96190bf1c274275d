import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { defineConfig } from 'eslint/config';
import { base, BY_TYPE, DEFAULT_EXPORT, DENSE } from '../eslint.config.mjs';

const ROOT = join(import.meta.dirname, '..');

/** Packages that know nothing of ProofLink: any CDK app can use them. */
const WITHOUT_APP = ['change-review', 'common', 'local-aws'];

/** The only files of packages that import the app: one for programs, one for what their tests need besides. */
const DOORS = ['packages/commands/src/app.ts', 'packages/testing/src/app-rules.ts'];

/** True if a file of a package may import a file of this repository, both by their paths from the root. */
function mayImport(file, target) {
  const [, name] = file.split('/');
  if (target.startsWith(`packages/${name}/`)) return true;
  if (WITHOUT_APP.includes(name)) return false;
  if (DOORS.includes(file)) return target.startsWith('lib/');
  if (file.startsWith('packages/testing/src/')) return target.startsWith('test/support/');
  // A manifest is data.
  return file.startsWith(`packages/${name}/test/`) && target.endsWith('.json');
}

/** Packages import the app through one door, and other packages by name. */
const door = {
  create: (context) => {
    const file = relative(ROOT, context.filename);
    const check = (node, source) => {
      if (typeof source?.value !== 'string' || !source.value.startsWith('.')) return;
      if (mayImport(file, relative(ROOT, join(dirname(context.filename), source.value)))) return;
      context.report({ node, message: 'Import the app through @infra/commands/app, and another package by its name.' });
    };
    return {
      ImportDeclaration: (node) => check(node, node.source),
      ExportNamedDeclaration: (node) => check(node, node.source),
      ExportAllDeclaration: (node) => check(node, node.source),
      ImportExpression: (node) => check(node, node.source),
      'CallExpression[callee.name="require"]': (node) => check(node, node.arguments[0]),
    };
  },
};

const SDK = join(ROOT, 'node_modules/@aws-sdk');

/** Folders of the declarations of the SDK's clients. */
const SDK_TYPES = readdirSync(SDK)
  .filter((name) => name.startsWith('client-'))
  .map((name) => join(SDK, name, 'dist-types'));

/** `ECSClient`, and `ECS`, which is one too. */
const CLIENTS = new Set(
  SDK_TYPES.flatMap((types) => readdirSync(types))
    .filter((file) => file.endsWith('Client.d.ts'))
    .flatMap((file) => [file.slice(0, -'.d.ts'.length), file.slice(0, -'Client.d.ts'.length)]),
);

/** Field of an answer that leads to the next page. */
const NEXT_PAGE = /^(\w*[nN]ext\w*(Token|Marker)|Marker|IsTruncated)$/;

const load = createRequire(import.meta.url);

/** Fields of the answer to an operation, on its outermost level, by the schema that the SDK exports. */
function fieldsOfAnswer(client, operation) {
  const schema = load(`@aws-sdk/${client}`)[`${operation}$`];
  if (schema === undefined) throw new Error(`@aws-sdk/${client} exports no schema ${operation}$.`);
  const [, , , , , output] = schema;
  const answer = output();
  // An answer without content has no schema but a word for "nothing".
  return Array.isArray(answer) ? answer[4] : [];
}

const paged = new Map();

/** True if AWS answers a page: to a command, `ListTasksCommand`, or to the method of a client, `listTasks`. */
function isPaged(name) {
  const operation = `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`.replace(/Command$/, '');
  if (!paged.has(operation)) {
    const clients = readdirSync(SDK).filter((client) =>
      existsSync(join(SDK, client, 'dist-types/commands', `${operation}Command.d.ts`)),
    );
    const answers = clients.map((client) => fieldsOfAnswer(client, operation));
    paged.set(
      operation,
      answers.some((fields) => fields.some((field) => NEXT_PAGE.test(field))),
    );
  }
  return paged.get(operation);
}

/** Reports what a test says of a node: what is made or called, by its last name, and with which arguments. */
function calls(types, message, isWrong) {
  return {
    create: (context) => {
      const check = (node) => {
        const { callee, arguments: given } = node;
        if (isWrong(callee.name ?? callee.property?.name ?? '', given)) context.report({ node, message });
      };
      return Object.fromEntries(types.map((type) => [type, check]));
    },
  };
}

const hasSignal = ([, options]) => options?.properties?.some(({ key }) => key?.name === 'signal');

/** Rules for asking AWS. */
const aws = {
  rules: {
    client: calls(
      ['NewExpression'],
      'It waits for ever: make it by awsClient (packages/operate/src/deployed/aws-client.ts), with a deadline.',
      (name) => CLIENTS.has(name),
    ),
    fetch: calls(
      ['CallExpression'],
      'It waits for ever: give it the signal AbortSignal.timeout(…).',
      (name, given) => name === 'fetch' && !hasSignal(given),
    ),
    'all-pages': calls(
      ['NewExpression', 'CallExpression'],
      'AWS answers a page: read all by the paginator of the SDK and readAll (packages/operate/src/deployed/pages.ts), or say why not.',
      isPaged,
    ),
    reason: {
      create: (context) => ({
        Program: () => {
          for (const { value, loc } of context.sourceCode.getAllComments())
            if (/^\s*eslint-disable/.test(value) && !/ -- \S/.test(value))
              context.report({ loc, message: 'Write the reason behind the rule: " -- why".' });
        },
      }),
    },
  },
};
const awsRules = { 'aws/client': 'error', 'aws/fetch': 'error', 'aws/all-pages': 'error', 'aws/reason': 'error' };

/** Containers of a task, or of a task definition. */
const CONTAINERS = '/^(containers|containerDefinitions)$/';

/** The first container of a task, which may be GuardDuty's: Runtime Monitoring adds one, in no order. */
const FIRST_CONTAINER = [
  `MemberExpression[computed=true][property.value=0][object.property.name=${CONTAINERS}]`,
  `MemberExpression[computed=true][property.value=0][object.name=${CONTAINERS}]`,
  `MemberExpression[computed=true][property.value=0] > LogicalExpression.object MemberExpression[property.name=${CONTAINERS}]`,
  `CallExpression[callee.property.name=/^(at|shift|pop)$/][callee.object.property.name=${CONTAINERS}]`,
  `CallExpression[callee.property.name=/^(at|shift|pop)$/][callee.object.name=${CONTAINERS}]`,
  `Property[key.name=${CONTAINERS}][value.type="ArrayPattern"]`,
  `Property[key.name=${CONTAINERS}][value.left.type="ArrayPattern"]`,
  `VariableDeclarator[id.type="ArrayPattern"] > MemberExpression.init[property.name=${CONTAINERS}]`,
  `VariableDeclarator[id.type="ArrayPattern"] > LogicalExpression.init MemberExpression[property.name=${CONTAINERS}]`,
].map((selector) => ({
  selector,
  message: 'Find a container by its name (applicationContainer): GuardDuty adds one to each task, in no order.',
}));

/** Folders of commands, which run for people and in CI. */
const COMMANDS = '{commands,cost,delivery,doctor,local,operate,proofs,rehearse}';

/** Lists of commands, which load the work of each one once it is called. */
const LISTS = ['*/src/commands.ts'];

export default defineConfig([
  ...base,
  {
    files: ['*/{src,test}/**/*.ts'],
    // They are copied into lib.
    ignores: ['proofs/test/extensions/constructs/**'],
    plugins: { packages: { rules: { door } } },
    rules: { 'packages/door': 'error' },
  },
  {
    files: [`${COMMANDS}/test/**/*.ts`],
    rules: { 'no-restricted-syntax': ['error', DEFAULT_EXPORT, ...DENSE, ...BY_TYPE] },
  },
  {
    files: [`${COMMANDS}/src/**/*.{ts,js,mjs}`],
    // It plays the application.
    ignores: ['local/src/sample-app/**'],
    plugins: { aws },
    rules: awsRules,
  },
  {
    files: [`${COMMANDS}/src/**/*.ts`],
    ignores: LISTS,
    rules: {
      // A command loads its own work, or the config, once it is called: the program itself starts at once.
      '@typescript-eslint/no-require-imports': [
        'error',
        { allow: ['/app$', '/lib/create-stacks$', '/lib/config/rules/settings$', '/rehearsal-config$'] },
      ],
      'no-restricted-syntax': [
        'error',
        DEFAULT_EXPORT,
        ...DENSE,
        ...BY_TYPE,
        ...FIRST_CONTAINER,
        {
          selector: 'ImportExpression[source.value!=/^(\\.[^.]|@infra\\/)/]',
          message: 'Only the work of a command itself is loaded late.',
        },
      ],
    },
  },
]);
