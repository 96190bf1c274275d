import { adoptAwsVariables, awsVariables, localEnvironment } from '../src/environment';

const caller = {
  PATH: '/bin',
  TERM: 'xterm',
  HOME: '/home/caller',
  AWS_PROFILE: 'production',
  AWS_SESSION_TOKEN: 'secret',
  AWS_ENDPOINT_URL_S3: 'https://s3.example.com',
  CDK_DEFAULT_ACCOUNT: '210987654321',
  HTTPS_PROXY: 'http://proxy.example.com',
  https_proxy: 'http://proxy.example.com',
  NODE_OPTIONS: '--require something',
};

describe('the environment of the CDK CLI', () => {
  const env = localEnvironment(caller, 'http://localhost:1234', '/scratch');

  it('keeps variables that any program needs', () => {
    expect(env).toMatchObject({ PATH: '/bin', TERM: 'xterm' });
  });

  it('drops the caller’s AWS configuration, proxies and home', () => {
    expect(env).not.toHaveProperty('AWS_PROFILE');
    expect(env).not.toHaveProperty('NODE_OPTIONS');
    expect(Object.values(env).join()).not.toMatch(/secret|example\.com|caller|210987654321/);
  });

  it('points to the local AWS, its account and its region', () => {
    expect(env).toMatchObject({
      AWS_ENDPOINT_URL: 'http://localhost:1234',
      AWS_REGION: 'ap-northeast-1',
      CDK_DEFAULT_ACCOUNT: '123456789012',
      HOME: '/scratch',
    });
  });

  it('names configuration files that do not exist, so that none is read', () => {
    expect(env['AWS_CONFIG_FILE']).toBe('/scratch/aws-config');
    expect(env['AWS_SHARED_CREDENTIALS_FILE']).toBe('/scratch/aws-credentials');
    expect(env['AWS_EC2_METADATA_DISABLED']).toBe('true');
  });
});

describe('the variables of this process', () => {
  it('are replaced by the local ones', () => {
    const own: NodeJS.ProcessEnv = { ...caller };
    adoptAwsVariables(own, awsVariables('http://localhost:1234', '/scratch'));
    expect(own).toMatchObject({ AWS_ENDPOINT_URL: 'http://localhost:1234', PATH: '/bin' });
    expect(own).not.toHaveProperty('AWS_PROFILE');
    expect(own).not.toHaveProperty('AWS_ENDPOINT_URL_S3');
  });
});
