const SIGN_IN =
  /^(CredentialsProviderError|TokenProviderError|ExpiredToken(Exception)?|InvalidClientTokenId|UnrecognizedClientException|SignatureDoesNotMatch|AuthFailure)$/;

/** True without credentials, or if AWS refuses them. A missing right or network is no matter of signing in. */
export const needsSignIn = (error: unknown): boolean => error instanceof Error && SIGN_IN.test(error.name);
