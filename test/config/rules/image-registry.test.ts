import { Duration } from 'aws-cdk-lib/core';
import { dev } from '../../support/configs';
import { brokenWith, refuses, takes } from '../../support/config';

refuses('ECR refuses the lifecycle policy, or no reason says why images are not guarded', dev, [
  { field: 'imageRegistry.keptImages', values: [0], says: 'is not a whole number from 2' },
  { field: 'imageRegistry.untaggedExpiration', values: [Duration.days(0)], says: '0 days is not a whole' },
  { field: 'imageRegistry.immutableTags', values: [{ off: '' }], says: '{ off: "" } gives no reason' },
  { field: 'imageRegistry.scanOnPush', values: [{ off: '' }], says: '{ off: "" } gives no reason' },
]);

takes('what ECR takes', dev, [{ field: 'imageRegistry.keptImages', values: [2] }]);

test('one image is kept: ECR deletes the earlier one within a day, and no release can be rolled back to it', () => {
  expect(brokenWith(dev, { 'imageRegistry.keptImages': 1 })).toEqual([
    'dev: imageRegistry.keptImages: 1 leaves no earlier image to roll back to; write 2 or more, as in 10',
  ]);
});
