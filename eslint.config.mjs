import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import eslint from '@eslint/js';
import awscdk from 'eslint-plugin-awscdk';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

export const DEFAULT_EXPORT = { selector: 'ExportDefaultDeclaration', message: 'Use a named export.' };

/** Forms that only save lines: a reader takes them apart again. */
export const DENSE = [
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
export const BY_TYPE = [
  `VariableDeclarator[id.type="ArrayPattern"] > :matches(${ALL_OF_TYPE}).init`,
  `MemberExpression[computed=true] > :matches(${ALL_OF_TYPE}).object`,
  `MemberExpression[property.name=/^(at|find|findLast|shift|pop)$/] > :matches(${ALL_OF_TYPE}).object`,
  'CallExpression[callee.property.name=/^find/] BinaryExpression[right.value=/^(AWS|Custom)::/]',
  'CallExpression[callee.property.name=/^find/] > ArrowFunctionExpression > ' +
    'CallExpression[callee.property.name=/^(includes|startsWith|endsWith)$/]' +
    '[callee.object.name=/^(arn|id|logicalId|physicalId)$/]',
].map((selector) => ({ selector, message: BY_PATH }));

/** A relative path into a package. */
const ACROSS_PACKAGES = {
  regex: '^(\\.\\./)+packages/',
  message: 'Import a package by its name: its `exports` are what it offers.',
};

/** The rule on imports: what holds for every file, and patterns that hold besides. */
export function imports(...patterns) {
  const core = "Import from 'aws-cdk-lib/core': the root pulls the types of all modules in.";
  return ['error', { paths: [{ name: 'aws-cdk-lib', message: core }], patterns: [ACROSS_PACKAGES, ...patterns] }];
}

const OWN_PATHS = 'common/src/own-paths.ts';

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
      context.report({ node, message: `Only packages/${OWN_PATHS} removes files: use removeOwnPath.` });
    };
    return {
      Identifier: (node) => check(node, node.name),
      Literal: (node) => check(node, node.value),
      TemplateElement: (node) => check(node, node.value.raw),
    };
  },
};

const ROOT = import.meta.dirname;

/** Names that the manifest of a folder lets a file import: what runs needs no dev dependency. */
function importable(folder, runs) {
  const { dependencies, devDependencies, peerDependencies } = JSON.parse(
    readFileSync(join(ROOT, folder, 'package.json'), 'utf8'),
  );
  return new Set(Object.keys({ ...dependencies, ...peerDependencies, ...(runs ? {} : devDependencies) }));
}

/** An import of a package names one of the manifest: `npm ci --omit=dev` is enough to synthesize and to operate. */
const manifest = {
  create: (context) => {
    const file = relative(ROOT, context.filename);
    const [, folder = '', rest] = /^(packages\/[^/]+(?=\/))?\/?(.*)$/.exec(file);
    const names = importable(folder, /^(bin|lib|src)\//.test(rest));
    const check = (node, source) => {
      if (typeof source?.value !== 'string' || /^(\.|node:)/.test(source.value)) return;
      const [name] = /^(@[^/]+\/)?[^/]+/.exec(source.value);
      if (names.has(name)) return;
      context.report({
        node,
        message: `${join(folder, 'package.json')} does not name ${name}, or for development alone.`,
      });
    };
    return {
      ImportDeclaration: (node) => check(node, node.source),
      ExportNamedDeclaration: (node) => check(node, node.source),
      ImportExpression: (node) => check(node, node.source),
      'CallExpression[callee.name="require"]': (node) => check(node, node.arguments[0]),
    };
  },
};

/** Rules for every file, also of packages. */
export const base = [
  globalIgnores(['cdk.out*/', 'packages/{change-review,local-aws}/dist/', 'coverage/', 'reports/', '.stryker/']),
  {
    files: ['**/*.{ts,js,mjs,cjs}'],
    // The app's tests remove one folder, which they have made. The last two hold bad samples.
    ignores: [`**/${OWN_PATHS}`, 'test/support/run-folder.ts', '**/proofs/test/lint/{eslint,removals}.test.ts'],
    plugins: { own: { rules: { removals, verbs } } },
    rules: { 'own/removals': 'error', 'own/verbs': 'error', ...comments([...RIDDLES, ...QUESTIONS]) },
  },
  { files: ['lib/config/**/*.ts', '**/cost/src/usage.ts'], rules: comments(RIDDLES) },
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
    files: ['**/*.ts'],
    // They are copied into lib.
    ignores: ['**/proofs/test/extensions/constructs/**'],
    plugins: { manifests: { rules: { manifest } } },
    rules: { 'manifests/manifest': 'error' },
  },
  { files: ['**/*.js'], languageOptions: { sourceType: 'commonjs' } },
];

export default defineConfig([
  ...base,
  {
    files: ['test/**/*.ts'],
    rules: { 'no-restricted-syntax': ['error', DEFAULT_EXPORT, ...DENSE, ...BY_TYPE] },
  },
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
        regex: '^(\\.\\./)+(packages|test)(/|$)|^@infra/',
        message: 'The app knows neither packages nor its tests.',
      }),
    },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      'no-restricted-imports': imports({
        regex: '^(\\.\\./)+packages(/|$)|^@infra/',
        message: "The app's tests know no package.",
      }),
    },
  },
]);
