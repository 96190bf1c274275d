import eslint from '@eslint/js';
import awscdk from 'eslint-plugin-awscdk';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

export default defineConfig([
  globalIgnores(['cdk.out*/', 'coverage/', 'reports/', '.stryker/', '*.js', '*.mjs']),
  {
    files: ['**/*.ts'],
    extends: [eslint.configs.recommended, tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { project: './tsconfig.all.json', tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      'max-lines': ['error', { max: 200, skipBlankLines: true, skipComments: true }],
      'no-restricted-imports': [
        'error',
        { name: 'aws-cdk-lib', message: "Import from 'aws-cdk-lib/core': the root pulls the types of all modules in." },
      ],
      'no-restricted-syntax': ['error', { selector: 'ExportDefaultDeclaration', message: 'Use a named export.' }],
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
]);
