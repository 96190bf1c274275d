import { removeAssemblies } from './support/assemblies';
import { type Change, levelOf, type RealStack, reviewChange } from './support/pairs';

afterAll(removeAssemblies);

type Pair = readonly [what: string, level: 'risk' | 'weaker' | 'look', tells: string | RegExp, change: Change];

const DB = 'Database/Instance';
const BUCKET = 'FileStorage/Bucket';
const TASK = 'Web/TaskDefinition';
const tcp = (port: number, peer: object) => ({ IpProtocol: 'tcp', FromPort: port, ToPort: port, ...peer });
const group = (stack: RealStack, path: string) => ({ 'Fn::GetAtt': [stack.id(path), 'GroupId'] });
const policy = (...Statement: object[]) => ({ Version: '2012-10-17', Statement }) as never;
const allow = (Action: unknown, Resource: unknown = '*', more: object = {}) => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...more,
});
const wayOut = (stack: RealStack, target: object) =>
  stack.add('WayOut', 'AWS::EC2::Route', {
    RouteTableId: { Ref: stack.id('Network/Vpc/PrivateSubnet1/RouteTable') },
    DestinationCidrBlock: '0.0.0.0/0',
    ...target,
  });
const statement = (stack: RealStack, sid: string, path = 'Web/Roles/TaskPolicy') =>
  (stack.of(path).PolicyDocument.Statement as Record<string, unknown>[]).find(({ Sid }) => Sid === sid) ?? {};
const rules = (stack: RealStack) => stack.of(BUCKET).LifecycleConfiguration.Rules as object[];
const variable = (stack: RealStack, Name: string, Value: unknown) =>
  stack.of(TASK).ContainerDefinitions[0].Environment.push({ Name, Value });
const lifecycle =
  (text: string, other: string): Change =>
  (stack) => {
    const join = stack.of('AppRegistry/Repository').LifecyclePolicy;
    Object.assign(join, JSON.parse(JSON.stringify(join).replace(text, other)));
  };
const otherwise = (value: unknown, other: unknown) => ({ 'Fn::If': ['HasAppImage', value, other] }) as never;

const DATA: readonly Pair[] = [
  [
    'deletion protection off',
    'risk',
    'deletion protection is switched off',
    (s) => s.set(DB, { DeletionProtection: false }),
  ],
  [
    'deletion protection by a condition',
    'risk',
    'deletion protection',
    (s) => s.set(DB, { DeletionProtection: otherwise(true, false) }),
  ],
  [
    'deletion protection by a parameter',
    'risk',
    'deletion protection',
    (s) => {
      s.template.Parameters = { ...s.template.Parameters, Keep: { Type: 'String', Default: 'false' } };
      s.set(DB, { DeletionProtection: { Ref: 'Keep' } });
    },
  ],
  [
    'deletion protection by a given value',
    'risk',
    'deletion protection',
    (s) => {
      s.template.Parameters = { ...s.template.Parameters, Keep: { Type: 'String', Default: 'true' } };
      s.properties['parameters'] = { Keep: 'false' };
      s.set(DB, { DeletionProtection: { Ref: 'Keep' } });
    },
  ],
  [
    'deletion protection by a map',
    'risk',
    'deletion protection',
    (s) => {
      s.template.Mappings = { Keep: { prod: { db: 'false' } } };
      s.set(DB, { DeletionProtection: { 'Fn::FindInMap': ['Keep', 'prod', 'db'] } });
    },
  ],
  ['no backups', 'risk', 'backups are switched off', (s) => s.set(DB, { BackupRetentionPeriod: 0 })],
  ['backups for a day', 'weaker', 'reach back less far', (s) => s.set(DB, { BackupRetentionPeriod: undefined })],
  [
    'another name of the database',
    'risk',
    'Replaced: `DBInstanceIdentifier`',
    (s) => s.set(DB, { DBInstanceIdentifier: 'x' }),
  ],
  ['no encryption', 'risk', 'Replaced: `StorageEncrypted`', (s) => s.set(DB, { StorageEncrypted: false })],
  [
    'a key of another account',
    'risk',
    'Replaced: `KmsKeyId`',
    (s) => s.set(DB, { KmsKeyId: 'arn:aws:kms:ap-northeast-1:999999999999:key/x' }),
  ],
  ['a snapshot to start from', 'risk', 'DBSnapshotIdentifier', (s) => s.set(DB, { DBSnapshotIdentifier: 'snap' })],
  ['another port', 'risk', 'Replaced: `Port`', (s) => s.set(DB, { Port: '5433' })],
  ['another master user', 'risk', 'Replaced: `MasterUsername`', (s) => s.set(DB, { MasterUsername: 'root' })],
  [
    'a subnet group of another name',
    'risk',
    'DBSubnetGroupName',
    (s) => s.set('Database/SubnetGroup', { DBSubnetGroupName: 'x' }),
  ],
  ['less storage', 'risk', 'refuses to make storage smaller', (s) => s.set(DB, { AllocatedStorage: '50' })],
  [
    'one zone',
    'risk',
    'refuses to give it a zone',
    (s) => s.set(DB, { MultiAZ: false, AvailabilityZone: 'ap-northeast-1a' }),
  ],
  ['no second zone', 'weaker', 'no longer survives', (s) => s.set(DB, { MultiAZ: false })],
  ['an older engine', 'risk', 'no way back to an older engine', (s) => s.set(DB, { EngineVersion: '14.9' })],
  ['a newer engine', 'weaker', 'The engine changes', (s) => s.set(DB, { EngineVersion: '16' })],
  ['the database removed', 'risk', 'Removed.', (s) => s.remove(DB)],
  ['the database renamed', 'risk', 'Renamed', (s) => s.rename(DB, 'Renamed')],
  ['the database on a condition', 'risk', 'it is removed', (s) => (s.at(DB).Condition = 'HasAppImage')],
  ['DeletionPolicy', 'risk', 'keeps less', (s) => (s.at(DB).DeletionPolicy = 'Delete')],
  ['DeletionPolicy left out', 'risk', 'keeps less', (s) => delete s.at(BUCKET).DeletionPolicy],
  [
    'DeletionPolicy by a function',
    'risk',
    'keeps less',
    (s) => (s.at(DB).DeletionPolicy = otherwise('Retain', 'Delete')),
  ],
  ['UpdateReplacePolicy', 'risk', 'keeps less', (s) => delete s.at(DB).UpdateReplacePolicy],
  ['the bucket renamed', 'risk', 'Replaced: `BucketName`', (s) => s.set(BUCKET, { BucketName: 'other' })],
  [
    'the bucket without versions',
    'weaker',
    'earlier versions',
    (s) => s.set(BUCKET, { VersioningConfiguration: undefined }),
  ],
  [
    'versions suspended',
    'weaker',
    'earlier versions',
    (s) => s.set(BUCKET, { VersioningConfiguration: { Status: 'Suspended' } }),
  ],
  [
    'objects expire',
    'weaker',
    '`every object` after `1 days`',
    (s) => rules(s).push({ Id: 'x', Status: 'Enabled', ExpirationInDays: 1 }),
  ],
  [
    'objects expire where there are no versions',
    'risk',
    'The bucket has no versions: they are lost.',
    (s) => {
      s.set(BUCKET, { VersioningConfiguration: undefined });
      rules(s).push({ Id: 'x', Status: 'Enabled', ExpirationInDays: 1, Prefix: 'evidences/' });
    },
  ],
  [
    'old versions go sooner',
    'weaker',
    'Earlier versions are deleted sooner',
    (s) => Object.assign(rules(s)[1] ?? {}, { NoncurrentVersionExpiration: { NoncurrentDays: 1 } }),
  ],
  [
    'objects move to an archive',
    'look',
    'Transitions',
    (s) => Object.assign(rules(s)[0] ?? {}, { Transitions: [{ StorageClass: 'GLACIER', TransitionInDays: 1 }] }),
  ],
  ['no encryption of the bucket', 'look', 'BucketEncryption', (s) => s.set(BUCKET, { BucketEncryption: undefined })],
  [
    'no object ownership',
    'look',
    'OwnershipControls',
    (s) => s.set(BUCKET, { OwnershipControls: { Rules: [{ ObjectOwnership: 'ObjectWriter' }] } }),
  ],
  ['fewer images', 'weaker', 'Images expire', lifecycle(':30}', ':3}')],
  [
    'images by age',
    'look',
    'countType',
    lifecycle(
      'imageCountMoreThan\\",\\"countNumber\\":30',
      'sinceImagePushed\\",\\"countUnit\\":\\"days\\",\\"countNumber\\":40',
    ),
  ],
  [
    'a registry that goes with its images',
    'weaker',
    'Images no longer keep it',
    (s) => s.set('AppRegistry/Repository', { EmptyOnDelete: true }),
  ],
  ['logs for a week', 'weaker', 'Log events older', (s) => s.set('Web/Logs', { RetentionInDays: 7 })],
  ['logs of another name', 'risk', 'Replaced', (s) => s.set('Web/Logs', { LogGroupName: '/x' })],
  [
    'a new session secret',
    'weaker',
    'made anew',
    (s) => (s.of('Web/SessionSecret').GenerateSecretString.PasswordLength = 41),
  ],
  ['a queue of another name', 'risk', 'Replaced', (s) => s.set('UserImport/JobQueue', { JobQueueName: 'x' })],
  [
    'tags on what Batch cannot change',
    'risk',
    'Replaced: `Tags`',
    (s) => s.set('UserImport/JobQueue', { Tags: { A: 'b' } }),
  ],
  [
    'the parameter of the tag renamed',
    'risk',
    'the value that the deployed stack has',
    (s) => s.replace('AppImageTag', 'ImageTag'),
  ],
  [
    'a parameter without a default',
    'risk',
    'without a default',
    (s) => (s.template.Parameters = { ...s.template.Parameters, X: { Type: 'String' } }),
  ],
  [
    'a condition that the database stands on',
    'risk',
    'it is removed',
    (s) => {
      s.at(DB).Condition = 'HasAppImage';
    },
  ],
  [
    'the folders through another function',
    'risk',
    'refuses another `ServiceToken`',
    (s) =>
      s.set('FileStorage/Folders/imports', { ServiceToken: 'arn:aws:lambda:ap-northeast-1:123456789012:function:x' }),
  ],
  [
    'a subnet in a range that is taken',
    'risk',
    'the deployment would fail',
    (s) => s.set('Network/Vpc/PublicSubnet1/Subnet', { CidrBlock: '10.0.2.0/24' }),
  ],
  [
    'subnets that swap their zones',
    'risk',
    'its own predecessor',
    (s) => {
      s.set('Network/Vpc/PublicSubnet1/Subnet', { AvailabilityZone: 'ap-northeast-1c' });
      s.set('Network/Vpc/PublicSubnet2/Subnet', { AvailabilityZone: 'ap-northeast-1a' });
    },
  ],
  ['a renamed subnet', 'risk', 'its own predecessor', (s) => s.rename('Network/Vpc/PublicSubnet1/Subnet', 'Renamed')],
  [
    'two listeners on a port',
    'risk',
    'the deployment would fail',
    (s) => s.set('LoadBalancer/Resource/Http', { Port: 443 }),
  ],
  [
    'two alarms of a name',
    'risk',
    'the deployment would fail',
    (s) => s.add('Copy', 'AWS::CloudWatch::Alarm', s.of('Alarms/import-failed')),
  ],
  ['another network', 'risk', 'Replaced', (s) => s.set('Network/Vpc', { CidrBlock: '10.1.0.0/16' })],
];

const STACK: readonly Pair[] = [
  [
    'termination protection off',
    'risk',
    'termination protection',
    (s) => (s.properties['terminationProtection'] = false),
  ],
  [
    'another region',
    'risk',
    'moves to another account or region',
    (s) => (s.environment = 'aws://unknown-account/us-east-1'),
  ],
  ['another name', 'risk', 'environment removed', (s) => (s.properties['stackName'] = 'Other')],
  [
    'an administrator deploys',
    'weaker',
    'Another role deploys',
    (s) => (s.properties['cloudFormationExecutionRoleArn'] = 'arn:aws:iam::123456789012:role/Admin'),
  ],
  [
    'another role deploys',
    'weaker',
    'Another role deploys',
    (s) => (s.properties['assumeRoleArn'] = 'arn:aws:iam::999999999999:role/x'),
  ],
  [
    "the stack's tags, which reach Batch",
    'risk',
    'AWS Batch replaces',
    (s) => (s.properties['tags'] = { Environment: 'prod', Project: 'X' }),
  ],
  ['a macro', 'look', 'Transform', (s) => (s.template.Transform = 'Evil')],
  ['no rule on the bootstrap', 'look', 'Rule', (s) => (s.template.Rules = {})],
];

const NETWORK: readonly Pair[] = [
  [
    'the database open to everybody',
    'weaker',
    'from `0.0.0.0/0` (everyone)',
    (s) =>
      s.add('X', 'AWS::EC2::SecurityGroupIngress', {
        GroupId: group(s, 'SecurityGroups/Rds'),
        ...tcp(5432, { CidrIp: '0.0.0.0/0' }),
      }),
  ],
  [
    'the database on the internet',
    'weaker',
    '`internet` → `database`**: newly reachable: `tcp 5432`',
    (s) => {
      s.set(DB, { PubliclyAccessible: true }).add('X', 'AWS::EC2::SecurityGroupIngress', {
        GroupId: group(s, 'SecurityGroups/Rds'),
        ...tcp(5432, { CidrIp: '0.0.0.0/0' }),
      });
      wayOut(s, { GatewayId: { Ref: s.id('Network/Vpc/IGW') } });
    },
  ],
  ['a public database', 'weaker', 'address on the internet', (s) => s.set(DB, { PubliclyAccessible: true })],
  [
    'a way out of the private subnets',
    'weaker',
    '`private subnet` → `internet`',
    (s) => wayOut(s, { GatewayId: { Ref: s.id('Network/Vpc/IGW') } }),
  ],
  [
    'a NAT gateway',
    'weaker',
    'can no longer be told',
    (s) =>
      wayOut(s, { NatGatewayId: { Ref: 'Nat' } }).add('Nat', 'AWS::EC2::NatGateway', {
        SubnetId: { Ref: s.id('Network/Vpc/PublicSubnet1/Subnet') },
      }),
  ],
  [
    'peering',
    'weaker',
    '`private subnet` → `172.16.0.0/12`',
    (s) => wayOut(s, { DestinationCidrBlock: '172.16.0.0/12', VpcPeeringConnectionId: 'pcx-1' }),
  ],
  [
    'the private subnet with the public table',
    'weaker',
    '`private subnet` → `internet`',
    (s) =>
      s.set('Network/Vpc/PrivateSubnet1/RouteTableAssociation', {
        RouteTableId: { Ref: s.id('Network/Vpc/PublicSubnet1/RouteTable') },
      }),
  ],
  [
    "the load balancer's group on the tasks",
    'weaker',
    '`internet` → `web task`',
    (s) =>
      s
        .of('Web/Service/Service')
        .NetworkConfiguration.AwsvpcConfiguration.SecurityGroups.push(group(s, 'SecurityGroups/Alb')),
  ],
  [
    'jobs in the group of the tasks',
    'weaker',
    '`load balancer` → `import job`',
    (s) => s.of('UserImport/ComputeEnvironment').ComputeResources.SecurityGroupIds.push(group(s, 'SecurityGroups/Ecs')),
  ],
  [
    'a public replica',
    'weaker',
    'Replica',
    (s) =>
      s.add('Replica', 'AWS::RDS::DBInstance', {
        SourceDBInstanceIdentifier: { Ref: s.id(DB) },
        PubliclyAccessible: true,
        VPCSecurityGroups: [group(s, 'SecurityGroups/Rds')],
      }),
  ],
  [
    'a replica without a group',
    'weaker',
    'no security group',
    (s) => s.add('Replica', 'AWS::RDS::DBInstance', { SourceDBInstanceIdentifier: { Ref: s.id(DB) } }),
  ],
  [
    'more ports',
    'weaker',
    '`tcp 0-65535`',
    (s) =>
      s.set(s.id(Object.keys(s.template.Resources).find((id) => id.startsWith('SecurityGroupsEcsfrom')) ?? ''), {
        FromPort: 0,
        ToPort: 65535,
      }),
  ],
  [
    'a rule from another network',
    'weaker',
    'Opened',
    (s) =>
      s.add('X', 'AWS::EC2::SecurityGroupIngress', {
        GroupId: group(s, 'SecurityGroups/Ecs'),
        ...tcp(3000, { CidrIp: '203.0.113.0/24' }),
      }),
  ],
  [
    'a rule for a group by a function',
    'weaker',
    'Opened',
    (s) =>
      s.add('X', 'AWS::EC2::SecurityGroupIngress', {
        GroupId: group(s, 'SecurityGroups/Rds'),
        ...tcp(5432, { CidrIp: otherwise('10.0.0.0/24', '0.0.0.0/0') }),
      }),
  ],
  [
    'no way to the database',
    'look',
    'no longer reachable',
    (s) => s.remove(Object.keys(s.template.Resources).find((id) => id.startsWith('SecurityGroupsRdsfrom')) ?? ''),
  ],
  ['no endpoint of S3', 'look', 'Removed', (s) => s.remove('Network/Vpc/S3')],
  [
    'the default group open',
    'weaker',
    'default security group',
    (s) => s.remove('Network/Vpc/RestrictDefaultSecurityGroupCustomResource'),
  ],
  [
    'clear text',
    'look',
    'Protocol',
    (s) =>
      s.set('LoadBalancer/Resource/Https', {
        Protocol: 'HTTP',
        Port: 443,
        Certificates: undefined,
        SslPolicy: undefined,
      }),
  ],
  [
    'an old policy of TLS',
    'look',
    'SslPolicy',
    (s) => s.set('LoadBalancer/Resource/Https', { SslPolicy: 'ELBSecurityPolicy-2016-08' }),
  ],
  [
    'no redirect',
    'look',
    'DefaultActions',
    (s) => s.set('LoadBalancer/Resource/Http', { DefaultActions: s.of('LoadBalancer/Resource/Https').DefaultActions }),
  ],
  [
    'an internal port',
    'weaker',
    '`internet` → `load balancer`',
    (s) =>
      s
        .add('L', 'AWS::ElasticLoadBalancingV2::Listener', {
          LoadBalancerArn: { Ref: s.id('LoadBalancer') },
          Port: 8080,
          Protocol: 'HTTP',
          DefaultActions: [],
        })
        .set('SecurityGroups/Alb', {
          SecurityGroupIngress: [
            tcp(8080, { CidrIp: '0.0.0.0/0' }),
            ...s.of('SecurityGroups/Alb').SecurityGroupIngress,
          ],
        }),
  ],
  [
    'requests to somewhere else',
    'look',
    'AliasTarget',
    (s) => s.set('LoadBalancer/Domain/Alias', { AliasTarget: { DNSName: 'evil.example.com', HostedZoneId: 'Z' } }),
  ],
  [
    'a function with a URL',
    'weaker',
    'can no longer be told',
    (s) => s.add('Url', 'AWS::Lambda::Url', { AuthType: 'NONE', TargetFunctionArn: 'x' }),
  ],
  [
    'a bastion',
    'weaker',
    'can no longer be told',
    (s) => s.add('Bastion', 'AWS::EC2::Instance', { SubnetId: { Ref: s.id('Network/Vpc/PublicSubnet1/Subnet') } }),
  ],
  [
    'public addresses in a subnet',
    'look',
    'MapPublicIpOnLaunch',
    (s) => s.set('Network/Vpc/PublicSubnet1/Subnet', { MapPublicIpOnLaunch: true }),
  ],
];

const admin = 'arn:aws:iam::aws:policy/AdministratorAccess';
const ROLE = 'Web/Roles/TaskRole';
const RIGHTS: readonly Pair[] = [
  [
    'every bucket',
    'weaker',
    'May now `s3:*` on `*`',
    (s) => s.of('Web/Roles/TaskPolicy').PolicyDocument.Statement.push(allow('s3:*')),
  ],
  ['a wider resource', 'weaker', 'May now `s3:DeleteObject`', (s) => (statement(s, 'S3Access')['Resource'] = '*')],
  ['a role for administrators', 'weaker', admin, (s) => s.set(ROLE, { ManagedPolicyArns: [admin] })],
  [
    'a policy of our own, which names the role',
    'weaker',
    'May now `*` on `*`',
    (s) => s.add('M', 'AWS::IAM::ManagedPolicy', { Roles: [{ Ref: s.id(ROLE) }], PolicyDocument: policy(allow('*')) }),
  ],
  [
    'a policy of our own, which the role names',
    'weaker',
    'Rights of `Web/Roles/TaskRole`**: May now `*` on `*`',
    (s) =>
      s
        .add('M', 'AWS::IAM::ManagedPolicy', { PolicyDocument: policy(allow('*')) })
        .set(ROLE, { ManagedPolicyArns: [{ Ref: 'M' }] }),
  ],
  [
    'by the name of the role',
    'weaker',
    'Rights of `Web/Roles/TaskRole`',
    (s) =>
      s.add('P', 'AWS::IAM::Policy', {
        Roles: ['prooflink-prod-ecs-task-role'],
        PolicyName: 'x',
        PolicyDocument: policy(allow('iam:*')),
      }),
  ],
  [
    'a RolePolicy',
    'weaker',
    'May now `iam:*`',
    (s) =>
      s.add('P', 'AWS::IAM::RolePolicy', {
        RoleName: { Ref: s.id(ROLE) },
        PolicyName: 'x',
        PolicyDocument: policy(allow('iam:*')),
      }),
  ],
  [
    'another role for the policy',
    'weaker',
    'Rights of `UserImport/Roles/TaskRole`',
    (s) => s.of('Web/Roles/TaskPolicy').Roles.push({ Ref: s.id('UserImport/Roles/TaskRole') }),
  ],
  [
    'an inline policy',
    'weaker',
    'May now `secretsmanager:*`',
    (s) => s.set(ROLE, { Policies: [{ PolicyName: 'x', PolicyDocument: policy(allow('secretsmanager:*')) }] as never }),
  ],
  [
    'everything but',
    'weaker',
    'everything but `iam:*`',
    (s) =>
      s
        .of('Web/Roles/TaskPolicy')
        .PolicyDocument.Statement.push({ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }),
  ],
  [
    'everywhere but',
    'weaker',
    'everything but `arn:aws:s3:::x`',
    (s) =>
      s
        .of('Web/Roles/TaskPolicy')
        .PolicyDocument.Statement.push({ Effect: 'Allow', Action: 's3:GetObject', NotResource: 'arn:aws:s3:::x' }),
  ],
  [
    'a statement by a condition',
    'weaker',
    'May now `iam:*`',
    (s) =>
      s.of('Web/Roles/TaskPolicy').PolicyDocument.Statement.push(otherwise(allow('iam:*'), { Ref: 'AWS::NoValue' })),
  ],
  [
    'a role that anybody takes',
    'weaker',
    'Who may take `Web/Roles/TaskRole`',
    (s) =>
      s.of(ROLE).AssumeRolePolicyDocument.Statement.push({
        Effect: 'Allow',
        Action: 'sts:AssumeRole',
        Principal: { AWS: '*' },
      }),
  ],
  [
    'a role that another account takes',
    'weaker',
    '999999999999',
    (s) => (s.of(ROLE).AssumeRolePolicyDocument.Statement[0].Principal = { AWS: '999999999999' }),
  ],
  [
    'a role without a condition',
    'weaker',
    'Who may take',
    (s) => delete s.of(ROLE).AssumeRolePolicyDocument.Statement[0].Condition,
  ],
  ['a denial less', 'weaker', 'No longer denied', (s) => (s.of(`${BUCKET}/Policy`).PolicyDocument.Statement = [])],
  ['no policy of the bucket', 'weaker', 'No longer denied', (s) => s.remove(`${BUCKET}/Policy`)],
  [
    'a denial that is conditional',
    'weaker',
    'No longer denied',
    (s) =>
      (s.of(`${BUCKET}/Policy`).PolicyDocument.Statement[0] = otherwise(
        s.of(`${BUCKET}/Policy`).PolicyDocument.Statement[0],
        { Ref: 'AWS::NoValue' },
      )),
  ],
  [
    'a public bucket',
    'weaker',
    'Who may use `FileStorage/Bucket/Policy`',
    (s) =>
      s
        .of(`${BUCKET}/Policy`)
        .PolicyDocument.Statement.push({ Effect: 'Allow', Action: 's3:GetObject', Principal: '*', Resource: '*' }),
  ],
  [
    'nothing blocks what is public',
    'weaker',
    'would make it public',
    (s) => (s.of(BUCKET).PublicAccessBlockConfiguration.BlockPublicPolicy = false),
  ],
  [
    'no block at all',
    'weaker',
    'would make it public',
    (s) => s.set(BUCKET, { PublicAccessBlockConfiguration: undefined }),
  ],
  ['any origin', 'look', 'AllowedOrigins', (s) => (s.of(BUCKET).CorsConfiguration.CorsRules[0].AllowedOrigins = ['*'])],
  [
    'a policy of the secret',
    'weaker',
    '999999999999',
    (s) =>
      s.add('P', 'AWS::SecretsManager::ResourcePolicy', {
        SecretId: { Ref: s.id('Web/SessionSecret') },
        ResourcePolicy: policy({
          ...allow('secretsmanager:GetSecretValue'),
          Principal: { AWS: 'arn:aws:iam::999999999999:root' },
        }),
      }),
  ],
  [
    'a policy of the registry, as text',
    'weaker',
    'May now `999999999999`',
    (s) =>
      s.set('AppRegistry/Repository', {
        RepositoryPolicyText: JSON.stringify(policy({ Effect: 'Allow', Action: 'ecr:*', Principal: '999999999999' })),
      }),
  ],
  [
    'anybody publishes alarms',
    'weaker',
    'sns:Publish',
    (s) => s.of('Alarms/Topic/Policy').PolicyDocument.Statement.push(allow('sns:Publish', '*', { Principal: '*' })),
  ],
  [
    'anybody calls a function',
    'weaker',
    'May now',
    (s) =>
      s.add('P', 'AWS::Lambda::Permission', { Action: 'lambda:InvokeFunction', FunctionName: 'x', Principal: '*' }),
  ],
  ['a right less', 'look', 'May no longer', (s) => (statement(s, 'S3Access')['Action'] = 's3:GetObject')],
  [
    'a denial of everything',
    'look',
    'Newly denied',
    (s) => s.of('Web/Roles/TaskPolicy').PolicyDocument.Statement.push({ Effect: 'Deny', Action: '*', Resource: '*' }),
  ],
  [
    'tasks with another role',
    'look',
    'TaskRoleArn',
    (s) => s.set(TASK, { TaskRoleArn: s.arn('Web/Roles/ExecutionRole') }),
  ],
  [
    'a user with a key',
    'look',
    'AWS::IAM::AccessKey',
    (s) => s.add('U', 'AWS::IAM::User', {}).add('K', 'AWS::IAM::AccessKey', { UserName: { Ref: 'U' } }),
  ],
  [
    'who may pass roles',
    'weaker',
    'iam:PassRole',
    (s) => s.of('Web/Roles/TaskPolicy').PolicyDocument.Statement.push(allow('iam:PassRole')),
  ],
  [
    'a new stack with a role for administrators',
    'weaker',
    /`Rights of Backdoor`: _not set_ → .*AdministratorAccess/,
    (s) =>
      (s.others['Ops'] = {
        Resources: {
          Backdoor: {
            Type: 'AWS::IAM::Role',
            Properties: {
              ManagedPolicyArns: [admin],
              AssumeRolePolicyDocument: policy({
                Effect: 'Allow',
                Action: 'sts:AssumeRole',
                Principal: { AWS: '999999999999' },
              }),
            },
          },
        },
      }),
  ],
];

const SECRETS: readonly Pair[] = [
  [
    'a password in the open',
    'weaker',
    'A secret stands in plain text',
    (s) => variable(s, 'DB_PASSWORD', 'hunter2-hunter2'),
  ],
  ['a name like PASS', 'weaker', 'A secret stands in plain text', (s) => variable(s, 'SMTP_PASS', 'hunter2-hunter2')],
  ['a name like _KEY', 'weaker', 'A secret stands in plain text', (s) => variable(s, 'SIGNING_KEY', 'hunter2-hunter2')],
  [
    'one that AWS resolves',
    'weaker',
    'A secret stands in plain text',
    (s) =>
      variable(s, 'X', {
        'Fn::Join': ['', ['{{resolve:secretsmanager:', { Ref: s.id('Web/SessionSecret') }, ':SecretString}}']],
      }),
  ],
  [
    'a URL that is joined',
    'weaker',
    'A secret stands in plain text',
    (s) => variable(s, 'X', { 'Fn::Join': ['', ['postgresql://', 'app:hunter2-hunter2', '@', { Ref: s.id(BUCKET) }]] }),
  ],
  [
    'a parameter that is not to be echoed',
    'weaker',
    'A secret stands in plain text',
    (s) => {
      s.template.Parameters = { ...s.template.Parameters, P: { Type: 'String', Default: 'x', NoEcho: true } as never };
      variable(s, 'X', { Ref: 'P' });
    },
  ],
  [
    'an output',
    'weaker',
    'A secret stands in plain text',
    (s) =>
      (s.template.Outputs = {
        ...s.template.Outputs,
        Key: { Value: { 'Fn::Sub': '{{resolve:secretsmanager:${X}}}' } as never },
      }),
  ],
  [
    'in a command',
    'weaker',
    'A secret stands in plain text',
    (s) => (s.of(TASK).ContainerDefinitions[0].Command = ['serve', '--api-token', 'hunter2-hunter2']),
  ],
];

const SERVICE: readonly Pair[] = [
  ['a shell in the tasks', 'weaker', 'ECS Exec', (s) => s.set('Web/Service/Service', { EnableExecuteCommand: true })],
  ['another image', 'look', 'Image', (s) => (s.of(TASK).ContainerDefinitions[0].Image = 'evil/image')],
  ['a privileged container', 'look', 'Privileged', (s) => (s.of(TASK).ContainerDefinitions[0].Privileged = true)],
  [
    'TLS that is not checked',
    'look',
    'NODE_TLS_REJECT_UNAUTHORIZED',
    (s) => variable(s, 'NODE_TLS_REJECT_UNAUTHORIZED', '0'),
  ],
  ['no logs', 'look', 'LogConfiguration', (s) => delete s.of(TASK).ContainerDefinitions[0].LogConfiguration],
  ['smaller tasks', 'look', 'Memory', (s) => s.set(TASK, { Memory: '512', Cpu: '256' })],
  ['no tasks', 'look', 'DesiredCount', (s) => s.set('Web/Service/Service', { DesiredCount: 0 })],
  [
    'fewer tasks',
    'look',
    'MinCapacity',
    (s) => s.set('Web/Service/TaskCount/Target', { MinCapacity: otherwise(1, 0) }),
  ],
  [
    'no rollback',
    'look',
    'DeploymentCircuitBreaker',
    (s) => (s.of('Web/Service/Service').DeploymentConfiguration.DeploymentCircuitBreaker.Rollback = false),
  ],
  [
    'another path of the health check',
    'look',
    'HealthCheckPath',
    (s) => s.set('LoadBalancer/TargetGroup', { HealthCheckPath: '/' }),
  ],
  [
    'code of a function without its hash',
    'look',
    'S3Key',
    (s) => (s.of('AWS679f53fac002430cb0da5b7982bd22872D164C4C').Code.S3Key = 'evil.zip'),
  ],
  [
    'code of another bucket',
    'look',
    'S3Bucket',
    (s) => (s.of('AWS679f53fac002430cb0da5b7982bd22872D164C4C').Code.S3Bucket = 'evil'),
  ],
  ['an alarm less', 'look', 'Removed', (s) => s.remove('Alarms/import-failed')],
  [
    'an alarm that tells nobody',
    'look',
    'ActionsEnabled',
    (s) => s.set('Alarms/import-failed', { ActionsEnabled: false }),
  ],
  [
    'another address',
    'look',
    'Endpoint',
    (s) => s.set('Alarms/Topic/ops@example.com', { Endpoint: 'evil@example.com' }),
  ],
  [
    'a failed import that nobody hears of',
    'look',
    'State',
    (s) => s.set('Alarms/FailedImports/Rule', { State: 'DISABLED' }),
  ],
  ['a queue that stands still', 'look', 'State', (s) => s.set('UserImport/JobQueue', { State: 'DISABLED' })],
  ['a schedule that deletes', 'look', 'AWS::Scheduler::Schedule', (s) => s.add('S', 'AWS::Scheduler::Schedule', {})],
  ['an output less', 'look', 'Removed', (s) => delete s.template.Outputs?.['BucketName']],
  [
    'tags of images may move',
    'weaker',
    'Its tags may be moved',
    (s) => s.set('AppRegistry/Repository', { ImageTagMutability: 'MUTABLE' }),
  ],
  [
    'images unscanned',
    'weaker',
    'no longer scanned',
    (s) => s.set('AppRegistry/Repository', { ImageScanningConfiguration: { ScanOnPush: false } }),
  ],
  [
    'no TLS of the database',
    'look',
    'rds.force_ssl',
    (s) =>
      s
        .add('G', 'AWS::RDS::DBParameterGroup', { Parameters: { 'rds.force_ssl': '0' }, Family: 'postgres15' })
        .set(DB, { DBParameterGroupName: { Ref: 'G' } }),
  ],
];

describe.each([
  ['data and deployments', DATA],
  ['the stack itself', STACK],
  ['the network', NETWORK],
  ['rights', RIGHTS],
  ['secrets', SECRETS],
  ['what runs', SERVICE],
])('dangerous: %s', (_group, pairs) => {
  it.each(pairs)('%s (%s)', (_what, level, tells, change) => {
    const outcome = reviewChange('prod', change);
    expect({ level: levelOf(outcome), exitCode: outcome.exitCode }).toEqual({
      level,
      exitCode: level === 'risk' ? 1 : 0,
    });
    expect(outcome.open).toMatch(tells);
  });
});

describe('dangerous: where the base is not as it is today', () => {
  const bucketConditions: Change = (s) => {
    s.at(BUCKET).Condition = 'HasAppImage';
  };
  it.each<readonly [string, string, string, Change, Change]>([
    [
      'a condition means something else',
      'risk',
      'it is removed',
      bucketConditions,
      (s) => (s.template.Conditions = { HasAppImage: { 'Fn::Equals': [{ Ref: 'AppImageTag' }, 'v1'] } }),
    ],
    [
      'so does one that it names',
      'risk',
      'it is removed',
      (s) => {
        s.template.Conditions = {
          ...s.template.Conditions,
          Both: { 'Fn::And': [{ Condition: 'HasAppImage' }, { Condition: 'HasAppImage' }] },
        };
        s.at(BUCKET).Condition = 'Both';
      },
      (s) => (s.template.Conditions = { ...s.template.Conditions, HasAppImage: { 'Fn::Equals': ['a', 'b'] } }),
    ],
    [
      'a condition of a safeguard',
      'risk',
      'deletion protection',
      (s) => s.set(DB, { DeletionProtection: otherwise(true, false) }),
      (s) => (s.template.Conditions = { HasAppImage: { 'Fn::Equals': ['a', 'b'] } }),
    ],
    [
      'a default of a safeguard',
      'risk',
      'deletion protection',
      (s) => {
        s.template.Parameters = { ...s.template.Parameters, Keep: { Type: 'String', Default: 'true' } };
        s.set(DB, { DeletionProtection: { Ref: 'Keep' } });
      },
      (s) => ((s.template.Parameters ?? {})['Keep'] = { Type: 'String', Default: 'false' }),
    ],
    [
      'a boundary off',
      'weaker',
      'boundary',
      (s) => s.set(ROLE, { PermissionsBoundary: 'arn:aws:iam::123456789012:policy/b' }),
      (s) => s.set(ROLE, { PermissionsBoundary: undefined }),
    ],
    [
      'an engine whose number reads the same',
      'weaker',
      'The engine changes',
      (s) => s.set(DB, { EngineVersion: '15.1' }),
      (s) => s.set(DB, { EngineVersion: '15.10' }),
    ],
    [
      'priorities that swap',
      'risk',
      'the deployment would fail',
      (s) => {
        for (const [id, Priority] of [
          ['A', 1],
          ['B', 2],
        ] as const)
          s.add(id, 'AWS::ElasticLoadBalancingV2::ListenerRule', {
            ListenerArn: { Ref: 'L' },
            Priority,
            Actions: [],
            Conditions: [],
          });
      },
      (s) => s.set('A', { Priority: 2 }).set('B', { Priority: 1 }),
    ],
  ])('%s (%s)', (_what, level, tells, prepare, change) => {
    const outcome = reviewChange('prod', change, prepare);
    expect(levelOf(outcome)).toBe(level);
    expect(outcome.open).toContain(tells);
  });

  it.each<readonly [string, Change]>([
    ['goes', (s) => s.remove('FileStorage/Bucket/AutoDeleteObjectsCustomResource')],
    ['has another id', (s) => s.rename('FileStorage/Bucket/AutoDeleteObjectsCustomResource', 'Renamed')],
    [
      'names another bucket',
      (s) => s.set('FileStorage/Bucket/AutoDeleteObjectsCustomResource', { BucketName: 'other' }),
    ],
  ])('what empties a bucket %s', (_what, change) => {
    const outcome = reviewChange('dev', change);
    expect(outcome.open).toContain('its handler is told to delete, and does so to what it named: `FileStorage/Bucket`');
    expect(outcome.exitCode).toBe(1);
  });
});
