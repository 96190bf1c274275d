const SIGN_IN =
  /^(CredentialsProviderError|TokenProviderError|ExpiredToken(Exception)?|InvalidClientTokenId|UnrecognizedClientException|SignatureDoesNotMatch|AuthFailure)$/;

/** Whether there are no credentials, or AWS does not take them. Whoever lacks a right or the network has signed in. */
export const needsSignIn = (error: unknown): boolean => error instanceof Error && SIGN_IN.test(error.name);
