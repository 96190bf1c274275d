/** Names of AWS's and the SDK's errors about missing, expired or refused credentials. */
const SIGN_IN_ERRORS: ReadonlySet<string> = new Set([
  'AuthFailure',
  'CredentialsProviderError',
  'ExpiredToken',
  'ExpiredTokenException',
  'InvalidClientTokenId',
  'SignatureDoesNotMatch',
  'TokenProviderError',
  'UnrecognizedClientException',
]);

/**
 * True if there are no credentials, or AWS refuses them. False if an IAM permission or the network is missing: signing in
 * again would not help.
 */
export function needsSignIn(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return SIGN_IN_ERRORS.has(error.name) || needsSignIn(error.cause);
}

/**
 * True if AWS refuses credentials that nobody can renew while this process runs: those in environment variables. The SDK
 * takes them unless AWS_PROFILE is set.
 */
export function needsSignInForGood(error: unknown): boolean {
  const { AWS_ACCESS_KEY_ID, AWS_PROFILE } = process.env;
  return needsSignIn(error) && Boolean(AWS_ACCESS_KEY_ID) && !AWS_PROFILE;
}
