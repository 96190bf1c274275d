import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import eslint from '@eslint/js';
import awscdk from 'eslint-plugin-awscdk';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

const DEFAULT_EXPORT = { selector: 'ExportDefaultDeclaration', message: 'Use a named export.' };

/** Forms that only save lines: a reader takes them apart again. */
const DENSE = [
  {
    selector: 'SpreadElement[argument.type=/^(Array|Object)Expression$/]',
    message: 'Write the elements themselves, over as many lines as they take.',
  },
  {
    selector: 'VariableDeclarator[id.type="ArrayPattern"][init.type="ArrayExpression"]',
    message: 'Declare one thing at a time.',
  },
  {
    selector: 'VariableDeclarator[id.type="ArrayPattern"][init.expression.type="ArrayExpression"]',
    message: 'Declare one thing at a time.',
  },
  {
    selector:
      'VariableDeclarator[id.type="ArrayPattern"][init.callee.property.name="map"][init.callee.object.type="ArrayExpression"]',
    message: 'Declare one thing at a time, each by a call of one function.',
  },
];

const BY_PATH =
  'Find a part by its construct path (Part of lib/contract.ts): a team adds further resources of any type, under any name.';

/** Calls whose result has all resources of a CloudFormation type. */
const ALL_OF_TYPE = [
  'CallExpression[callee.name="allPhysicalIds"]',
  'CallExpression[callee.property.name="ofType"]',
  'CallExpression[callee.property.name="all"][arguments.0.value=/^(AWS|Custom)::/]',
].join(', ');

/** Look-ups of one resource among all of its type, or by a piece of its name. Counts of all are allowed. */
const BY_TYPE = [
  `VariableDeclarator[id.type="ArrayPattern"] > :matches(${ALL_OF_TYPE}).init`,
  `MemberExpression[computed=true] > :matches(${ALL_OF_TYPE}).object`,
  `MemberExpression[property.name=/^(at|find|findLast|shift|pop)$/] > :matches(${ALL_OF_TYPE}).object`,
  'CallExpression[callee.property.name=/^find/] BinaryExpression[right.value=/^(AWS|Custom)::/]',
  'CallExpression[callee.property.name=/^find/] > ArrowFunctionExpression > ' +
    'CallExpression[callee.property.name=/^(includes|startsWith|endsWith)$/]' +
    '[callee.object.name=/^(arn|id|logicalId|physicalId)$/]',
].map((selector) => ({ selector, message: BY_PATH }));

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

/** A relative path into a package, or out of one. */
const ACROSS_PACKAGES = {
  regex: '^(\\.\\./)+packages/|^(\\.\\./)+[^.][^/]*/(src|test)/',
  message: 'Import a package by its name: its `exports` are what it offers.',
};

/** The rule on imports: what holds for every file, and patterns that hold besides. */
function imports(...patterns) {
  const core = "Import from 'aws-cdk-lib/core': the root pulls the types of all modules in.";
  return ['error', { paths: [{ name: 'aws-cdk-lib', message: core }], patterns: [ACROSS_PACKAGES, ...patterns] }];
}

const TOOLS = join(import.meta.dirname, 'tools');

/** Rooms of tools from which each one may import besides itself; a command of `operate` is a room of its own. */
const MAY_IMPORT = {
  program: [],
  deployed: ['program'],
  // Sentences of its commands without a folder stand beside them.
  operate: ['deployed', 'program', 'operate/ja', 'operate/words'],
  workflows: ['program'],
  cost: ['deployed', 'program'],
  local: ['deployed', 'program'],
  // Its tables and pictures show costs.
  repository: ['deployed', 'program', 'cost'],
};

/** Data of one command that others refer to, and that a page or a question shows. */
const SHARED_DATA = ['cost/usage'];

/** Lists of commands, which load the work of each one once it is called. */
const LISTS = ['prooflink.ts', 'cost/commands.ts', 'operate/commands.ts', 'workflows/commands.ts'];

/** The app of a rehearsal, which makes the stacks of the app in `bin`. */
const APP_OF_REHEARSAL = 'operate/rehearse/app.ts';

/** The room of a file below tools, and the command that it belongs to, if it is of `operate`. */
function roomOf(path) {
  const [room, command] = path.replace(/\.ts$/, '').split('/');
  return room === 'operate' ? `operate/${command}` : room;
}

/** Imports between the rooms of tools: a command knows no other one. */
const rooms = {
  create: (context) => {
    const file = relative(TOOLS, context.filename);
    if (file.startsWith('..') || file === APP_OF_REHEARSAL || LISTS.includes(file)) return {};
    const own = roomOf(file);
    const allowed = MAY_IMPORT[own.split('/')[0]] ?? [];
    const check = ({ source }) => {
      if (typeof source?.value !== 'string' || !source.value.startsWith('.')) return;
      const target = relative(TOOLS, join(dirname(context.filename), source.value));
      const isAllowed = target.startsWith('..')
        ? /^\.\.\/lib\/(config|contract|language|ascii-template)(\/|$)/.test(target)
        : roomOf(target) === own || allowed.includes(roomOf(target)) || SHARED_DATA.includes(target);
      if (isAllowed) return;
      const message = `${own} may import from ${[...allowed, 'lib/config', 'lib/contract', 'lib/language'].join(', ')} and packages only.`;
      context.report({ node: source, message });
    };
    return {
      ImportDeclaration: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
      ImportExpression: check,
    };
  },
};

const SDK = join(import.meta.dirname, 'node_modules/@aws-sdk');

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
      'It waits for ever: make it by awsClient (tools/deployed/aws-client.ts), with a deadline.',
      (name) => CLIENTS.has(name),
    ),
    fetch: calls(
      ['CallExpression'],
      'It waits for ever: give it the signal AbortSignal.timeout(…).',
      (name, given) => name === 'fetch' && !hasSignal(given),
    ),
    'all-pages': calls(
      ['NewExpression', 'CallExpression'],
      'AWS answers a page: read all by the paginator of the SDK and readAll (tools/deployed/pages.ts), or say why not.',
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

const OWN_PATHS = 'packages/common/src/own-paths.ts';

/** Names of a removal in Node, and in a shell. */
const REMOVES = /^(rm|rmdir|unlink)(Sync)?$/;
const SHELL_REMOVES = /(^|[^\w.-])(rm|rmdir|unlink)\s|\bgit clean\b|\bfind\b.*-delete\b|^--clear$|\brmtree\b/;

/** Words that begin no comment: the subject comes first. */
const RIDDLES = ['of', 'whose', 'whoever', 'nobody', 'somebody', 'everybody', 'with which', 'by which', 'at which'];
/** The config's fields are questions, which begin with these. */
const QUESTIONS = ['what', 'who', 'where', 'whether', 'how', 'which'];

const comments = (terms) => ({ 'no-warning-comments': ['error', { terms, location: 'start', decoration: ['*'] }] });

/** Verbs of this house: AWS has others (fix, fire, report, roll back, assume a role). */
const HOUSE = /\b(mend(s|ed)?|rings?|rang|tells?|told|how dear|turn(s|ed)? back|takes? a role)\b/i;

/** No house verb in a comment, or in the name of a test. */
const verbs = {
  create: (context) => {
    const check = (text, loc) => {
      const [word] = HOUSE.exec(text) ?? [];
      if (word)
        context.report({ loc, message: `"${word}": write AWS's verb, such as fix, fire, report or roll back.` });
    };
    return {
      Program: () => {
        for (const { value, loc } of context.sourceCode.getAllComments()) check(value, loc);
      },
      CallExpression: ({ callee, arguments: [title] }) => {
        if (/^(describe|it|test)\b/.test(context.sourceCode.getText(callee))) check(title?.value, title?.loc);
      },
    };
  },
};

/** No removal but through the file that refuses what its own process did not make. */
const removals = {
  create: (context) => {
    const check = (node, text) => {
      if (typeof text !== 'string' || !(REMOVES.test(text) || SHELL_REMOVES.test(text))) return;
      context.report({ node, message: `Only ${OWN_PATHS} removes files: use removeOwnPath.` });
    };
    return {
      Identifier: (node) => check(node, node.name),
      Literal: (node) => check(node, node.value),
      TemplateElement: (node) => check(node, node.value.raw),
    };
  },
};

export default defineConfig([
  globalIgnores(['cdk.out*/', 'coverage/', 'reports/', '.stryker/']),
  {
    files: ['**/*.{ts,js,mjs,cjs}'],
    // The app's tests remove one folder, which they have made. The last two hold bad samples.
    ignores: [OWN_PATHS, 'test/support/run-folder.ts', 'tools/test/lint/{eslint,removals}.test.ts'],
    plugins: { own: { rules: { removals, verbs } } },
    rules: { 'own/removals': 'error', 'own/verbs': 'error', ...comments([...RIDDLES, ...QUESTIONS]) },
  },
  { files: ['lib/config/**/*.ts', 'tools/cost/usage.ts'], rules: comments(RIDDLES) },
  {
    files: ['**/*.ts'],
    extends: [eslint.configs.recommended, tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { project: './tsconfig.all.json', tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      'no-restricted-imports': imports(),
      'no-restricted-syntax': ['error', DEFAULT_EXPORT, ...DENSE],
      '@typescript-eslint/no-shadow': ['error', { ignoreTypeValueShadow: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      // The construct tree is the state: `new Thing(this, 'Id')` for its effect is how the CDK is written.
      'no-new': 'off',
      '@typescript-eslint/no-extraneous-class': 'off',
    },
  },
  {
    files: ['{test,tools/test}/**/*.ts'],
    rules: { 'no-restricted-syntax': ['error', DEFAULT_EXPORT, ...DENSE, ...BY_TYPE] },
  },
  {
    files: ['bin/**/*.{ts,js}', 'lib/**/*.ts', 'tools/**/*.{ts,js,mjs}'],
    // It plays the application.
    ignores: ['tools/local/sample-app/**', 'tools/test/**'],
    plugins: { aws },
    rules: awsRules,
  },
  { files: ['**/*.js'], languageOptions: { sourceType: 'commonjs' } },
  {
    files: ['bin/**/*.ts', 'lib/**/*.ts'],
    extends: [awscdk.configs.strict],
    // The plugin brings a copy of this parser, which would read the whole project a second time.
    languageOptions: { parser: tseslint.parser, parserOptions: { projectService: false } },
    // A comment on each `vpc: IVpc` would say what the line says.
    rules: { 'awscdk/require-jsdoc': 'off' },
  },
  {
    files: ['lib/**/*.ts'],
    rules: {
      'no-restricted-imports': imports({
        regex: '^(\\.\\./)+(tools|test)(/|$)|^@infra/',
        message: 'The app knows neither packages, nor its tools, nor its tests.',
      }),
    },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      'no-restricted-imports': imports({
        regex: '^(\\.\\./)+tools(/|$)|^@infra/',
        message: "The app's tests know neither packages nor tools.",
      }),
    },
  },
  {
    files: ['tools/**/*.ts'],
    // The app itself, as the sample application needs it.
    ignores: ['tools/local/sample-app/app-with-sample-migration.ts', 'tools/test/**'],
    plugins: { tools: { rules: { rooms } } },
    rules: { 'tools/rooms': 'error' },
  },
  {
    files: ['packages/**/*.ts'],
    rules: {
      'no-restricted-imports': imports({
        regex: '^(\\.\\./)+(lib|tools|bin)(/|$)|^(\\.\\./){3,}test(/|$)',
        message: 'A package knows nothing of the app.',
      }),
    },
  },
  {
    files: ['tools/**/*.ts'],
    ignores: ['tools/test/**', ...LISTS.map((file) => `tools/${file}`)],
    rules: {
      // A command loads its own work, or the config, once it is called: the program itself starts at once.
      '@typescript-eslint/no-require-imports': ['error', { allow: ['/lib/config$', '/rehearsal-config$'] }],
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
