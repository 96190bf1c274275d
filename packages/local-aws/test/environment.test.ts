import { adoptAwsVariables, awsVariables, localEnvironment } from '../src/environment';

const callers = {
  AWS_PROFILE: 'production',
  AWS_SESSION_TOKEN: 'secret',
  AWS_ENDPOINT_URL_S3: 'https://s3.example.com',
};
const others = {
  PATH: '/bin',
  TERM: 'xterm',
  HOME: '/home/caller',
  CDK_DEFAULT_ACCOUNT: '210987654321',
  HTTPS_PROXY: 'http://proxy.example.com',
  https_proxy: 'http://proxy.example.com',
  NODE_OPTIONS: '--require something',
};
/** Files that do not exist, so that none of the caller's is read. */
const local = {
  AWS_ENDPOINT_URL: 'http://localhost:1234',
  AWS_REGION: 'ap-northeast-1',
  AWS_DEFAULT_REGION: 'ap-northeast-1',
  AWS_ACCESS_KEY_ID: 'local',
  AWS_SECRET_ACCESS_KEY: 'local',
  AWS_CONFIG_FILE: '/scratch/aws-config',
  AWS_SHARED_CREDENTIALS_FILE: '/scratch/aws-credentials',
  AWS_EC2_METADATA_DISABLED: 'true',
};

test('the CDK CLI gets variables that any program needs, and nothing else of the caller', () => {
  expect(localEnvironment({ ...callers, ...others }, 'http://localhost:1234', '/scratch')).toEqual({
    ...local,
    PATH: '/bin',
    TERM: 'xterm',
    HOME: '/scratch',
    TMPDIR: '/scratch',
    NO_PROXY: 'localhost,127.0.0.1',
    CDK_DEFAULT_ACCOUNT: '123456789012',
    CDK_DEFAULT_REGION: 'ap-northeast-1',
    CDK_DISABLE_CLI_TELEMETRY: 'true',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  });
});

test('the AWS variables of this process are replaced by the local ones', () => {
  const own: NodeJS.ProcessEnv = { ...callers, ...others };
  adoptAwsVariables(own, awsVariables('http://localhost:1234', '/scratch'));
  expect(own).toEqual({ ...others, ...local });
});
