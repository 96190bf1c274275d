import type { NamedResource } from '@infra/common/template';
import { objectsOf, valueAtPath } from '@infra/common/values';
import type { Bill } from './bill';
import { formatQuantity } from './format-amounts';
import type { Pricers } from './pricer';
import type { Rate } from './rate';

/** Costs of the files in S3 and of the images in ECR. */
export const STORAGE_PRICERS: Pricers = {
  'AWS::S3::Bucket': priceBuckets,
  'AWS::ECR::Repository': priceRepositories,
};

const FILE_STORAGE_RATE: Rate = { service: 'AmazonS3', usageType: 'TimedStorage-ByteHrs' };
const WRITE_REQUESTS_RATE: Rate = { service: 'AmazonS3', usageType: 'Requests-Tier1' };
const READ_REQUESTS_RATE: Rate = { service: 'AmazonS3', usageType: 'Requests-Tier2' };
const IMAGE_STORAGE_RATE: Rate = { service: 'AmazonECR', usageType: 'TimedStorage-ByteHrs' };

/** The assumed usage of files is that of all buckets together. */
function priceBuckets(buckets: readonly NamedResource[], bill: Bill): void {
  const { storage: words } = bill.words;
  bill.chargeAssumed('S3', {
    assumedAmount: ({ files }) => files.toGibibytes(),
    describe: (gigabytes) => words.gigabytes({ gigabytes: formatQuantity(gigabytes) }),
    rate: FILE_STORAGE_RATE,
  });
  bill.chargeAssumed('S3', {
    assumedAmount: ({ fileWrites }) => fileWrites,
    describe: (writes) => words.writes({ writes: formatQuantity(writes) }),
    rate: WRITE_REQUESTS_RATE,
  });
  bill.chargeAssumed('S3', {
    assumedAmount: ({ fileReads }) => fileReads,
    describe: (reads) => words.reads({ reads: formatQuantity(reads) }),
    rate: READ_REQUESTS_RATE,
  });
  for (const bucket of buckets) listOldVersions(bucket, bill);
}

/** Lists what a versioned bucket keeps of files that were overwritten or deleted. */
function listOldVersions({ properties }: NamedResource, bill: Bill): void {
  const isVersioned = valueAtPath(properties, 'VersioningConfiguration', 'Status') === 'Enabled';
  if (!isVersioned) return;
  const days = daysOfOldVersions(properties);
  const { storage: words } = bill.words;
  const description = days === undefined ? words.oldVersionsForEver : words.oldVersions({ days });
  bill.listUnmeasured({ description, rate: FILE_STORAGE_RATE });
}

/** Days for which a bucket keeps old versions; `undefined` if it keeps them for ever. */
function daysOfOldVersions(properties: NamedResource['properties']): number | undefined {
  const rules = objectsOf(valueAtPath(properties, 'LifecycleConfiguration', 'Rules'));
  for (const rule of rules) {
    const days = Number(valueAtPath(rule, 'NoncurrentVersionExpiration', 'NoncurrentDays') ?? 0);
    if (days > 0) return days;
  }
  return undefined;
}

/** The assumed size of the images is that of all repositories together. */
function priceRepositories(_repositories: readonly NamedResource[], bill: Bill): void {
  bill.chargeAssumed('ECR', {
    assumedAmount: ({ images }) => images.toGibibytes(),
    describe: (gigabytes) => bill.words.storage.gigabytes({ gigabytes: formatQuantity(gigabytes) }),
    rate: IMAGE_STORAGE_RATE,
  });
}
