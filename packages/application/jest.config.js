const { base } = require('../jest.base');

/** @type {import('jest').Config} */
module.exports = base;
