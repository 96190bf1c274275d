/**
 * Actions that CloudFormation calls to compare a resource, with the rights of the caller
 * DetectStackResourceDrift or DetectStackDrift: the permissions of the type's read handler in its public schema, as of
 * 2026-08-07 (pulumi/pulumi-aws-native, aws-cloudformation-schema).
 */
export const READ_BY_CLOUDFORMATION: Readonly<Record<string, string>> = {
  'AWS::Backup::BackupPlan': 'backup:GetBackupPlan backup:ListTags',
  'AWS::Backup::BackupSelection': 'backup:GetBackupSelection',
  'AWS::Backup::BackupVault':
    'backup:DescribeBackupVault backup:GetBackupVaultAccessPolicy backup:GetBackupVaultNotifications backup:ListTags',
  'AWS::Backup::RestoreTestingPlan': 'backup:GetRestoreTestingPlan backup:ListTags',
  'AWS::Backup::RestoreTestingSelection': 'backup:GetRestoreTestingSelection',
  'AWS::Batch::ComputeEnvironment': 'batch:DescribeComputeEnvironments',
  'AWS::Chatbot::SlackChannelConfiguration': 'chatbot:DescribeSlackChannelConfigurations',
  'AWS::CloudFront::Distribution': 'cloudfront:GetDistribution cloudfront:GetDistributionConfig',
  'AWS::CloudWatch::Alarm': 'cloudwatch:DescribeAlarms cloudwatch:ListTagsForResource',
  'AWS::CloudWatch::Dashboard': 'cloudwatch:GetDashboard cloudwatch:ListTagsForResource',
  'AWS::EC2::InternetGateway': 'ec2:DescribeInternetGateways',
  'AWS::EC2::RouteTable': 'ec2:DescribeRouteTables',
  'AWS::EC2::SecurityGroup': 'ec2:DescribeSecurityGroups',
  'AWS::EC2::Subnet': 'ec2:DescribeSubnets ec2:DescribeNetworkAcls',
  'AWS::EC2::VPC':
    'ec2:DescribeNetworkAcls ec2:DescribeSecurityGroups ec2:DescribeVpcAttribute ' +
    'ec2:DescribeVpcEncryptionControls ec2:DescribeVpcs',
  'AWS::ECR::Repository':
    'ecr:DescribeRepositories ecr:GetLifecyclePolicy ecr:GetRepositoryPolicy ecr:ListTagsForResource',
  'AWS::ECS::Cluster': 'ecs:DescribeClusters kms:DescribeKey',
  'AWS::ECS::Service': 'ecs:DescribeServices',
  'AWS::ECS::TaskDefinition': 'ecs:DescribeTaskDefinition',
  'AWS::ElasticLoadBalancingV2::Listener':
    'elasticloadbalancing:DescribeListeners elasticloadbalancing:DescribeListenerAttributes ' +
    'elasticloadbalancing:DescribeTags',
  'AWS::ElasticLoadBalancingV2::LoadBalancer':
    'elasticloadbalancing:DescribeLoadBalancers elasticloadbalancing:DescribeLoadBalancerAttributes ' +
    'elasticloadbalancing:DescribeCapacityReservation elasticloadbalancing:DescribeTags',
  'AWS::ElasticLoadBalancingV2::TargetGroup':
    'elasticloadbalancing:DescribeTargetGroups elasticloadbalancing:DescribeTargetGroupAttributes ' +
    'elasticloadbalancing:DescribeTargetHealth elasticloadbalancing:DescribeTags',
  'AWS::Events::Rule': 'events:DescribeRule events:ListTargetsByRule events:ListTagsForResource iam:PassRole',
  'AWS::IAM::ManagedPolicy': 'iam:GetPolicy iam:GetPolicyVersion iam:ListEntitiesForPolicy',
  'AWS::IAM::Role': 'iam:GetRole iam:ListAttachedRolePolicies iam:ListRolePolicies iam:GetRolePolicy',
  'AWS::Lambda::Function':
    'lambda:GetFunction kms:Decrypt lambda:GetFunctionCodeSigningConfig lambda:GetFunctionRecursionConfig ' +
    'lambda:GetRuntimeManagementConfig lambda:GetFunctionScalingConfig',
  'AWS::Logs::LogGroup':
    'logs:DescribeLogGroups logs:ListTagsForResource logs:GetDataProtectionPolicy logs:DescribeIndexPolicies ' +
    'logs:DescribeResourcePolicies',
  'AWS::RDS::DBInstance':
    'ec2:DescribeAccountAttributes ec2:DescribeAvailabilityZones ec2:DescribeInternetGateways ' +
    'ec2:DescribeSecurityGroups ec2:DescribeSubnets ec2:DescribeVpcAttribute ec2:DescribeVpcs rds:DescribeDBInstances',
  'AWS::S3::Bucket':
    's3:GetAccelerateConfiguration s3:GetLifecycleConfiguration s3:GetBucketPublicAccessBlock ' +
    's3:GetAnalyticsConfiguration s3:GetBucketCORS s3:GetEncryptionConfiguration s3:GetInventoryConfiguration ' +
    's3:GetBucketLogging s3:GetMetricsConfiguration s3:GetBucketNotification s3:GetBucketVersioning ' +
    's3:GetReplicationConfiguration s3:GetBucketWebsite s3:GetBucketObjectLockConfiguration s3:GetBucketTagging ' +
    's3:ListTagsForResource s3:GetBucketAbac s3:GetBucketOwnershipControls s3:GetIntelligentTieringConfiguration ' +
    's3:GetBucketMetadataTableConfiguration s3:ListBucket',
  'AWS::SNS::Topic':
    'sns:GetTopicAttributes sns:ListTagsForResource sns:ListSubscriptionsByTopic sns:GetDataProtectionPolicy',
  'AWS::WAFv2::WebACL': 'wafv2:GetWebACL wafv2:ListTagsForResource',
};

/** Actions of the schemas that the policy does not allow: one passes a role, the other reveals a value. */
export const NEVER_ALLOWED = ['iam:PassRole', 'kms:Decrypt'];
