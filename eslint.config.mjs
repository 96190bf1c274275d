import eslint from '@eslint/js';
import awscdk from 'eslint-plugin-awscdk';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

const DEFAULT_EXPORT = { selector: 'ExportDefaultDeclaration', message: 'Use a named export.' };

const LOCAL_AWS = {
  regex: '/local-aws/(?!index$)',
  message: 'The local AWS is a product of its own: import it through its entry, tools/local-aws.',
};

/** The rule on imports: what holds for every file, and patterns that hold besides. */
function imports(...patterns) {
  const core = "Import from 'aws-cdk-lib/core': the root pulls the types of all modules in.";
  return ['error', { paths: [{ name: 'aws-cdk-lib', message: core }], patterns }];
}

/** The rules of a tool's files, from where `up` leads to all tools: no tool knows another one. */
function tool(files, up) {
  const others = {
    regex: `^${up}(?!shared/|local-aws$|\\.\\./lib/config(/|$))`,
    message: 'A tool imports from tools/shared, lib/config and the local AWS only, never from another tool.',
  };
  return { files, rules: { 'no-restricted-imports': imports(others) } };
}

/** The rules of what tools share, from where `up` leads to all tools. */
function shared(files, up) {
  const tools = { regex: `^${up}(?!\\.\\./lib/config(/|$))`, message: 'What tools share knows none of them.' };
  return { files, rules: { 'no-restricted-imports': imports(tools) } };
}

const OWN_PATHS = 'packages/common/src/own-paths.ts';

/** What a removal is called in Node, and in a shell. */
const REMOVES = /^(rm|rmdir|unlink)(Sync)?$/;
const SHELL_REMOVES = /(^|[^\w.-])(rm|rmdir|unlink)\s|\bgit clean\b|\bfind\b.*-delete\b|^--clear$|\brmtree\b/;

/** No removal but through the file that refuses what its own process did not make. */
const removals = {
  create: (context) => {
    const check = (node, text) => {
      if (typeof text !== 'string' || !(REMOVES.test(text) || SHELL_REMOVES.test(text))) return;
      context.report({ node, message: `Only ${OWN_PATHS} removes files: use removeMade.` });
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
    // The latter holds bad samples.
    ignores: [OWN_PATHS, 'test/tools/lint/removals.test.ts'],
    plugins: { own: { rules: { removals } } },
    rules: { 'own/removals': 'error' },
  },
  {
    files: ['**/*.ts'],
    extends: [eslint.configs.recommended, tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { project: './tsconfig.all.json', tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      'max-lines': ['error', { max: 200, skipBlankLines: true, skipComments: true }],
      'no-restricted-imports': imports(),
      'no-restricted-syntax': ['error', DEFAULT_EXPORT],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      // The construct tree is the state: `new Thing(this, 'Id')` for its effect is how the CDK is written.
      'no-new': 'off',
      '@typescript-eslint/no-extraneous-class': 'off',
    },
  },
  {
    files: ['bin/**/*.ts', 'lib/**/*.ts'],
    extends: [awscdk.configs.strict],
    languageOptions: { parserOptions: { projectService: false } },
    // A comment on each `vpc: IVpc` would say what the line says.
    rules: { 'awscdk/require-jsdoc': 'off' },
  },
  {
    files: ['test/**/*.ts'],
    ignores: ['test/tools/local-aws/**'],
    rules: { 'no-restricted-imports': imports(LOCAL_AWS) },
  },
  {
    files: ['lib/**/*.ts'],
    rules: {
      'no-restricted-imports': imports({
        regex: '^(\\.\\./)+(tools|test)(/|$)',
        message: 'The app knows neither its tools nor its tests.',
      }),
    },
  },
  tool(['tools/*/*.ts'], '\\.\\./'),
  tool(['tools/*/*/*.ts'], '\\.\\./\\.\\./'),
  shared(['tools/shared/*.ts'], '\\.\\./'),
  shared(['tools/shared/*/*.ts'], '\\.\\./\\.\\./'),
  // The app itself, as the sample application needs it.
  { files: ['tools/sample-app/stacks.ts'], rules: { 'no-restricted-imports': imports() } },
  {
    files: ['tools/local-aws/**/*.ts'],
    rules: {
      'no-restricted-imports': imports({
        regex: '^\\.\\./',
        message: 'The local AWS is a product of its own, which knows nothing of this repository.',
      }),
    },
  },
  {
    files: ['tools/**/*.ts'],
    rules: {
      // A command loads its own work, or the config, once it is called: the program itself starts at once.
      '@typescript-eslint/no-require-imports': ['error', { allow: ['/lib/config$'] }],
      'no-restricted-syntax': [
        'error',
        DEFAULT_EXPORT,
        {
          selector: 'ImportExpression[source.value!=/^\\.[^.]/]',
          message: 'Only the work of a command itself is loaded late.',
        },
      ],
    },
  },
]);
