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
  bootstrapSkipped: 'not begun, since a role above could not be made',
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
  /** Plans of an account. */
  paidPlan: 'Its plan is the paid one.',
  unknownPlan:
    'Its plan is not known. Ask AWS: aws freetier get-account-plan-state --region us-east-1\n' +
    'On the Free plan prod cannot be deployed: docs/first-deploy.md.',
  freePlan: ({ credits, lastDay }: { readonly credits?: string; readonly lastDay?: string }) =>
    `It is on the Free plan, until ${lastDay ?? 'a day that AWS does not name'}, or until its credits` +
    `${credits === undefined ? '' : ` (${credits} left)`} are used: AWS closes it then.\n` +
    'Until then RDS refuses more than a day of backups, and most classes: dev can be deployed, prod cannot. To upgrade:\n' +
    '  aws freetier upgrade-account-plan --account-plan-type PAID --region us-east-1',
};

/** Sentences of `prepare`, in the language of this process. */
export const words = messagesOf({ en, ja });
