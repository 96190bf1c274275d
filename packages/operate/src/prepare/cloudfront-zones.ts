import { EC2 } from '@aws-sdk/client-ec2';
import type { EnvironmentConfig } from '@infra/commands/app';
import { awsClient } from '../deployed/aws-client';
import { errorText } from '../deployed/aws-errors';
import type { PreparedPart } from './prepared-part';
import { words } from './words';

/** Ids of zones in which CloudFront has no VPC origins (CloudFront developer guide, "Supported AWS Regions for VPC origins"). */
const ZONES_WITHOUT_ORIGINS = ['apne1-az3', 'cac1-az3', 'usw1-az2'];

/**
 * Checks that CloudFront reaches the zones of an environment that stands behind it: the name of a zone means another one
 * in each account.
 */
export async function checkCloudFrontZones(environmentName: string, config: EnvironmentConfig): Promise<PreparedPart> {
  const name = words.cloudFrontZones({ environmentName });
  const { availabilityZones } = config.network;
  try {
    const ec2 = awsClient(EC2, { region: config.region });
    const { AvailabilityZones = [] } = await ec2.describeAvailabilityZones({ ZoneNames: [...availabilityZones] });
    const unreached = AvailabilityZones.filter(({ ZoneId = '' }) => ZONES_WITHOUT_ORIGINS.includes(ZoneId));
    if (unreached.length === 0) return { name, isReady: true, result: words.zonesReached };
    const zones = unreached.map(({ ZoneName = '', ZoneId = '' }) => `${ZoneName} (${ZoneId})`);
    return { name, isReady: false, result: words.zonesUnreached({ zones }) };
  } catch (error) {
    return { name, isReady: false, result: words.zonesUnknown({ reason: errorText(error) }) };
  }
}
