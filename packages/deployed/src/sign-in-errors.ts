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
  return error instanceof Error && SIGN_IN_ERRORS.has(error.name);
}
