/** Places in a template: paths of constructs, and of their parts. */

/** All that stands in a zone, by its number. */
export const zone = (number: number) => [
  ...['Public', 'Private'].flatMap((kind) => [
    `Network/Vpc/${kind}Subnet${number}`,
    `Network/Vpc/${kind}Subnet${number}/Subnet.AvailabilityZone`,
  ]),
  'Network/Vpc/S3.RouteTableIds',
  `Database/SubnetGroup.SubnetIds.${number - 1}`,
  `LoadBalancer.Subnets.${number - 1}`,
  `UserImport/ComputeEnvironment.ComputeResources.Subnets.${number - 1}`,
  `Web/Service/Service.NetworkConfiguration.AwsvpcConfiguration.Subnets.${number - 1}`,
];
export const RDS = 'Database/Instance';
export const DATABASE_ZONE = `${RDS}.AvailabilityZone`;

export const CONTAINER = 'Web/TaskDefinition.ContainerDefinitions.prooflink-app';
export const MIGRATION = 'Web/Migration.ContainerDefinitions.prooflink-app';
export const JOB = 'UserImport/JobDefinition.ContainerProperties';
export const REPOSITORIES = ['AppRegistry/Repository', 'BatchRegistry/Repository'];
export const LOGS = ['CustomResourceLogs', 'Web/Logs', 'UserImport/Logs'];
const SECRETS = ['Database/MasterSecret', 'Database/ConnectionUrl', 'Web/SessionSecret'];
export const DATA = [...REPOSITORIES, ...LOGS, ...SECRETS, RDS, 'Database/SubnetGroup', 'FileStorage/Bucket'];
export const EMPTIES_BUCKET = 'Custom::S3AutoDeleteObjectsCustomResourceProvider';
export const of = (constructs: readonly string[], property: string) => constructs.map((one) => `${one}.${property}`);
export const ORIGINS = 'FileStorage/Bucket.CorsConfiguration.CorsRules.0.AllowedOrigins';
export const URL = ['Outputs.ApplicationUrl', `${CONTAINER}.Environment.NEXTAUTH_URL`, `${ORIGINS}.0`];
export const CERTIFICATE = 'LoadBalancer/Domain/Certificate';
export const ALIAS = 'LoadBalancer/Domain/Alias';
export const SHELL = ['Outputs.Shell', 'Outputs.DatabaseTunnel', 'Outputs.DatabaseShell'];
export const RUN_IN_REGION = ['AppLogs', 'ImportLogs', 'RegistryLogin', 'SubmitImport'].map((id) => `Outputs.${id}`);
