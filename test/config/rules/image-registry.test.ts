import { Duration } from 'aws-cdk-lib/core';
import { dev } from '../../support/configs';
import { brokenWith, refuses, takes } from '../../support/config';

refuses('ECR refuses the lifecycle policy, or no reason says why images are not guarded', dev, [
  ['imageRegistry.keptImages', 'is not a whole number from 2', 0],
  ['imageRegistry.untaggedExpiration', '0 days is not a whole', Duration.days(0)],
  ['imageRegistry.immutableTags', '{ off: "" } gives no reason', { off: '' }],
  ['imageRegistry.scanOnPush', '{ off: "" } gives no reason', { off: '' }],
]);

takes('what ECR takes', dev, [['imageRegistry.keptImages', 2]]);

test('one image is kept: ECR deletes the earlier one within a day, and no release can be rolled back to it', () => {
  expect(brokenWith(dev, { 'imageRegistry.keptImages': 1 })).toEqual([
    'dev: imageRegistry.keptImages: 1 leaves no earlier image to roll back to; write 2 or more, as in 10',
  ]);
});
