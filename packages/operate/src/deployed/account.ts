import { STS } from '@aws-sdk/client-sts';
import { CannotTellError } from '@infra/common/outcome';
import { awsClient } from './aws-client';
import { errorText } from './aws-errors';
import { words } from './words';
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
  const reason = errorText(error);
  const explain = needsSignIn(error) ? words.account.noCredentials : words.account.notAsked;
  return new CannotTellError(explain({ reason }));
}
