import { STS } from '@aws-sdk/client-sts';
import { CannotTellError } from '@infra/common/outcome';
import { awsClient } from './aws';
import { needsSignIn } from './sign-in';

/** The account of the credentials. Throws a CannotTellError, which says how to sign in, where AWS does not answer. */
export async function accountOfCredentials(region?: string): Promise<string> {
  try {
    const { Account = '' } = await awsClient(STS, { region }).getCallerIdentity({});
    return Account;
  } catch (error) {
    if (error instanceof CannotTellError) throw error;
    const { name, message } = error as Error;
    if (!needsSignIn(error)) throw new CannotTellError(`AWS could not be asked for the account: ${name}: ${message}`);
    const reason = name === 'CredentialsProviderError' ? 'There are no credentials' : 'AWS refuses the credentials';
    throw new CannotTellError(
      `${reason} (${name}: ${message}).\nSign in as for the AWS CLI ("aws configure", "aws sso login", AWS_PROFILE) ` +
        'until "aws sts get-caller-identity" shows the account that is meant, then call this again.',
    );
  }
}
