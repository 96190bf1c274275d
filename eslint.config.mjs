import eslint from '@eslint/js';
import awscdk from 'eslint-plugin-awscdk';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

const DEFAULT_EXPORT = { selector: 'ExportDefaultDeclaration', message: 'Use a named export.' };

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

/** The rules of a tool's files, from where `up` leads to all tools: no tool knows another one. */
function tool(files, up) {
  const others = {
    regex: `^${up}(?!shared/|\\.\\./lib/(config|contract)(/|$))`,
    message: 'A tool imports from tools/shared, lib/config, lib/contract and packages only, never from another tool.',
  };
  return { files, rules: { 'no-restricted-imports': imports(others) } };
}

/** The rules of what tools share, from where `up` leads to all tools. */
function shared(files, up) {
  const tools = {
    regex: `^${up}(?!\\.\\./lib/(config|contract)(/|$))`,
    message: 'What tools share knows none of them.',
  };
  return { files, rules: { 'no-restricted-imports': imports(tools) } };
}

export default defineConfig([
  globalIgnores(['cdk.out*/', 'coverage/', 'reports/', '.stryker/', '*.js', '*.mjs']),
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
    files: ['lib/**/*.ts'],
    rules: {
      'no-restricted-imports': imports({
        regex: '^(\\.\\./)+(tools|test)(/|$)|^@infra/',
        message: 'The app knows neither packages, nor its tools, nor its tests.',
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
    rules: {
      // A command loads its own work, or the config, once it is called: the program itself starts at once.
      '@typescript-eslint/no-require-imports': ['error', { allow: ['/lib/config$'] }],
      'no-restricted-syntax': [
        'error',
        DEFAULT_EXPORT,
        {
          selector: 'ImportExpression[source.value!=/^(\\.[^.]|@infra\\/)/]',
          message: 'Only the work of a command itself is loaded late.',
        },
      ],
    },
  },
]);
