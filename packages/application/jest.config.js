const { withGuide } = require('../jest.base');

/** @type {import('jest').Config} */
module.exports = withGuide;
