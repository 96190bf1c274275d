/** Names of the errors of missing, expired or refused credentials. */
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

/** True without credentials, or if AWS refuses them. A missing right or network is no matter of signing in. */
export function needsSignIn(error: unknown): boolean {
  return error instanceof Error && SIGN_IN_ERRORS.has(error.name);
}
