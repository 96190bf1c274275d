const { existsSync } = require('node:fs');

/** Packages that import others. A team that takes one out keeps the exports that only this one used. */
const IMPORTING = [
  'application',
  'change-review',
  'cost',
  'delivery',
  'doctor',
  'local',
  'operate',
  'proofs',
  'rehearse',
  'testing',
];
const isWhole = IMPORTING.every((name) => existsSync(`packages/${name}`));

/** @type {import('knip').KnipConfig} */
module.exports = {
  workspaces: {
    '.': {
      entry: ['bin/*.{js,ts}!'],
      project: ['{bin,lib}/**/*.{ts,js}!', 'test/**/*.ts'],
      ignoreDependencies: ['aws-cdk', 'ts-node'],
      prettier: false,
    },
    'packages/commands': {
      entry: ['test/**/*.test.ts'],
      project: ['src/**/*.ts!', 'test/**/*.ts'],
      ignoreDependencies: ['ipaddr.js'],
    },
    'packages/testing': {
      entry: ['src/*.js'],
      project: ['src/**/*.{ts,js}'],
    },
    'packages/local': {
      entry: [
        'src/{deploy-local-program,sample-app/app-with-sample-migration}.ts!',
        'src/sample-app/{web,batch/dist/batch}/*.js',
        'test/**/*.test.ts',
      ],
      project: ['src/**/*.{ts,js}!', 'test/**/*.ts'],
    },
    'packages/local-aws': {
      entry: ['src/cli.ts', 'server/runtime/*.{js,mjs}', 'test/**/*.test.ts'],
      project: ['{src,test,server}/**/*.{ts,js,mjs}'],
    },
    'packages/proofs': {
      entry: [
        'test/**/*.test.ts',
        'test/mutation/*.{js,ts}',
        'test/extensions/constructs/*.ts',
        'test/life-cycle/runner/*.js',
      ],
      project: ['src/**/*.ts!', 'test/**/*.{ts,js}'],
      ignoreDependencies: ['@stryker-mutator/jest-runner'],
    },
    'packages/rehearse': {
      entry: ['src/{commands,rehearsal-app}.ts!', 'test/**/*.test.ts'],
      project: ['src/**/*.ts!', 'test/**/*.ts'],
    },
    'packages/change-review': {
      entry: ['src/cli.ts!', 'test/**/*.test.ts'],
      project: ['src/**/*.ts!', 'test/**/*.ts'],
    },
    'packages/common': {
      entry: ['register.js!', 'test/**/*.test.ts'],
      project: ['src/**/*.ts!', '*.js!', 'test/**/*.ts'],
    },
    'packages/*': {
      entry: ['test/**/*.test.ts'],
      project: ['src/**/*.ts!', 'test/**/*.ts'],
    },
  },
  includeEntryExports: true,
  ignoreExportsUsedInFile: {
    interface: true,
    type: true,
  },
  ignoreUnresolved: ['\\./packages/common/register\\.js'],
  ignoreIssues: {
    // Programs and Jest load these by their names.
    'packages/*/src/commands.ts': ['exports'],
    'packages/proofs/test/{extensions/constructs,life-cycle/runner,mutation}/*': ['exports'],
    ...(isWhole ? {} : { '{lib,test,packages}/**': ['exports', 'types'] }),
  },
};
