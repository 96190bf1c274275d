import { adoptAwsVariables, awsVariables, localEnvironment } from '../src/environment';

const ENDPOINT = 'http://localhost:1234';

/** Variables of the caller that would lead to AWS. */
const CALLERS_AWS_VARIABLES = {
  AWS_PROFILE: 'production',
  AWS_SESSION_TOKEN: 'secret',
  AWS_ENDPOINT_URL_S3: 'https://s3.example.com',
};

const CALLERS_OTHER_VARIABLES = {
  PATH: '/bin',
  TERM: 'xterm',
  HOME: '/home/caller',
  CDK_DEFAULT_ACCOUNT: '210987654321',
  HTTPS_PROXY: 'http://proxy.example.com',
  https_proxy: 'http://proxy.example.com',
  NODE_OPTIONS: '--require something',
};

const LOCAL_AWS_VARIABLES = {
  AWS_ENDPOINT_URL: ENDPOINT,
  AWS_REGION: 'ap-northeast-1',
  AWS_DEFAULT_REGION: 'ap-northeast-1',
  AWS_ACCESS_KEY_ID: 'local',
  AWS_SECRET_ACCESS_KEY: 'local',
  // Files that do not exist, so that none of the caller's is read.
  AWS_CONFIG_FILE: '/scratch/aws-config',
  AWS_SHARED_CREDENTIALS_FILE: '/scratch/aws-credentials',
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
};

test('the CDK CLI gets variables that any program needs, and nothing else of the caller', () => {
  const caller = { ...CALLERS_AWS_VARIABLES, ...CALLERS_OTHER_VARIABLES };
  expect(localEnvironment(caller, ENDPOINT, '/scratch')).toEqual({
    ...LOCAL_AWS_VARIABLES,
    PATH: '/bin',
    TERM: 'xterm',
    HOME: '/scratch',
    TMPDIR: '/scratch',
    NO_PROXY: 'localhost,127.0.0.1',
    CDK_DEFAULT_ACCOUNT: '123456789012',
    CDK_DEFAULT_REGION: 'ap-northeast-1',
    CDK_DISABLE_CLI_TELEMETRY: 'true',
  });
});

test('the AWS variables of this process are replaced by the local ones; others stay', () => {
  const variables: NodeJS.ProcessEnv = { ...CALLERS_AWS_VARIABLES, ...CALLERS_OTHER_VARIABLES };
  adoptAwsVariables(variables, awsVariables(ENDPOINT, '/scratch'));
  expect(variables).toEqual({ ...CALLERS_OTHER_VARIABLES, ...LOCAL_AWS_VARIABLES });
});
