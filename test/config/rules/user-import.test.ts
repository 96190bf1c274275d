import { Duration, Size } from 'aws-cdk-lib/core';
import { dev } from '../../../lib/config/dev';
import { withField, testAccepted, testRules } from '../../support/config';

const twoVcpus = withField(dev, 'userImport.size', { cpu: 2048, memory: Size.gibibytes(4) });

testRules('user import: Batch refuses the job, or no job ever starts', [
  ['userImport.timeout', Duration.seconds(59), '59 seconds is not a whole number of seconds from 60'],
  ['userImport.maxvCpus', 0.5, '0.5 is not a whole number'],
  ['userImport.maxvCpus', 1, "1 is less than one job's 2 vCPU; write that or more", twoVcpus],
  ['userImport.size.memory', Size.gibibytes(16), '16 GiB does not go with 512 CPU units'],
]);

testAccepted('user import: what Batch takes', [
  ['userImport', undefined],
  ['userImport.timeout', Duration.seconds(60)],
  ['userImport.timeout', Duration.days(14)],
  ['userImport.maxvCpus', 2, twoVcpus],
]);
