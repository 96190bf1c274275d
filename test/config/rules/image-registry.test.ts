import { Duration } from 'aws-cdk-lib/core';
import { testAccepted, testRules } from '../../support/config';

testRules('image registry: ECR refuses the lifecycle policy, or nobody says why images are not guarded', [
  ['imageRegistry.keptImages', 0, 'imageRegistry.keptImages: 0 is not a whole number from 1'],
  ['imageRegistry.untaggedExpiration', Duration.days(0), 'imageRegistry.untaggedExpiration: 0 days is not a whole'],
  ['imageRegistry.immutableTags', { off: '' }, 'imageRegistry.immutableTags: { off: "" } gives no reason'],
  ['imageRegistry.scanOnPush', { off: '' }, 'imageRegistry.scanOnPush: { off: "" } gives no reason'],
]);

testAccepted('image registry: what ECR takes', [['imageRegistry.keptImages', 1]]);
