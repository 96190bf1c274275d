import type { Named } from '@infra/common/template';
import { objects, within } from '@infra/common/values';
import type { Bill } from './bill';
import { formatQuantity } from './money';
import type { Pricers } from './pricer';
import type { Rate } from './rate';

/** Costs of files and images. */
export const STORAGE_PRICERS: Pricers = {
  'AWS::S3::Bucket': priceBuckets,
  'AWS::ECR::Repository': priceRepositories,
};

const FILE_STORAGE: Rate = { service: 'AmazonS3', usageType: 'TimedStorage-ByteHrs' };
const WRITE_REQUESTS: Rate = { service: 'AmazonS3', usageType: 'Requests-Tier1' };
const READ_REQUESTS: Rate = { service: 'AmazonS3', usageType: 'Requests-Tier2' };
const IMAGE_STORAGE: Rate = { service: 'AmazonECR', usageType: 'TimedStorage-ByteHrs' };

function priceBuckets(buckets: readonly Named[], bill: Bill): void {
  bill.chargeAssumed('S3', {
    amount: ({ files }) => files.toGibibytes(),
    describe: (gigabytes) => `${formatQuantity(gigabytes)} GB`,
    rate: FILE_STORAGE,
  });
  bill.chargeAssumed('S3', {
    amount: ({ fileWrites }) => fileWrites,
    describe: (writes) => `${formatQuantity(writes)} writes`,
    rate: WRITE_REQUESTS,
  });
  bill.chargeAssumed('S3', {
    amount: ({ fileReads }) => fileReads,
    describe: (reads) => `${formatQuantity(reads)} reads`,
    rate: READ_REQUESTS,
  });
  for (const bucket of buckets) listOldVersions(bucket, bill);
}

function listOldVersions({ properties }: Named, bill: Bill): void {
  const isVersioned = within(properties, 'VersioningConfiguration', 'Status') === 'Enabled';
  if (!isVersioned) return;
  const days = daysOfOldVersions(properties);
  const duration = days === undefined ? 'for ever' : `for ${days} days`;
  bill.listAsUnmeasured({ description: `S3: old versions of files, kept ${duration}`, rate: FILE_STORAGE });
}

function daysOfOldVersions(properties: Named['properties']): number | undefined {
  const rules = objects(within(properties, 'LifecycleConfiguration', 'Rules'));
  const days = rules.map((rule) => Number(within(rule, 'NoncurrentVersionExpiration', 'NoncurrentDays')));
  return days.find((number) => number > 0);
}

function priceRepositories(_repositories: readonly Named[], bill: Bill): void {
  bill.chargeAssumed('ECR', {
    amount: ({ images }) => images.toGibibytes(),
    describe: (gigabytes) => `${formatQuantity(gigabytes)} GB`,
    rate: IMAGE_STORAGE,
  });
}
