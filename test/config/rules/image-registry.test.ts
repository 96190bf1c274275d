import { Duration } from 'aws-cdk-lib/core';
import { dev } from '../../support/configs';
import { refuses, takes } from '../../support/config';

refuses('ECR refuses the lifecycle policy, or no reason says why images are not guarded', dev, [
  ['imageRegistry.keptImages', 'is not a whole number from 1', 0],
  ['imageRegistry.untaggedExpiration', '0 days is not a whole', Duration.days(0)],
  ['imageRegistry.immutableTags', '{ off: "" } gives no reason', { off: '' }],
  ['imageRegistry.scanOnPush', '{ off: "" } gives no reason', { off: '' }],
]);

takes('what ECR takes', dev, [['imageRegistry.keptImages', 1]]);
