import { STS } from '@aws-sdk/client-sts';
import { CannotTellError } from '@infra/common/outcome';
import { awsClient } from './aws-client';
import { needsSignIn } from './sign-in-errors';

/** Id of the account that the credentials belong to. If AWS does not answer, the error says how to sign in. */
export async function accountOfCredentials(region?: string): Promise<string> {
  try {
    const { Account = '' } = await awsClient(STS, { region }).getCallerIdentity({});
    return Account;
  } catch (error) {
    throw explainFailure(error as Error);
  }
}

function explainFailure(error: Error): CannotTellError {
  if (error instanceof CannotTellError) return error;
  const { name, message } = error;
  if (!needsSignIn(error)) {
    return new CannotTellError(`AWS could not be asked for the account: ${name}: ${message}`);
  }
  const isMissing = name === 'CredentialsProviderError';
  const reason = isMissing ? 'There are no credentials' : 'AWS refuses the credentials';
  return new CannotTellError(
    `${reason} (${name}: ${message}).\nSign in as for the AWS CLI ("aws configure", "aws sso login", AWS_PROFILE) ` +
      'until "aws sts get-caller-identity" shows the account that is meant, then call this again.',
  );
}
