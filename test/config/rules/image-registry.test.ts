import { Duration } from 'aws-cdk-lib/core';
import { testAccepted, testRules } from '../../support/config';

testRules('image registry: ECR refuses the lifecycle policy, or nobody says why images are not guarded', [
  ['imageRegistry.keptImages', 0, '0 is not a whole number from 1'],
  ['imageRegistry.untaggedExpiration', Duration.days(0), '0 days is not a whole'],
  ['imageRegistry.immutableTags', { off: '' }, '{ off: "" } gives no reason'],
  ['imageRegistry.scanOnPush', { off: '' }, '{ off: "" } gives no reason'],
]);

testAccepted('image registry: what ECR takes', [['imageRegistry.keptImages', 1]]);
