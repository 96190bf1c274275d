import en from '../src/messages/en.json';
import type { MessageId } from '../src/messages';
import { VERDICTS } from '../src/model/finding';
import { DATA } from '../src/rules/data';
import { FIREWALL } from '../src/rules/firewall';
import { ADDED, REMOVED } from '../src/rules/presence';
import type { RuleLevel } from '../src/rules/rule';
import { RUNNING } from '../src/rules/running';
import { SAFEGUARD_RULES } from '../src/rules/safeguards';
import { STACK } from '../src/rules/stack';
import { allow, resource, reviewStack, type StackFixture } from './support/assemblies';

/** Level of a change that loses data, or that CloudFormation refuses. */
const RISK = '⛔';
/** Level of a change that opens or weakens something. */
const WEAKER = '⚠️';

/** A change of some properties of a resource, with its sentence. */
interface PropertyChange {
  /** The sentence up to its first value. */
  readonly says: string;
  readonly type: string;
  readonly before: object;
  readonly after: object;
}

const DATABASE = 'AWS::RDS::DBInstance';
const urlWith = (mode: string) =>
  `postgresql://app:{{resolve:secretsmanager:a:SecretString:password}}@db/app?sslmode=${mode}`;

/** Changes that lose data, or that CloudFormation refuses. */
const RISKS: readonly PropertyChange[] = [
  {
    says: 'Deletion protection is turned off.',
    type: DATABASE,
    before: { DeletionProtection: true },
    after: { DeletionProtection: false },
  },
  {
    says: 'Automated backups are turned off, and the existing ones are deleted.',
    type: DATABASE,
    before: { BackupRetentionPeriod: 7 },
    after: { BackupRetentionPeriod: 0 },
  },
  {
    says: 'RDS does not allow an Availability Zone to be set here: the deployment would fail.',
    type: DATABASE,
    before: {},
    after: { AvailabilityZone: 'ap-northeast-1a' },
  },
  {
    says: 'RDS does not allow storage to shrink: the deployment would fail.',
    type: DATABASE,
    before: { AllocatedStorage: '100' },
    after: { AllocatedStorage: '20' },
  },
  {
    says: 'RDS does not allow a downgrade of the engine: the deployment would fail.',
    type: DATABASE,
    before: { EngineVersion: '16' },
    after: { EngineVersion: '15' },
  },
  {
    says: 'A new value is generated in place of',
    type: 'AWS::SecretsManager::Secret',
    before: { GenerateSecretString: { PasswordLength: 32 } },
    after: { GenerateSecretString: { PasswordLength: 16 } },
  },
  {
    says: 'DynamoDB deletes the items whose time to live has passed.',
    type: 'AWS::DynamoDB::Table',
    before: { TimeToLiveSpecification: { AttributeName: 'until', Enabled: false } },
    after: { TimeToLiveSpecification: { AttributeName: 'until', Enabled: true } },
  },
  {
    says: 'It calls ',
    type: 'AWS::Scheduler::Schedule',
    before: { Target: { Arn: 'arn:aws:scheduler:::aws-sdk:ecs:updateService' } },
    after: { Target: { Arn: 'arn:aws:scheduler:::aws-sdk:rds:deleteDBInstance' } },
  },
  {
    says: 'The old resource is terminated, and its disks are deleted',
    type: 'AWS::EC2::Instance',
    before: { ImageId: 'ami-1' },
    after: { ImageId: 'ami-2' },
  },
];

const DATA_WEAKENINGS: readonly PropertyChange[] = [
  {
    says: 'The backup retention period gets shorter.',
    type: DATABASE,
    before: { BackupRetentionPeriod: 7 },
    after: { BackupRetentionPeriod: 1 },
  },
  {
    says: 'Deleting it also deletes its automated backups.',
    type: DATABASE,
    before: { DeleteAutomatedBackups: false },
    after: { DeleteAutomatedBackups: true },
  },
  {
    says: 'It gets a public IP address.',
    type: DATABASE,
    before: { PubliclyAccessible: false },
    after: { PubliclyAccessible: true },
  },
  {
    says: 'It no longer survives the failure of an Availability Zone.',
    type: DATABASE,
    before: { MultiAZ: true },
    after: { MultiAZ: false },
  },
  {
    says: 'The limit of storage autoscaling gets lower.',
    type: DATABASE,
    before: { MaxAllocatedStorage: 100 },
    after: { MaxAllocatedStorage: 50 },
  },
  {
    says: 'Storage no longer grows by itself.',
    type: DATABASE,
    before: { MaxAllocatedStorage: 100 },
    after: {},
  },
  {
    says: 'The engine version changes.',
    type: DATABASE,
    // Read as numbers, both would be the same.
    before: { EngineVersion: '15.1' },
    after: { EngineVersion: '15.10' },
  },
  {
    says: 'Minor versions, which contain security fixes, are no longer installed automatically.',
    type: DATABASE,
    before: {},
    after: { AutoMinorVersionUpgrade: false },
  },
  {
    says: 'The master password changes.',
    type: DATABASE,
    before: { ManageMasterUserPassword: true },
    after: { ManageMasterUserPassword: false },
  },
  {
    says: 'The database accepts unencrypted connections.',
    type: 'AWS::RDS::DBParameterGroup',
    before: { Parameters: { 'rds.force_ssl': '1' } },
    after: { Parameters: { 'rds.force_ssl': '0' } },
  },
  {
    says: 'Log events older than the new retention are deleted.',
    type: 'AWS::Logs::LogGroup',
    before: { RetentionInDays: 365 },
    after: { RetentionInDays: 3 },
  },
  {
    says: 'Overwritten and deleted objects are no longer kept as noncurrent versions.',
    type: 'AWS::S3::Bucket',
    before: { VersioningConfiguration: { Status: 'Enabled' } },
    after: { VersioningConfiguration: { Status: 'Suspended' } },
  },
  {
    says: 'Block Public Access gets weaker.',
    type: 'AWS::S3::Bucket',
    before: { PublicAccessBlockConfiguration: { BlockPublicPolicy: true } },
    after: { PublicAccessBlockConfiguration: { BlockPublicPolicy: false } },
  },
  {
    says: 'The access control list grants access to others.',
    type: 'AWS::S3::Bucket',
    before: { AccessControl: 'Private' },
    after: { AccessControl: 'PublicRead' },
  },
  {
    says: 'Other accounts may own objects, and ACLs may apply.',
    type: 'AWS::S3::Bucket',
    before: { OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] } },
    after: { OwnershipControls: { Rules: [{ ObjectOwnership: 'ObjectWriter' }] } },
  },
  {
    says: 'Every website can call it from a browser.',
    type: 'AWS::S3::Bucket',
    before: { CorsConfiguration: { CorsRules: [{ AllowedMethods: ['PUT'], AllowedOrigins: ['https://a.example'] }] } },
    after: { CorsConfiguration: { CorsRules: [{ AllowedMethods: ['PUT'], AllowedOrigins: ['*'] }] } },
  },
  {
    says: 'It gets the endpoint of a website, which answers over HTTP whoever may read its objects.',
    type: 'AWS::S3::Bucket',
    before: {},
    after: { WebsiteConfiguration: { IndexDocument: 'index.html' } },
  },
  {
    says: 'It can be deleted even if it contains images.',
    type: 'AWS::ECR::Repository',
    before: { EmptyOnDelete: false },
    after: { EmptyOnDelete: true },
  },
  {
    says: 'Images are no longer scanned when they are pushed.',
    type: 'AWS::ECR::Repository',
    before: { ImageScanningConfiguration: { ScanOnPush: true } },
    after: { ImageScanningConfiguration: { ScanOnPush: false } },
  },
  {
    says: 'Tags can be moved to other images.',
    type: 'AWS::ECR::Repository',
    before: { ImageTagMutability: 'IMMUTABLE' },
    after: { ImageTagMutability: 'MUTABLE' },
  },
  {
    says: 'The URL of a database requires less of TLS than before',
    type: 'AWS::SecretsManager::Secret',
    before: { SecretString: urlWith('require') },
    after: { SecretString: urlWith('disable') },
  },
  {
    says: 'The key is disabled: data that it encrypted cannot be read.',
    type: 'AWS::KMS::Key',
    before: {},
    after: { Enabled: false },
  },
];

const ALARM = 'AWS::CloudWatch::Alarm';
const LISTENER = 'AWS::ElasticLoadBalancingV2::Listener';
const SERVICE = 'AWS::ECS::Service';
const TO_HTTPS = { Type: 'redirect', RedirectConfig: { Protocol: 'HTTPS', StatusCode: 'HTTP_301' } };
const FORWARD = { Type: 'forward', TargetGroupArn: 'targets' };
const SIGN_IN = { Type: 'authenticate-oidc', AuthenticateOidcConfig: { Issuer: 'https://example.com' } };

const containerWith = (properties: object) => ({ ContainerDefinitions: [{ Name: 'web', Image: 'a', ...properties }] });
const attribute = (Key: string, Value: string) => ({ LoadBalancerAttributes: [{ Key, Value }] });

const RUNNING_WEAKENINGS: readonly PropertyChange[] = [
  {
    says: 'The container gets privileges of the host or of root, or may write to its file system',
    type: 'AWS::ECS::TaskDefinition',
    before: containerWith({ User: 'node' }),
    after: containerWith({ User: 'root' }),
  },
  {
    says: 'The current logs are no longer written',
    type: 'AWS::ECS::TaskDefinition',
    before: containerWith({ LogConfiguration: { LogDriver: 'awslogs' } }),
    after: containerWith({}),
  },
  {
    says: 'Certificates are no longer verified: traffic can be intercepted and changed.',
    type: 'AWS::ECS::TaskDefinition',
    before: containerWith({ Environment: [{ Name: 'A', Value: 'b' }] }),
    after: containerWith({
      Environment: [
        { Name: 'A', Value: 'b' },
        { Name: 'NODE_TLS_REJECT_UNAUTHORIZED', Value: '0' },
      ],
    }),
  },
  {
    says: 'No tasks run anymore, unless scaling starts some.',
    type: SERVICE,
    before: { DesiredCount: 2 },
    after: { DesiredCount: 0 },
  },
  {
    says: 'Everyone with permission for ECS Exec can open a shell in its tasks.',
    type: SERVICE,
    before: { EnableExecuteCommand: false },
    after: { EnableExecuteCommand: true },
  },
  {
    says: 'A release that does not start is no longer rolled back automatically',
    type: SERVICE,
    before: { DeploymentConfiguration: { DeploymentCircuitBreaker: { Enable: true, Rollback: true } } },
    after: { DeploymentConfiguration: { DeploymentCircuitBreaker: { Enable: false, Rollback: false } } },
  },
  {
    says: 'New workloads here can get public IP addresses.',
    type: SERVICE,
    before: { NetworkConfiguration: { AwsvpcConfiguration: { AssignPublicIp: 'DISABLED' } } },
    after: { NetworkConfiguration: { AwsvpcConfiguration: { AssignPublicIp: 'ENABLED' } } },
  },
  {
    says: 'The alarm has no action any more: it notifies nobody.',
    type: ALARM,
    before: { ActionsEnabled: true, AlarmActions: ['topic'] },
    after: { ActionsEnabled: false, AlarmActions: ['topic'] },
  },
  {
    says: 'Notifications go to',
    type: 'AWS::SNS::Subscription',
    before: { Endpoint: 'ops@example.com' },
    after: { Endpoint: 'other@example.com' },
  },
  {
    says: 'The topic, the protocol or the Region of the subscription changes',
    type: 'AWS::SNS::Subscription',
    before: { Protocol: 'email' },
    after: { Protocol: 'email-json' },
  },
  {
    says: 'The filter of the subscription changes',
    type: 'AWS::SNS::Subscription',
    before: { Endpoint: 'ops@example.com' },
    after: { Endpoint: 'ops@example.com', FilterPolicy: { severity: ['high'] } },
  },
  {
    says: 'It is off: its target is no longer called.',
    type: 'AWS::Events::Rule',
    before: { State: 'ENABLED' },
    after: { State: 'DISABLED' },
  },
  {
    says: 'The action or the target that it calls changes:',
    type: 'AWS::Scheduler::Schedule',
    before: { Target: { Arn: 'arn:aws:scheduler:::aws-sdk:ecs:updateService' } },
    after: { Target: { Arn: 'arn:aws:scheduler:::aws-sdk:ecs:stopTask' } },
  },
  {
    says: 'It is off: what arrives in its source waits there, and expires.',
    type: 'AWS::Lambda::EventSourceMapping',
    before: {},
    after: { Enabled: false },
  },
  {
    says: 'It is off: requests to it fail.',
    type: 'AWS::CloudFront::Distribution',
    before: { DistributionConfig: { Enabled: true } },
    after: { DistributionConfig: { Enabled: false } },
  },
  {
    says: 'The address of the template changes',
    type: 'AWS::CloudFormation::Stack',
    before: { TemplateURL: 'https://bucket.s3.amazonaws.com/one.yaml' },
    after: { TemplateURL: 'https://bucket.s3.amazonaws.com/two.yaml' },
  },
  {
    says: 'Deletion protection is turned off.',
    type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
    before: attribute('deletion_protection.enabled', 'true'),
    after: attribute('deletion_protection.enabled', 'false'),
  },
  {
    says: 'Invalid headers of requests are no longer removed, and reach the targets.',
    type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
    before: attribute('routing.http.drop_invalid_header_fields.enabled', 'true'),
    after: attribute('routing.http.drop_invalid_header_fields.enabled', 'false'),
  },
  {
    says: 'Traffic to this listener is no longer encrypted.',
    type: LISTENER,
    before: { Protocol: 'HTTPS' },
    after: { Protocol: 'HTTP' },
  },
  {
    says: 'Old versions of TLS, or the default of AWS, are accepted.',
    type: LISTENER,
    before: { SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-2021-06' },
    after: { SslPolicy: 'ELBSecurityPolicy-2016-08' },
  },
  {
    says: 'A sign-in before requests reach the target is removed.',
    type: LISTENER,
    before: { DefaultActions: [SIGN_IN, FORWARD] },
    after: { DefaultActions: [FORWARD] },
  },
  {
    says: 'It sends requests, calls or copies to a target that is not in this stack',
    type: LISTENER,
    before: { DefaultActions: [FORWARD] },
    after: { DefaultActions: [{ Type: 'forward', TargetGroupArn: 'others' }] },
  },
  {
    says: 'Requests are no longer redirected to HTTPS.',
    type: LISTENER,
    before: { Protocol: 'HTTP', DefaultActions: [TO_HTTPS] },
    after: { Protocol: 'HTTP', DefaultActions: [FORWARD] },
  },
  {
    says: 'The record has the value',
    type: 'AWS::Route53::RecordSet',
    before: { Name: 'a.example.com', Type: 'A', ResourceRecords: ['192.0.2.1'] },
    after: { Name: 'a.example.com', Type: 'A', ResourceRecords: ['192.0.2.2'] },
  },
  {
    says: 'How the name is resolved may change',
    type: 'AWS::Route53::RecordSet',
    before: { Name: 'a.example.com', Type: 'A', Weight: 100 },
    after: { Name: 'a.example.com', Type: 'A', Weight: 0 },
  },
  {
    says: 'Requests over HTTP are answered without a redirection to HTTPS: their traffic is not encrypted.',
    type: 'AWS::CloudFront::Distribution',
    before: { DistributionConfig: { DefaultCacheBehavior: { ViewerProtocolPolicy: 'redirect-to-https' } } },
    after: { DistributionConfig: { DefaultCacheBehavior: { ViewerProtocolPolicy: 'allow-all' } } },
  },
  {
    says: 'The policy of the endpoint is removed.',
    type: 'AWS::EC2::VPCEndpoint',
    before: {
      PolicyDocument: { Statement: [allow('s3:GetObject', '*', { Principal: '*' })] },
    },
    after: {},
  },
];

const RIGHTS_WEAKENINGS: readonly PropertyChange[] = [
  {
    says: 'The permissions boundary changes or is removed.',
    type: 'AWS::IAM::Role',
    before: { PermissionsBoundary: 'arn:aws:iam::aws:policy/ReadOnlyAccess' },
    after: {},
  },
  {
    says: 'A session with this role can last longer.',
    type: 'AWS::IAM::Role',
    before: { MaxSessionDuration: 3600 },
    after: { MaxSessionDuration: 43200 },
  },
  {
    says: 'What tokens are accepted may change: their issuer, their audience, or its certificate',
    type: 'AWS::IAM::OIDCProvider',
    before: { ClientIdList: ['sts.amazonaws.com'] },
    after: { ClientIdList: ['other'] },
  },
  {
    says: 'Users have the permissions of the groups that they are in.',
    type: 'AWS::IAM::User',
    before: {},
    after: { Groups: ['Administrators'] },
  },
  {
    says: 'Everyone with this permission set becomes an administrator.',
    type: 'AWS::SSO::PermissionSet',
    before: { ManagedPolicies: ['arn:aws:iam::aws:policy/ReadOnlyAccess'] },
    after: { ManagedPolicies: ['arn:aws:iam::aws:policy/AdministratorAccess'] },
  },
  {
    says: 'Everyone who can start an instance with it gets the permissions of the role',
    type: 'AWS::IAM::InstanceProfile',
    before: { Roles: ['a'] },
    after: { Roles: ['b'] },
  },
];

const keyGroups = (groups: object) => ({
  DistributionConfig: { DefaultCacheBehavior: { TargetOriginId: 'o', ...groups } },
});
const accessEntry = (policy: string) => ({
  AccessPolicies: [{ PolicyArn: `arn:aws:eks::aws:cluster-access-policy/${policy}`, AccessScope: { Type: 'cluster' } }],
});

const APPROVAL = {
  Name: 'Ask',
  ActionTypeId: { Category: 'Approval' },
};
const DEPLOYMENT = {
  Name: 'Deploy',
  ActionTypeId: { Category: 'Deploy' },
};
const pipelineWith = (...Actions: object[]) => ({ Stages: [{ Name: 'Prod', Actions }] });

/** Safeguards, encryption, logs and access. */
const SAFEGUARD_WEAKENINGS: readonly PropertyChange[] = [
  {
    says: 'It uses a different role,',
    type: 'AWS::CodeBuild::Project',
    before: { ServiceRole: 'a' },
    after: { ServiceRole: 'b' },
  },
  {
    says: 'The current encryption is turned off',
    type: 'AWS::EC2::LaunchTemplate',
    before: { LaunchTemplateData: { BlockDeviceMappings: [{ Ebs: { Encrypted: true } }] } },
    after: { LaunchTemplateData: { BlockDeviceMappings: [{ Ebs: { Encrypted: false } }] } },
  },
  {
    says: 'Access gets broader',
    type: 'AWS::Cognito::IdentityPool',
    before: { AllowUnauthenticatedIdentities: false },
    after: { AllowUnauthenticatedIdentities: true },
  },
  {
    says: 'A safeguard is no longer set',
    type: 'AWS::CloudFront::Distribution',
    before: { DistributionConfig: { WebACLId: 'arn:aws:wafv2:us-east-1:123456789012:global/webacl/a/b' } },
    after: { DistributionConfig: {} },
  },
  {
    says: 'Access gets broader',
    type: 'AWS::CloudFront::Distribution',
    before: keyGroups({ TrustedKeyGroups: ['a'] }),
    after: keyGroups({}),
  },
  {
    says: 'Access gets broader',
    type: 'AWS::MSK::Cluster',
    before: { ClientAuthentication: { Unauthenticated: { Enabled: false } } },
    after: { ClientAuthentication: { Unauthenticated: { Enabled: true } } },
  },
  {
    says: 'Access gets broader',
    type: 'AWS::AppSync::GraphQLApi',
    before: { AuthenticationType: 'AWS_IAM' },
    after: { AuthenticationType: 'API_KEY' },
  },
  {
    says: 'Access gets broader',
    type: 'AWS::Cognito::UserPool',
    before: { AdminCreateUserConfig: { AllowAdminCreateUserOnly: true } },
    after: { AdminCreateUserConfig: { AllowAdminCreateUserOnly: false } },
  },
  {
    says: 'What the network ACL lets into its subnets, or out of them, changes.',
    type: 'AWS::EC2::NetworkAclEntry',
    before: { CidrBlock: '10.0.0.0/16' },
    after: { CidrBlock: '0.0.0.0/0' },
  },
  {
    says: 'Traffic no longer goes through a NAT gateway',
    type: 'AWS::EC2::Route',
    before: { DestinationCidrBlock: '0.0.0.0/0', NatGatewayId: 'nat-1' },
    after: { DestinationCidrBlock: '0.0.0.0/0', GatewayId: 'igw-1' },
  },
  {
    says: 'Its principal becomes an administrator of the cluster',
    type: 'AWS::EKS::AccessEntry',
    before: accessEntry('AmazonEKSViewPolicy'),
    after: accessEntry('AmazonEKSClusterAdminPolicy'),
  },
  {
    says: 'A safeguard is turned off',
    type: 'AWS::EC2::LaunchTemplate',
    before: { LaunchTemplateData: { MetadataOptions: { HttpTokens: 'required' } } },
    after: { LaunchTemplateData: { MetadataOptions: { HttpTokens: 'optional' } } },
  },
  {
    says: 'Access gets broader',
    type: 'AWS::EC2::VPCEndpointService',
    before: { AcceptanceRequired: true },
    after: { AcceptanceRequired: false },
  },
  {
    says: 'Access gets broader',
    type: 'AWS::RAM::ResourceShare',
    before: { AllowExternalPrincipals: false },
    after: { AllowExternalPrincipals: true },
  },
  {
    says: 'Access gets broader',
    type: 'AWS::ApiGateway::Method',
    before: { ApiKeyRequired: true },
    after: { ApiKeyRequired: false },
  },
  {
    says: 'The database accepts unencrypted connections.',
    type: 'AWS::RDS::DBProxy',
    before: { RequireTLS: true },
    after: { RequireTLS: false },
  },
  {
    says: 'A safeguard is no longer set',
    type: 'AWS::Lambda::Function',
    before: { CodeSigningConfigArn: 'arn:aws:lambda:eu-west-1:123456789012:code-signing-config:a' },
    after: {},
  },
  {
    says: 'SQS no longer encrypts messages with its own key',
    type: 'AWS::SQS::Queue',
    before: { SqsManagedSseEnabled: true },
    after: { SqsManagedSseEnabled: false },
  },
  {
    says: 'An approval is removed: the pipeline no longer waits for it',
    type: 'AWS::CodePipeline::Pipeline',
    before: pipelineWith(APPROVAL, DEPLOYMENT),
    after: pipelineWith(DEPLOYMENT),
  },
  {
    says: 'A safeguard is turned off',
    type: 'AWS::GuardDuty::Detector',
    before: { Enable: true },
    after: { Enable: false },
  },
  {
    says: 'A safeguard gets weaker: a time or a limit becomes smaller',
    type: 'AWS::DocDB::DBCluster',
    before: { BackupRetentionPeriod: 30 },
    after: { BackupRetentionPeriod: 7 },
  },
  {
    says: 'The encryption, or its key, is no longer set',
    type: 'AWS::DynamoDB::Table',
    before: { SSESpecification: { SSEEnabled: true, SSEType: 'KMS', KMSMasterKeyId: 'key' } },
    after: { SSESpecification: { SSEEnabled: true } },
  },
];

const WEB_ACL = 'AWS::WAFv2::WebACL';
/** A rule of a web ACL that limits the requests of an address. */
const rateRule = (limit: number, action: object) => ({
  Name: 'Rate',
  Action: action,
  Statement: { RateBasedStatement: { Limit: limit } },
});

const FIREWALL_WEAKENINGS: readonly PropertyChange[] = [
  {
    says: 'A rule of the firewall is removed: requests that it blocked may reach the application',
    type: WEB_ACL,
    before: { Rules: [rateRule(100, { Block: {} }), { Name: 'Common', OverrideAction: { None: {} } }] },
    after: { Rules: [rateRule(100, { Block: {} })] },
  },
  {
    says: 'It no longer blocks the requests that match',
    type: WEB_ACL,
    before: { Rules: [rateRule(100, { Block: {} })] },
    after: { Rules: [rateRule(100, { Count: {} })] },
  },
  {
    says: 'An address may send more requests before the firewall limits it',
    type: WEB_ACL,
    before: { Rules: [rateRule(100, { Block: {} })] },
    after: { Rules: [rateRule(200, { Block: {} })] },
  },
  {
    says: "The firewall's log shows a part of requests that it left out so far",
    type: 'AWS::WAFv2::LoggingConfiguration',
    before: { RedactedFields: [{ QueryString: {} }] },
    after: { RedactedFields: [] },
  },
];

const WEAKENINGS = [
  ...DATA_WEAKENINGS,
  ...FIREWALL_WEAKENINGS,
  ...RUNNING_WEAKENINGS,
  ...RIGHTS_WEAKENINGS,
  ...SAFEGUARD_WEAKENINGS,
];

/** The line of a review with the sentence. */
function findingThatSays(says: string, before: StackFixture, after: StackFixture): string | undefined {
  const { stdout } = reviewStack(before, after);
  return stdout.split('\n').find((line) => line.startsWith('- ') && line.includes(says));
}

/** A resource, or rule of parameters, that opens or weakens something when it is added or removed. */
interface PresenceChange {
  readonly message: MessageId;
  readonly says: string;
  readonly stack: StackFixture;
}

const stackWith = (type: string, properties: object = {}): StackFixture => ({
  resources: { Thing: resource(type, properties) },
});

const ADDITIONS: readonly PresenceChange[] = [
  {
    message: 'new.accessKey',
    says: 'This access key does not expire: everyone who has it can act as `deployer` from anywhere.',
    stack: stackWith('AWS::IAM::AccessKey', { UserName: 'deployer' }),
  },
  {
    message: 'new.user',
    says: 'This user can sign in with a password or access keys instead of a role.',
    stack: stackWith('AWS::IAM::User'),
  },
  {
    message: 'new.provider',
    says: 'Roles that trust it accept tokens of `https://example.com`.',
    stack: stackWith('AWS::IAM::OIDCProvider', { Url: 'https://example.com' }),
  },
  {
    message: 'new.samlProvider',
    says: 'Roles that trust it accept users whom its identity provider has signed in.',
    stack: stackWith('AWS::IAM::SAMLProvider', { SamlMetadataDocument: '<xml/>' }),
  },
  {
    message: 'instanceProfile',
    says: 'Everyone who can start an instance with it gets the permissions of the role',
    stack: stackWith('AWS::IAM::InstanceProfile', { Roles: ['admin'] }),
  },
  {
    message: 'new.address',
    says: 'It may connect to the internet, or be reached from there, as its network allows.',
    stack: stackWith('AWS::EC2::EIP'),
  },
  {
    message: 'new.outbound',
    says: 'What has a route to it can connect to other networks through it.',
    stack: stackWith('AWS::EC2::NatGateway'),
  },
  {
    message: 'membership',
    says: 'Users have the permissions of the groups that they are in.',
    stack: stackWith('AWS::IAM::UserToGroupAddition', { GroupName: 'Administrators', Users: ['deployer'] }),
  },
  {
    message: 'new.foreignHandler',
    says: 'A function that is not in this stack runs at deployment, and its code is not part of this review:',
    stack: stackWith('Custom::Thing', { ServiceToken: 'arn:aws:lambda:eu-west-1:210987654321:function:theirs' }),
  },
  {
    message: 'new.assignment',
    says: '`user` gets the permission set `admins` in the account `123456789012`.',
    stack: stackWith('AWS::SSO::Assignment', {
      PrincipalId: 'user',
      PermissionSetArn: 'admins',
      TargetId: '123456789012',
    }),
  },
  {
    message: 'new.nested',
    says: 'A nested stack: its template is not part of this review.',
    stack: stackWith('AWS::CloudFormation::Stack', { TemplateURL: 'https://bucket.s3.amazonaws.com/a.yaml' }),
  },
  {
    message: 'new.logCopy',
    says: 'Log events are also sent to `arn:aws:lambda:::function:copy`.',
    stack: stackWith('AWS::Logs::SubscriptionFilter', { DestinationArn: 'arn:aws:lambda:::function:copy' }),
  },
];

const REMOVALS: readonly PresenceChange[] = [
  {
    message: 'networkAcl',
    says: 'What the network ACL lets into its subnets, or out of them, changes.',
    stack: stackWith('AWS::EC2::NetworkAclEntry', { RuleAction: 'deny' }),
  },
  {
    message: 'gone.rotation',
    says: 'The secret is no longer rotated by this schedule.',
    stack: stackWith('AWS::SecretsManager::RotationSchedule'),
  },
  {
    message: 'gone.alarm',
    says: 'It no longer calls `topic`.',
    stack: stackWith('AWS::CloudWatch::Alarm', { AlarmActions: ['topic'] }),
  },
  {
    message: 'gone.events',
    says: 'It no longer passes on the events that it matched.',
    stack: stackWith('AWS::Events::Rule', { EventPattern: { source: ['aws.batch'] } }),
  },
  {
    message: 'gone.subscription',
    says: 'It no longer passes messages to `ops@example.com`.',
    stack: stackWith('AWS::SNS::Subscription', { Endpoint: 'ops@example.com' }),
  },
  {
    message: 'gone.listener',
    says: 'The `HTTPS` listener on port `443` is removed.',
    stack: stackWith(LISTENER, { Port: 443, Protocol: 'HTTPS' }),
  },
  {
    message: 'gone.name',
    says: 'The name `a.example.com` no longer resolves by this record.',
    stack: stackWith('AWS::Route53::RecordSet', { Name: 'a.example.com', Type: 'A' }),
  },
  {
    message: 'gone.firewallLog',
    says: 'What the firewall counts and blocks is no longer logged.',
    stack: stackWith('AWS::WAFv2::LoggingConfiguration'),
  },
  {
    message: 'gone.firewall',
    says: 'If it blocked traffic, that may get through now.',
    stack: stackWith(WEB_ACL),
  },
  {
    message: 'gone.monitoring',
    says: 'It no longer records, detects or passes on anything.',
    stack: stackWith('AWS::CloudTrail::Trail'),
  },
  {
    message: 'gone.backup',
    says: 'It makes no more backups.',
    stack: stackWith('AWS::Backup::BackupPlan'),
  },
  {
    message: 'gone.rule',
    says: 'One validation of parameters is removed.',
    stack: { resources: {}, template: { Rules: { Thing: { Assertions: [] } } } },
  },
];

describe('⚠️ where something', () => {
  const nothing: StackFixture = { resources: {} };

  it.each(ADDITIONS)('is added: $says', ({ says, stack }) => {
    expect(findingThatSays(says, nothing, stack)).toContain(`- ${WEAKER} `);
  });

  it.each(REMOVALS)('is removed: $says', ({ says, stack }) => {
    expect(findingThatSays(says, stack, nothing)).toContain(`- ${WEAKER} `);
  });

  it('each such message of the rules has a row above', () => {
    const messages = [...ADDED, ...REMOVED].flatMap((rule) => rule.weaker ?? []);
    const messagesWithRow = new Set([...ADDITIONS, ...REMOVALS].map(({ message }) => message));
    expect(messages.filter((message) => !messagesWithRow.has(message))).toEqual([]);
  });
});

/** A change of a stack, or of an attribute of a resource. */
interface StackChange {
  readonly says: string;
  readonly before: StackFixture;
  readonly after: StackFixture;
}

const bucketWith = (attributes: object): StackFixture => ({
  resources: { Thing: { Type: 'AWS::S3::Bucket', ...attributes } },
});
const QUEUE = { Thing: resource('AWS::Batch::JobQueue', { JobQueueName: 'queue' }) };

const STACK_RISKS: readonly StackChange[] = [
  {
    says: 'It is less protected when it is removed from the stack.',
    before: bucketWith({ DeletionPolicy: 'Retain' }),
    after: bucketWith({ DeletionPolicy: 'Delete' }),
  },
  {
    says: 'It is less protected when it is replaced.',
    before: bucketWith({ UpdateReplacePolicy: 'Retain' }),
    after: bucketWith({ UpdateReplacePolicy: 'Delete' }),
  },
  {
    says: 'CloudFormation makes no snapshot of this type:',
    before: bucketWith({ DeletionPolicy: 'Delete' }),
    after: bucketWith({ DeletionPolicy: 'Snapshot' }),
  },
  {
    says: 'Termination protection of the stack is turned off: a single command can delete it.',
    before: { properties: { terminationProtection: true } },
    after: { properties: { terminationProtection: false } },
  },
  {
    says: 'It moves to another account or region.',
    before: { environment: 'aws://123456789012/ap-northeast-1' },
    after: { environment: 'aws://123456789012/us-east-1' },
  },
  {
    says: 'Resources inherit the tags of the stack, and AWS Batch replaces compute environments and queues',
    before: { resources: QUEUE, properties: { tags: { Owner: 'a' } } },
    after: { resources: QUEUE, properties: { tags: { Owner: 'b' } } },
  },
];

const STACK_WEAKENINGS: readonly StackChange[] = [
  {
    says: 'A macro rewrites the template at deployment:',
    before: bucketWith({}),
    after: bucketWith({ 'Fn::Transform': { Name: 'Mine' } }),
  },
  {
    says: 'A different role deploys it.',
    before: { properties: { cloudFormationExecutionRoleArn: 'arn:aws:iam::123456789012:role/a' } },
    after: { properties: { cloudFormationExecutionRoleArn: 'arn:aws:iam::123456789012:role/b' } },
  },
  {
    says: 'A different role uploads the assets.',
    before: {
      assets: { files: { a: { destinations: { b: { assumeRoleArn: 'arn:aws:iam::123456789012:role/a' } } } } },
    },
    after: { assets: { files: { a: { destinations: { b: { assumeRoleArn: 'arn:aws:iam::123456789012:role/b' } } } } } },
  },
];

const RULES = [...DATA, ...FIREWALL, ...RUNNING, ...STACK, ...SAFEGUARD_RULES].flatMap((ruleSet) => ruleSet.rules);

interface LevelTables {
  readonly level: string;
  /** Levels of the rules whose findings have it. */
  readonly ruleLevels: readonly RuleLevel[];
  readonly changes: readonly PropertyChange[];
  readonly stackChanges: readonly StackChange[];
}

describe.each<LevelTables>([
  { level: RISK, ruleLevels: VERDICTS, changes: RISKS, stackChanges: STACK_RISKS },
  { level: WEAKER, ruleLevels: ['weaker'], changes: WEAKENINGS, stackChanges: STACK_WEAKENINGS },
])('$level', ({ level, ruleLevels, changes, stackChanges }) => {
  it.each(changes)('where $type changes: $says', ({ says, type, before, after }) => {
    const finding = findingThatSays(says, stackWith(type, before), stackWith(type, after));
    expect(finding).toContain(`- ${level} **\`Thing\``);
  });

  it.each(stackChanges)('where a stack changes, or an attribute of a resource: $says', ({ says, before, after }) => {
    expect(findingThatSays(says, before, after)).toContain(`- ${level} `);
  });

  it('each message of the rules has a row above', () => {
    const messages = new Set(RULES.flatMap((rule) => ruleLevels.flatMap((ruleLevel) => rule[ruleLevel] ?? [])));
    const rows = [...changes, ...stackChanges];
    const messagesWithoutRow = [...messages].filter(
      (message) => !rows.some(({ says }) => en[message].startsWith(says)),
    );
    expect(messagesWithoutRow).toEqual([]);
  });
});
