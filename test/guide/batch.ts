import { type Tables } from './table';

/** Step 12 and chapter 5.2: user import and office hours. */
export const batchAndHours: Tables = {
  '12-4-1 importExecutionRole': [['説明', 'Description', 'Execution role for AWS Batch tasks']],
  '12-4-2 AWS::IAM::Policy UserImport/Roles/TaskPolicy': [
    ['ポリシー名', 'PolicyName', 'ProoflinkBatchTaskPolicy'],
    ['ロール', 'Roles', ['prooflink-{env}-batch-task-role']],
  ],
  '12-6, 5.5 importLogGroup': [['ログの保持期間', 'RetentionInDays', 3, 30]],
  '12-7 computeEnvironment': [
    ['オーケストレーションタイプ', 'Type', 'MANAGED'],
    ['名前', 'ComputeEnvironmentName', 'prooflink-{env}-compute-env'],
    ['プロビジョニングモデル', 'ComputeResources.Type', 'FARGATE'],
    ['最大vCPU', 'ComputeResources.MaxvCpus', 4, 16],
    [
      'サブネット',
      'ComputeResources.Subnets',
      ['prooflink-{env}-subnet-public1-ap-northeast-1a', 'prooflink-{env}-subnet-public2-ap-northeast-1c'],
    ],
    ['セキュリティグループ', 'ComputeResources.SecurityGroupIds', ['prooflink-{env}-batch-sg']],
  ],
  '12-8 jobQueue': [
    ['名前', 'JobQueueName', 'prooflink-{env}-job-queue'],
    ['優先度', 'Priority', 1],
    ['接続されたコンピューティング環境', 'ComputeEnvironmentOrder.0.ComputeEnvironment', 'prooflink-{env}-compute-env'],
    ['順序', 'ComputeEnvironmentOrder.0.Order', 1],
  ],
  '12-9 jobDefinition': [
    ['オーケストレーションタイプ', 'PlatformCapabilities', ['FARGATE']],
    ['名前', 'JobDefinitionName', 'prooflink-dev-user-import', 'prooflink-prod-user-import'],
    ['実行タイムアウト', 'Timeout.AttemptDurationSeconds', 3600, 7200],
    [
      'イメージ',
      'ContainerProperties.Image',
      '123456789012.dkr.ecr.ap-northeast-1.amazonaws.com/prooflink-{env}-batch:latest',
    ],
    ['コマンド', 'ContainerProperties.Command', ['node', 'dist/batch/user-import.js']],
    ['vCPU', 'ContainerProperties.ResourceRequirements.VCPU.Value', '0.5', '1'],
    ['メモリ', 'ContainerProperties.ResourceRequirements.MEMORY.Value', '1024', '2048'],
    ['ジョブロール', 'ContainerProperties.JobRoleArn', 'prooflink-{env}-batch-task-role'],
    ['実行ロール', 'ContainerProperties.ExecutionRoleArn', 'prooflink-{env}-batch-execution-role'],
    ['パブリックIP (12-7)', 'ContainerProperties.NetworkConfiguration.AssignPublicIp', 'ENABLED'],
    ['NODE_ENV', 'ContainerProperties.Environment.NODE_ENV.Value', 'production'],
    ['AWS_REGION', 'ContainerProperties.Environment.AWS_REGION.Value', 'ap-northeast-1'],
    [
      'AWS_S3_BUCKET_NAME',
      'ContainerProperties.Environment.AWS_S3_BUCKET_NAME.Value',
      'prooflink-{env}-files-123456789012',
    ],
    ['DATABASE_URL', 'ContainerProperties.Secrets.DATABASE_URL.ValueFrom', 'Database/ConnectionUrl'],
    ['ログドライバー', 'ContainerProperties.LogConfiguration.LogDriver', 'awslogs'],
    [
      'ログ設定',
      'ContainerProperties.LogConfiguration.Options',
      {
        'awslogs-group': '/aws/batch/prooflink-{env}',
        'awslogs-region': 'ap-northeast-1',
        'awslogs-stream-prefix': 'batch',
      },
    ],
  ],
  '5.2 stopDatabase, in dev': [
    ['毎日22:00に停止', 'ScheduleExpression', 'cron(5 22 * * ? *)'],
    ['日本時間', 'ScheduleExpressionTimezone', 'Asia/Tokyo'],
    ['ドキュメント', 'Target.Input.DocumentName', 'AWS-StopRdsInstance'],
  ],
  '5.2 startDatabase, in dev': [
    ['毎日9:00に起動', 'ScheduleExpression', 'cron(0 9 * * ? *)'],
    ['日本時間', 'ScheduleExpressionTimezone', 'Asia/Tokyo'],
    ['ドキュメント', 'Target.Input.DocumentName', 'AWS-StartRdsInstance'],
  ],
};
