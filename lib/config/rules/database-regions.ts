import { FAMILIES } from './database-classes';

/**
 * Families of instance classes that RDS for PostgreSQL does not offer in a region, as the CDK's own validation has them
 * (2.276). `aws rds describe-orderable-db-instance-options --engine postgres --region <region>` lists those of today.
 */
const NOT_OFFERED: ReadonlyMap<string, string> = new Map([
  ['af-south-1', 'm6gd m7g r6gd r7g r5b m6id m6idn m6in r6id r6idn r6in m7i m8gd r7i r8g x2g x2iedn'],
  ['ap-east-1', 'm7g r6gd r5b m6id m6idn m6in r6id r6idn r6in m7i m8gd r7i x2g x2iedn'],
  ['ap-east-2', 'r6gd m5 m5d r5 r5b r5d m6idn m6in r6idn r6in m8g m8gd r8g r8gd x2g x2iedn'],
  ['ap-northeast-1', 'x2g x2iedn'],
  ['ap-northeast-2', 'r6gd r5b m6id m6idn m6in r6id r6idn r6in m8gd x2g x2iedn'],
  ['ap-northeast-3', 'r5b m6id m6idn m6in r6id r6idn r6in m7i m8g m8gd r7i r8gd x2g x2iedn'],
  ['ap-south-1', 'r5b m6id m6idn m6in r6id r6idn r6in m8gd r8gd x2g x2iedn'],
  ['ap-south-2', 'r6gd m5d r5b r5d m6id m6idn m6in r6i r6id r6idn r6in m7i m8gd r7i r8gd x2g x2iedn'],
  ['ap-southeast-1', 'm6id m6idn m6in r6id r6idn r6in m8gd r8gd x2g x2iedn'],
  ['ap-southeast-2', 'r5b m6idn m6in r6idn r6in x2g'],
  ['ap-southeast-3', 'r5b m6id m6idn m6in r6i r6id r6idn r6in m8g m8gd x2g x2iedn'],
  ['ap-southeast-4', 'r6gd r7g m5d r5b r5d m6i m6id m6idn m6in r6i r6id r6idn r6in m8g m8gd r7i r8gd x2g x2iedn'],
  ['ap-southeast-5', 'm5 m5d r5 r5b r5d m6idn m6in r6idn r6in x2g x2iedn'],
  ['ap-southeast-6', 'r6gd m5 m5d r5 r5b r5d m6idn m6in r6idn r6in m8g m8gd r8g r8gd x2g x2iedn'],
  ['ap-southeast-7', 'm5 m5d r5 r5b r5d m6idn m6in r6idn r6in m7i m8g m8gd r7i r8g r8gd x2g x2iedn'],
  ['ca-central-1', 'r5b m6id m6idn m6in r6id r6idn r6in m8g x2g'],
  ['ca-west-1', 't4g m7g r6gd m5 m5d r5 r5b r5d m6idn m6in r6idn r6in m7i m8gd r7i r8g x2g x2iedn'],
  ['eu-central-1', 'm6idn m6in r6idn r6in x2g'],
  ['eu-central-2', 'm5d r5b r5d m6i m6id m6idn m6in r6i r6id r6idn r6in m7i m8gd r7i r8gd x2g x2iedn'],
  ['eu-north-1', 'r6gd r5b m6id m6idn m6in r6id r6idn r6in m8gd r8gd x2g'],
  ['eu-south-1', 'm7g r6gd r5b m6id m6idn m6in r6id r6idn r6in m7i m8gd r8g r8gd x2g'],
  ['eu-south-2', 'm5d r5b r5d m6i m6id m6idn m6in r6i r6id r6idn r6in x2g x2iedn'],
  ['eu-west-1', 'r5b'],
  ['eu-west-2', 'r6gd r5b m6id m6idn m6in r6id r6idn r6in x2g x2iedn'],
  ['eu-west-3', 'r7g r5b m6id m6idn m6in r6id r6idn r6in m8gd r8gd x2g x2iedn'],
  ['il-central-1', 'm5d r5b r5d m6id m6idn m6in r6idn r6in m7i m8g m8gd r7i r8g r8gd x2g x2iedn'],
  ['me-central-1', 'r6gd r7g r5b m6i m6id m6idn m6in r6i r6id r6idn r6in m7i m8g m8gd r7i r8g r8gd x2g x2iedn'],
  ['me-south-1', 'r6gd r5b m6id m6idn m6in r6id r6idn r6in m7i m8g m8gd r7i r8g r8gd x2g x2iedn'],
  ['mx-central-1', 'm5 m5d r5 r5b r5d m6idn m6in r6idn r6in m8g m8gd r8gd x2g x2iedn'],
  ['sa-east-1', 'm6gd r6gd r5b m6id m6idn m6in r6id r6idn r6in x2g x2iedn'],
  ['us-east-2', 'x2iedn'],
  ['us-west-1', 'r5b m6id m6idn m6in r6id r6idn r6in m8gd x2g x2iedn'],
]);

/** Families that RDS offers in a region; all of them in a region that is not known. */
export function familiesIn(region: string): readonly string[] {
  const missing = NOT_OFFERED.get(region)?.split(' ') ?? [];
  return FAMILIES.filter((family) => !missing.includes(family));
}
