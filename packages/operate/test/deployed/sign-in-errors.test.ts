import { needsSignIn } from '../../src/deployed/sign-in-errors';

const named = (name: string) => Object.assign(new Error('no'), { name });

test.each(['CredentialsProviderError', 'ExpiredToken'])(
  'signing in helps where there are no credentials, or AWS does not take them: %s',
  (name) => {
    expect(needsSignIn(named(name))).toBe(true);
  },
);

test.each(['AccessDenied', 'TimeoutError'])('without a right or the network the caller has signed in: %s', (name) => {
  expect(needsSignIn(named(name))).toBe(false);
});
