const spec = require('@aws-cdk/aws-service-spec');
const { default: Runtime } = require('jest-runtime');

const load = spec.loadAwsServiceSpecSync;
let schemas;
/** The schemas take half a second, and the CDK's comparison reads them as the review does. */
spec.loadAwsServiceSpecSync = () => (schemas ??= load());

const PACKAGES = /^(aws-cdk-lib|constructs|@aws-cdk|@aws-sdk|@smithy|yaml)(\/|$)/;

/**
 * Jest's runtime, with the CDK, the SDK and the YAML reader of the process: each test file would load them anew, for a
 * second. process-of-packages.js lets tests and these packages share what a process has once.
 */
module.exports = class extends Runtime {
  requireModuleOrMock(from, name) {
    return PACKAGES.test(name) ? require(name) : super.requireModuleOrMock(from, name);
  }
};
