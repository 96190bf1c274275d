const spec = require('@aws-cdk/aws-service-spec');
const { default: Runtime } = require('jest-runtime');

const load = spec.loadAwsServiceSpecSync;
let schemas;
/** The schemas take half a second, and the CDK's comparison reads them as the review does. */
spec.loadAwsServiceSpecSync = () => (schemas ??= load());

/** Jest's runtime, with the CDK and the YAML reader of the process: each test file would load them anew, for a second. */
module.exports = class extends Runtime {
  requireModuleOrMock(from, name) {
    return /^(aws-cdk-lib|constructs|@aws-cdk|yaml)(\/|$)/.test(name)
      ? require(name)
      : super.requireModuleOrMock(from, name);
  }
};
