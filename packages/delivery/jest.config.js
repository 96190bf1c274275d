const { withGuide } = require('../jest.base');

/** @type {import('jest').Config} */
module.exports = {
  ...withGuide,
  // GitHub's own packages on workflows are modules for bundlers.
  transform: { ...withGuide.transform, '/node_modules/@actions/.+\\.js$': ['@swc/jest'] },
  transformIgnorePatterns: ['/node_modules/(?!@actions/)'],
  moduleNameMapper: {
    '^(@actions/[a-z-]+)$': '<rootDir>/../../node_modules/$1/dist/index.js',
    '^(@actions/[a-z-]+)/(.+)$': '<rootDir>/../../node_modules/$1/dist/$2.js',
  },
};
