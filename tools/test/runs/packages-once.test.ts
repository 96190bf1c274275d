import { ECSClient, ECSServiceException } from '@aws-sdk/client-ecs';

/** The SDK belongs to the process, whose `Error` is another one than this file's. */
const ofSdk = new ECSServiceException({
  name: 'ClusterNotFoundException',
  message: 'Cluster not found.',
  $fault: 'client',
  $metadata: {},
});

class OwnError extends Error {}

test('an error of the SDK is an Error, so that commands report it as they do outside of Jest', () => {
  expect(ofSdk).toBeInstanceOf(Error);
  expect(ofSdk).toBeInstanceOf(ECSServiceException);
});

test('an error is an instance of its own class only, and what only looks like an error of none', () => {
  expect(new OwnError()).toBeInstanceOf(OwnError);
  expect(new Error()).not.toBeInstanceOf(OwnError);
  expect(ofSdk).not.toBeInstanceOf(OwnError);
  expect({ name: 'Error', message: 'no error' }).not.toBeInstanceOf(Error);
});

test('the SDK reads the variables that a test sets: without them it would ask the AWS of the caller', async () => {
  const region = jest.replaceProperty(process, 'env', { ...process.env, AWS_REGION: 'eu-test-1' });
  try {
    expect(await new ECSClient().config.region()).toBe('eu-test-1');
  } finally {
    region.restore();
  }
});
