import { ABSENT, COUNT, type Row, type Table } from './table';

const REPOSITORY: Row[] = [
  { item: 'タグのイミュータビリティ', path: 'ImageTagMutability', dev: 'MUTABLE', prod: 'IMMUTABLE' },
  { item: 'プッシュ時のスキャン', path: 'ImageScanningConfiguration.ScanOnPush', dev: false, prod: true },
  // AES-256 is what ECR does where the template says nothing.
  { item: '暗号化設定: AES-256', path: 'EncryptionConfiguration', both: ABSENT },
];

/** Steps 3, 4 and 6: database, files and images. */
export const data: readonly Table[] = [
  {
    chapter: '3-1',
    part: 'databaseSubnetGroup',
    rows: [
      { item: '名前', path: 'DBSubnetGroupName', both: 'prooflink-{env}-db-subnet-group' },
      { item: '説明', path: 'DBSubnetGroupDescription', both: 'Subnet group for prooflink database' },
      { item: 'サブネット', path: 'SubnetIds.0', both: 'prooflink-{env}-subnet-private1-ap-northeast-1a' },
      { item: 'サブネット', path: 'SubnetIds.1', both: 'prooflink-{env}-subnet-private2-ap-northeast-1c' },
      { item: 'サブネット: 2つ', path: 'SubnetIds.2', both: ABSENT },
    ],
  },
  {
    chapter: '3-2',
    part: 'database',
    rows: [
      { item: 'エンジンタイプ', path: 'Engine', both: 'postgres' },
      { item: 'エンジンバージョン', path: 'EngineVersion', both: '15' },
      {
        item: 'DBインスタンス識別子',
        path: 'DBInstanceIdentifier',
        dev: 'prooflink-dev-db',
        prod: 'prooflink-prod-db',
      },
      { item: 'マスターユーザー名', path: 'MasterUsername', both: 'postgres' },
      // A generated password instead of one that a person thinks up: no person needs it.
      {
        item: 'マスターパスワード',
        path: 'MasterUserPassword',
        both: '{{resolve:secretsmanager:Database/MasterSecret:SecretString:password::}}',
      },
      { item: 'DBインスタンスクラス', path: 'DBInstanceClass', dev: 'db.t4g.micro', prod: 'db.t4g.medium' },
      { item: 'ストレージタイプ', path: 'StorageType', both: 'gp3' },
      { item: 'ストレージ割り当て', path: 'AllocatedStorage', dev: '20', prod: '100' },
      { item: 'ストレージ自動スケーリング', path: 'MaxAllocatedStorage', dev: ABSENT, prod: 500 },
      // 3000 is gp3's own value, and below 400 GiB RDS refuses any other.
      { item: 'IOPS', path: 'Iops', both: ABSENT },
      { item: 'Multi-AZ配置', path: 'MultiAZ', dev: false, prod: true },
      // 1-1: in dev each resource is in one zone.
      { item: 'アベイラビリティゾーン', path: 'AvailabilityZone', dev: 'ap-northeast-1a', prod: ABSENT },
      { item: 'DBサブネットグループ', path: 'DBSubnetGroupName', both: 'prooflink-{env}-db-subnet-group' },
      { item: 'パブリックアクセス', path: 'PubliclyAccessible', both: false },
      { item: 'VPCセキュリティグループ', path: 'VPCSecurityGroups', both: ['prooflink-{env}-rds-sg'] },
      { item: 'データベースポート', path: 'Port', both: '5432' },
      { item: '最初のデータベース名', path: 'DBName', dev: 'prooflink_dev', prod: 'prooflink_prod' },
      { item: '自動バックアップ、バックアップ保持期間', path: 'BackupRetentionPeriod', dev: 0, prod: 7 },
      { item: '暗号化', path: 'StorageEncrypted', dev: false, prod: true },
      { item: '削除保護', path: 'DeletionProtection', dev: false, prod: true },
      { item: 'Performance Insights', path: 'EnablePerformanceInsights', dev: false, prod: true },
      // AWS now offers it through Database Insights; the standard mode with 7 days is the free one.
      { item: 'Performance Insights', path: 'DatabaseInsightsMode', both: 'standard' },
      { item: 'Performance Insights', path: 'PerformanceInsightsRetentionPeriod', dev: ABSENT, prod: 7 },
    ],
  },
  {
    chapter: '4-1',
    part: 'bucket',
    rows: [
      // The account id is the guide's own proposal for 「ランダム文字列」.
      {
        item: 'バケット名',
        path: 'BucketName',
        dev: 'prooflink-dev-files-123456789012',
        prod: 'prooflink-prod-files-123456789012',
      },
      {
        item: 'オブジェクト所有者: ACL無効',
        path: 'OwnershipControls.Rules.0.ObjectOwnership',
        both: 'BucketOwnerEnforced',
      },
      { item: 'ブロックパブリックアクセス', path: 'PublicAccessBlockConfiguration.BlockPublicAcls', both: true },
      { item: 'ブロックパブリックアクセス', path: 'PublicAccessBlockConfiguration.BlockPublicPolicy', both: true },
      { item: 'ブロックパブリックアクセス', path: 'PublicAccessBlockConfiguration.IgnorePublicAcls', both: true },
      { item: 'ブロックパブリックアクセス', path: 'PublicAccessBlockConfiguration.RestrictPublicBuckets', both: true },
      { item: 'バケットのバージョニング', path: 'VersioningConfiguration.Status', dev: ABSENT, prod: 'Enabled' },
      {
        item: 'デフォルトの暗号化: SSE-S3',
        path: 'BucketEncryption.ServerSideEncryptionConfiguration.0.ServerSideEncryptionByDefault.SSEAlgorithm',
        both: 'AES256',
      },
    ],
  },
  folder('evidences'),
  folder('imports'),
  folder('control-specs'),
  folder('dataflows'),
  {
    chapter: '4-3',
    part: 'bucket',
    rows: [
      { item: 'AllowedHeaders', path: 'CorsConfiguration.CorsRules.0.AllowedHeaders', both: ['*'] },
      {
        item: 'AllowedMethods',
        path: 'CorsConfiguration.CorsRules.0.AllowedMethods',
        both: ['GET', 'PUT', 'POST', 'DELETE'],
      },
      // Each environment trusts its own address; only dev trusts a developer's machine.
      {
        item: 'AllowedOrigins',
        path: 'CorsConfiguration.CorsRules.0.AllowedOrigins',
        dev: ['http://prooflink-dev-alb.DNSName', 'http://localhost:3000'],
        prod: ['https://prooflink.example.com'],
      },
      { item: 'ExposeHeaders', path: 'CorsConfiguration.CorsRules.0.ExposedHeaders', both: ['ETag'] },
    ],
  },
  {
    chapter: '5.4',
    part: 'bucket',
    rows: [
      // A cost setting of dev: prod keeps imported files until its config says otherwise.
      {
        item: 'ルールスコープ',
        path: 'LifecycleConfiguration.Rules.delete-old-imports.Prefix',
        dev: 'imports/',
        prod: ABSENT,
      },
      { item: '日数', path: 'LifecycleConfiguration.Rules.delete-old-imports.ExpirationInDays', dev: 30, prod: ABSENT },
      {
        item: 'アクション',
        path: 'LifecycleConfiguration.Rules.delete-old-imports.Status',
        dev: 'Enabled',
        prod: ABSENT,
      },
    ],
  },
  {
    chapter: '6-1, 12-5',
    type: 'AWS::ECR::Repository',
    rows: [{ item: 'リポジトリの数', path: COUNT, both: 2 }],
  },
  {
    chapter: '6-1',
    part: 'appRepository',
    rows: REPOSITORY,
  },
  {
    chapter: '12-5',
    part: 'batchRepository',
    rows: REPOSITORY,
  },
];

/** A folder of the bucket: an object, which a custom resource puts. */
function folder(name: string): Table {
  return {
    chapter: '4-2',
    type: 'Custom::AWS',
    called: `FileStorage/Folders/${name}`,
    rows: [{ item: 'フォルダの作成', path: 'Create.parameters.Key', both: `${name}/` }],
  };
}
