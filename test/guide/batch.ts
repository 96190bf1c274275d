import { type Table } from './table';

/** Step 12 and chapter 5.2: user import and office hours. */
export const batchAndHours: readonly Table[] = [
  {
    chapter: '12-4-1',
    part: 'importExecutionRole',
    rows: [{ item: '説明', path: 'Description', both: 'Execution role for AWS Batch tasks' }],
  },
  {
    chapter: '12-4-2',
    type: 'AWS::IAM::Policy',
    called: 'UserImport/Roles/TaskPolicy',
    rows: [
      { item: 'ポリシー名', path: 'PolicyName', both: 'ProoflinkBatchTaskPolicy' },
      { item: 'ロール', path: 'Roles', both: ['prooflink-{env}-batch-task-role'] },
    ],
  },
  {
    chapter: '12-6, 5.5',
    part: 'importLogGroup',
    rows: [{ item: 'ログの保持期間', path: 'RetentionInDays', dev: 3, prod: 30 }],
  },
  {
    chapter: '12-7',
    part: 'computeEnvironment',
    rows: [
      { item: 'オーケストレーションタイプ', path: 'Type', both: 'MANAGED' },
      { item: '名前', path: 'ComputeEnvironmentName', both: 'prooflink-{env}-compute-env' },
      { item: 'プロビジョニングモデル', path: 'ComputeResources.Type', both: 'FARGATE' },
      { item: '最大vCPU', path: 'ComputeResources.MaxvCpus', dev: 4, prod: 16 },
      {
        item: 'サブネット',
        path: 'ComputeResources.Subnets',
        both: ['prooflink-{env}-subnet-public1-ap-northeast-1a', 'prooflink-{env}-subnet-public2-ap-northeast-1c'],
      },
      { item: 'セキュリティグループ', path: 'ComputeResources.SecurityGroupIds', both: ['prooflink-{env}-batch-sg'] },
    ],
  },
  {
    chapter: '12-8',
    part: 'jobQueue',
    rows: [
      { item: '名前', path: 'JobQueueName', both: 'prooflink-{env}-job-queue' },
      { item: '優先度', path: 'Priority', both: 1 },
      {
        item: '接続されたコンピューティング環境',
        path: 'ComputeEnvironmentOrder.0.ComputeEnvironment',
        both: 'prooflink-{env}-compute-env',
      },
      { item: '順序', path: 'ComputeEnvironmentOrder.0.Order', both: 1 },
    ],
  },
  {
    chapter: '12-9',
    part: 'jobDefinition',
    rows: [
      { item: 'オーケストレーションタイプ', path: 'PlatformCapabilities', both: ['FARGATE'] },
      { item: '名前', path: 'JobDefinitionName', dev: 'prooflink-dev-user-import', prod: 'prooflink-prod-user-import' },
      { item: '実行タイムアウト', path: 'Timeout.AttemptDurationSeconds', dev: 3600, prod: 7200 },
      {
        item: 'イメージ',
        path: 'ContainerProperties.Image',
        both: '123456789012.dkr.ecr.ap-northeast-1.amazonaws.com/prooflink-{env}-batch:latest',
      },
      { item: 'コマンド', path: 'ContainerProperties.Command', both: ['node', 'dist/batch/user-import.js'] },
      { item: 'vCPU', path: 'ContainerProperties.ResourceRequirements.VCPU.Value', dev: '0.5', prod: '1' },
      { item: 'メモリ', path: 'ContainerProperties.ResourceRequirements.MEMORY.Value', dev: '1024', prod: '2048' },
      { item: 'ジョブロール', path: 'ContainerProperties.JobRoleArn', both: 'prooflink-{env}-batch-task-role' },
      {
        item: '実行ロール',
        path: 'ContainerProperties.ExecutionRoleArn',
        both: 'prooflink-{env}-batch-execution-role',
      },
      { item: 'パブリックIP (12-7)', path: 'ContainerProperties.NetworkConfiguration.AssignPublicIp', both: 'ENABLED' },
      { item: 'NODE_ENV', path: 'ContainerProperties.Environment.NODE_ENV.Value', both: 'production' },
      { item: 'AWS_REGION', path: 'ContainerProperties.Environment.AWS_REGION.Value', both: 'ap-northeast-1' },
      {
        item: 'AWS_S3_BUCKET_NAME',
        path: 'ContainerProperties.Environment.AWS_S3_BUCKET_NAME.Value',
        both: 'prooflink-{env}-files-123456789012',
      },
      {
        item: 'DATABASE_URL',
        path: 'ContainerProperties.Secrets.DATABASE_URL.ValueFrom',
        both: 'Database/ConnectionUrl',
      },
      { item: 'ログドライバー', path: 'ContainerProperties.LogConfiguration.LogDriver', both: 'awslogs' },
      {
        item: 'ログ設定',
        path: 'ContainerProperties.LogConfiguration.Options',
        both: {
          'awslogs-group': '/aws/batch/prooflink-{env}',
          'awslogs-region': 'ap-northeast-1',
          'awslogs-stream-prefix': 'batch',
        },
      },
    ],
  },
  {
    chapter: '5.2',
    part: 'stopDatabase',
    only: 'dev',
    rows: [
      { item: '毎日22:00に停止', path: 'ScheduleExpression', both: 'cron(5 22 * * ? *)' },
      { item: '日本時間', path: 'ScheduleExpressionTimezone', both: 'Asia/Tokyo' },
      { item: 'ドキュメント', path: 'Target.Input.DocumentName', both: 'AWS-StopRdsInstance' },
    ],
  },
  {
    chapter: '5.2',
    part: 'startDatabase',
    only: 'dev',
    rows: [
      { item: '毎日9:00に起動', path: 'ScheduleExpression', both: 'cron(0 9 * * ? *)' },
      { item: '日本時間', path: 'ScheduleExpressionTimezone', both: 'Asia/Tokyo' },
      { item: 'ドキュメント', path: 'Target.Input.DocumentName', both: 'AWS-StartRdsInstance' },
    ],
  },
];
