/**
 * The parts of a bill in the order in which they are shown, each with its service in AWS's price list. The first eight are
 * the rows of the guide's own estimate (chapter 5.1): docs/environments shows the guide's figures beside those of this bill.
 */
export const SERVICES = {
  RDS: 'AmazonRDS',
  Fargate: 'AmazonECS',
  'Load balancer': 'AWSELB',
  S3: 'AmazonS3',
  ECR: 'AmazonECR',
  Logs: 'AmazonCloudWatch',
  Transfer: 'AWSDataTransfer',
  Batch: 'AmazonECS',
  'Public IPv4': 'AmazonVPC',
  Secrets: 'AWSSecretsManager',
  'NAT gateway': 'AmazonEC2',
  'VPC endpoints': 'AmazonVPC',
  'Alarms, dashboard': 'AmazonCloudWatch',
  'Route 53': 'AmazonRoute53',
  CloudFront: 'AmazonCloudFront',
  Firewall: 'awswaf',
  KMS: 'awskms',
  Backup: 'AWSBackup',
} as const;

export type CostPart = keyof typeof SERVICES;

export const COST_PARTS = Object.keys(SERVICES) as CostPart[];
