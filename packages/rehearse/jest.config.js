const { withoutApp } = require('../jest.base');

/** @type {import('jest').Config} */
module.exports = withoutApp;
