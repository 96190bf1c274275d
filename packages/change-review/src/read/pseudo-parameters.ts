import type { SynthesizedStack } from '@infra/common/assembly';

const ACCOUNT_ID = /^\d{12}$/;
const REGION = /^[a-z]+-[a-z-]+-\d$/;
const UNKNOWN_REGION = /^unknown/;
/** Regions of the partitions other than `aws`. */
const OTHER_PARTITION = /^(cn-|us-gov-|us-iso|eu-isoe)/;

/** Values of the pseudo parameters that the environment of a stack determines, by their names. */
export function pseudoParametersOf({ name, environment }: SynthesizedStack): Map<string, string> {
  const [account = '', region = ''] = environment.replace('aws://', '').split('/');
  const values = new Map([['AWS::StackName', name]]);
  if (ACCOUNT_ID.test(account)) values.set('AWS::AccountId', account);
  if (REGION.test(region) && !UNKNOWN_REGION.test(region)) values.set('AWS::Region', region);
  // An unknown region is taken for one of the partition `aws`, so that both spellings of an ARN are one.
  if (!OTHER_PARTITION.test(region)) {
    values.set('AWS::Partition', 'aws');
    values.set('AWS::URLSuffix', 'amazonaws.com');
  }
  return values;
}
