import { messagesOf } from '@infra/commands/messages';
import { ja } from './ja';
import type { Lists, Texts } from '@infra/common/words';

/** Sentences of `prepare`, in English. */
export const en = {
  title: ({ account, environmentNames }: Texts<'account'> & Lists<'environmentNames'>) => {
    const purpose = environmentNames.length === 0 ? '' : ` for ${environmentNames.join(', ')}`;
    return `Account ${account}${purpose}:`;
  },
  /** Results of a part. */
  made: 'made',
  wasThere: 'was there',
  madeOrUpdated: 'made, or brought up to date',
  notMade: ({ reason }: Texts<'reason'>) => `not made: ${reason}`,
  bootstrapFailed: ({ output }: Texts<'output'>) => `not made: cdk bootstrap says\n${output}`,
  toolkit: ({ region }: Texts<'region'>) => `CDKToolkit in ${region}`,
  /** Zones of an environment behind CloudFront. */
  cloudFrontZones: ({ environmentName }: Texts<'environmentName'>) => `Zones of ${environmentName}, for CloudFront`,
  zonesReached: 'CloudFront reaches them',
  zonesUnreached: ({ zones }: Lists<'zones'>) =>
    `CloudFront reaches no load balancer in ${zones.join(', ')}: write another zone into network.availabilityZones`,
  zonesUnknown: ({ reason }: Texts<'reason'>) => `not known: ${reason}`,
  /** Line of progress. */
  bootstrapBegins: ({ target }: Texts<'target'>) => `cdk bootstrap ${target}: about a minute in a new account`,
  notPrepared: 'Not prepared. Once the reason is fixed, call this again.',
  waitForRoles: 'A role is not in force at once: wait five minutes before the first deploy.',
  /** @param places - Environments, each with its account. */
  otherAccount: ({
    account,
    places,
  }: Texts<'account'> & { readonly places: readonly Texts<'environmentName' | 'account'>[] }) => {
    const accounts = places.map((place) => `${place.environmentName} in ${place.account}`);
    return (
      `The credentials are of account ${account}, in which lib/config has no environment: ${accounts.join(', ')}.\n` +
      'Sign in to one of these, or change `account` in lib/config.'
    );
  },
  /** The plan of the account decides what RDS accepts. */
  accountPlan:
    'On the Free plan, AWS refuses prod. The plan: aws freetier get-account-plan-state --region us-east-1\n' +
    'What follows from it: docs/first-deploy.md.',
};

/** Sentences of `prepare`, in the language of this process. */
export const words = messagesOf({ en, ja });
