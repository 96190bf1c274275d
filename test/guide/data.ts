import { ABSENT, COUNT, type Row, type Tables } from './table';

const REPOSITORY: Row[] = [
  ['タグのイミュータビリティ', 'ImageTagMutability', 'MUTABLE', 'IMMUTABLE'],
  ['プッシュ時のスキャン', 'ImageScanningConfiguration.ScanOnPush', false, true],
  // AES-256 is what ECR does where the template says nothing.
  ['暗号化設定: AES-256', 'EncryptionConfiguration', ABSENT],
];

/** Steps 3, 4 and 6: database, files and images. */
export const data: Tables = {
  '3-1 databaseSubnetGroup': [
    ['名前', 'DBSubnetGroupName', 'prooflink-{env}-db-subnet-group'],
    ['説明', 'DBSubnetGroupDescription', 'Subnet group for prooflink database'],
    ['サブネット', 'SubnetIds.0', 'prooflink-{env}-subnet-private1-ap-northeast-1a'],
    ['サブネット', 'SubnetIds.1', 'prooflink-{env}-subnet-private2-ap-northeast-1c'],
    ['サブネット: 2つ', 'SubnetIds.2', ABSENT],
  ],
  '3-2 database': [
    ['エンジンタイプ', 'Engine', 'postgres'],
    ['エンジンバージョン', 'EngineVersion', '15'],
    ['DBインスタンス識別子', 'DBInstanceIdentifier', 'prooflink-dev-db', 'prooflink-prod-db'],
    ['マスターユーザー名', 'MasterUsername', 'postgres'],
    // A generated password instead of one that a person thinks up: no person needs it.
    [
      'マスターパスワード',
      'MasterUserPassword',
      '{{resolve:secretsmanager:Database/MasterSecret:SecretString:password::}}',
    ],
    ['DBインスタンスクラス', 'DBInstanceClass', 'db.t4g.micro', 'db.t4g.medium'],
    ['ストレージタイプ', 'StorageType', 'gp3'],
    ['ストレージ割り当て', 'AllocatedStorage', '20', '100'],
    ['ストレージ自動スケーリング', 'MaxAllocatedStorage', ABSENT, 500],
    // 3000 is gp3's own value, and below 400 GiB RDS refuses any other.
    ['IOPS', 'Iops', ABSENT],
    ['Multi-AZ配置', 'MultiAZ', false, true],
    // 1-1: in dev each resource is in one zone.
    ['アベイラビリティゾーン', 'AvailabilityZone', 'ap-northeast-1a', ABSENT],
    ['DBサブネットグループ', 'DBSubnetGroupName', 'prooflink-{env}-db-subnet-group'],
    ['パブリックアクセス', 'PubliclyAccessible', false],
    ['VPCセキュリティグループ', 'VPCSecurityGroups', ['prooflink-{env}-rds-sg']],
    ['データベースポート', 'Port', '5432'],
    ['最初のデータベース名', 'DBName', 'prooflink_dev', 'prooflink_prod'],
    ['自動バックアップ、バックアップ保持期間', 'BackupRetentionPeriod', 0, 7],
    ['暗号化', 'StorageEncrypted', false, true],
    ['削除保護', 'DeletionProtection', false, true],
    ['Performance Insights', 'EnablePerformanceInsights', false, true],
    // AWS now offers it through Database Insights; the standard mode with 7 days is the free one.
    ['Performance Insights', 'DatabaseInsightsMode', 'standard'],
    ['Performance Insights', 'PerformanceInsightsRetentionPeriod', ABSENT, 7],
  ],
  '4-1 bucket': [
    // The account id is the guide's own proposal for 「ランダム文字列」.
    ['バケット名', 'BucketName', 'prooflink-dev-files-123456789012', 'prooflink-prod-files-123456789012'],
    ['オブジェクト所有者: ACL無効', 'OwnershipControls.Rules.0.ObjectOwnership', 'BucketOwnerEnforced'],
    ['ブロックパブリックアクセス', 'PublicAccessBlockConfiguration.BlockPublicAcls', true],
    ['ブロックパブリックアクセス', 'PublicAccessBlockConfiguration.BlockPublicPolicy', true],
    ['ブロックパブリックアクセス', 'PublicAccessBlockConfiguration.IgnorePublicAcls', true],
    ['ブロックパブリックアクセス', 'PublicAccessBlockConfiguration.RestrictPublicBuckets', true],
    ['バケットのバージョニング', 'VersioningConfiguration.Status', ABSENT, 'Enabled'],
    [
      'デフォルトの暗号化: SSE-S3',
      'BucketEncryption.ServerSideEncryptionConfiguration.0.ServerSideEncryptionByDefault.SSEAlgorithm',
      'AES256',
    ],
  ],
  // The folders are objects, which a custom resource puts.
  ...Object.fromEntries(
    ['evidences', 'imports', 'control-specs', 'dataflows'].map((folder) => [
      `4-2 Custom::AWS FileStorage/Folders/${folder}`,
      [['フォルダの作成', 'Create.parameters.Key', `${folder}/`]],
    ]),
  ),
  '4-3 bucket': [
    ['AllowedHeaders', 'CorsConfiguration.CorsRules.0.AllowedHeaders', ['*']],
    ['AllowedMethods', 'CorsConfiguration.CorsRules.0.AllowedMethods', ['GET', 'PUT', 'POST', 'DELETE']],
    // Each environment trusts its own address; only dev trusts a developer's machine.
    [
      'AllowedOrigins',
      'CorsConfiguration.CorsRules.0.AllowedOrigins',
      ['http://prooflink-dev-alb.DNSName', 'http://localhost:3000'],
      ['https://prooflink.example.com'],
    ],
    ['ExposeHeaders', 'CorsConfiguration.CorsRules.0.ExposedHeaders', ['ETag']],
  ],
  '5.4 bucket': [
    // A cost setting of dev: prod keeps imported files until its config says otherwise.
    ['ルールスコープ', 'LifecycleConfiguration.Rules.delete-old-imports.Prefix', 'imports/', ABSENT],
    ['日数', 'LifecycleConfiguration.Rules.delete-old-imports.ExpirationInDays', 30, ABSENT],
    ['アクション', 'LifecycleConfiguration.Rules.delete-old-imports.Status', 'Enabled', ABSENT],
  ],
  '6-1, 12-5 AWS::ECR::Repository': [['リポジトリの数', COUNT, 2]],
  '6-1 appRepository': REPOSITORY,
  '12-5 batchRepository': REPOSITORY,
};
