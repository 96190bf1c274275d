import { InstanceType } from 'aws-cdk-lib/aws-ec2';
import { Size } from 'aws-cdk-lib/core';
import type { ScaledConfig } from '../../lib/config/environment';
import { withFields } from './config';
import { prod } from './configs';

const ranges = (...thirds: string[]) => thirds.map((third) => ({ cidr: `10.1.${third}` }));

/** Ten times prod's size, in three zones, as docs/left-out.md has it; with a chat and restore tests. */
export const testlarge = withFields(prod, {
  network: {
    cidr: '10.1.0.0/16',
    availabilityZones: ['ap-northeast-1a', 'ap-northeast-1c', 'ap-northeast-1d'],
    publicSubnets: ranges('0.0/22', '4.0/22', '8.0/22'),
    privateSubnets: ranges('12.0/24', '13.0/24', '14.0/24'),
  },
  'database.instanceType': new InstanceType('m7g.4xlarge'),
  'database.allocatedStorage': Size.gibibytes(1000),
  'database.maxAllocatedStorage': Size.gibibytes(5000),
  'database.iops': 12000,
  'database.storageThroughput': 500,
  'database.backups.restoreTest': { day: 1, time: '04:00' },
  'database.databaseName': 'prooflink_testlarge',
  'imageRegistry.keptImages': 100,
  'loadBalancer.domain.domainName': 'large.example.com',
  'webService.tasks.minCapacity': 20,
  'webService.tasks.maxCapacity': 40,
  'alarms.slack': { workspaceId: 'T0123ABCD', channelId: 'C0123ABCD' },
  'alarms.http5xxCount': 100,
  'alarms.databaseFreeStorage': Size.gibibytes(100),
  'alarms.databaseConnections': 3000,
  'userImport.maxvCpus': 160,
}) as ScaledConfig;
