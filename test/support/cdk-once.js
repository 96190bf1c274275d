const { default: Runtime } = require('jest-runtime');

/** Jest's runtime, with the CDK of the process: each test file would load it anew, for a second. */
module.exports = class extends Runtime {
  requireModuleOrMock(from, name) {
    return /^(aws-cdk-lib|constructs)(\/|$)/.test(name) ? require(name) : super.requireModuleOrMock(from, name);
  }
};
