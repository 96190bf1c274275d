import { ABSENT, COUNT, type Table } from './table';

/** Steps 5 and 7 to 11: roles, web service, certificate, load balancer, DNS and alarm. */
export const application: readonly Table[] = [
  // Trust and rights of the roles (5-1, 5-2, 12-4): test/rights/specification.ts.
  {
    chapter: '5-1',
    type: 'AWS::IAM::Role',
    called: 'prooflink-{env}-ecs-task-execution-role',
    rows: [{ item: '説明', path: 'Description', both: 'Execution role for ECS tasks' }],
  },
  {
    chapter: '5-2',
    type: 'AWS::IAM::Policy',
    called: 'Web/Roles/TaskPolicy',
    rows: [
      { item: 'ポリシー名', path: 'PolicyName', both: 'ProoflinkECSTaskPolicy' },
      { item: 'ロール', path: 'Roles', both: ['prooflink-{env}-ecs-task-role'] },
    ],
  },
  {
    chapter: '7-1',
    part: 'cluster',
    rows: [
      { item: 'クラスター名', path: 'ClusterName', dev: 'prooflink-dev-cluster', prod: 'prooflink-prod-cluster' },
      { item: 'Container Insights', path: 'ClusterSettings.containerInsights.Value', dev: 'disabled', prod: 'enabled' },
    ],
  },
  {
    chapter: '7-2, 5.5',
    type: 'AWS::Logs::LogGroup',
    called: '/ecs/prooflink-{env}-app',
    rows: [{ item: 'ログの保持期間', path: 'RetentionInDays', dev: 3, prod: 30 }],
  },
  {
    chapter: '7-3',
    part: 'webTaskDefinition',
    rows: [
      { item: 'タスク定義ファミリー', path: 'Family', dev: 'prooflink-dev-task', prod: 'prooflink-prod-task' },
      { item: '起動タイプ', path: 'RequiresCompatibilities', both: ['FARGATE'] },
      { item: 'OS', path: 'RuntimePlatform.OperatingSystemFamily', both: 'LINUX' },
      { item: 'アーキテクチャ', path: 'RuntimePlatform.CpuArchitecture', both: 'X86_64' },
      { item: 'CPU (5.3)', path: 'Cpu', dev: '512', prod: '1024' },
      { item: 'メモリ (5.3)', path: 'Memory', dev: '1024', prod: '2048' },
      { item: 'タスクロール', path: 'TaskRoleArn', both: 'prooflink-{env}-ecs-task-role' },
      { item: 'タスク実行ロール', path: 'ExecutionRoleArn', both: 'prooflink-{env}-ecs-task-execution-role' },
      { item: 'コンテナ名', path: 'ContainerDefinitions.0.Name', both: 'prooflink-app' },
      // The guide's `latest` becomes the tag of the release, a parameter.
      {
        item: 'イメージURI',
        path: 'ContainerDefinitions.0.Image',
        both: '123456789012.dkr.ecr.ap-northeast-1.amazonaws.com/prooflink-{env}-app:v1',
      },
      {
        item: 'ポートマッピング',
        path: 'ContainerDefinitions.0.PortMappings',
        both: [{ ContainerPort: 3000, Protocol: 'tcp', Name: 'app-3000-tcp' }],
      },
      { item: 'NODE_ENV', path: 'ContainerDefinitions.0.Environment.NODE_ENV.Value', both: 'production' },
      {
        item: 'NEXTAUTH_URL',
        path: 'ContainerDefinitions.0.Environment.NEXTAUTH_URL.Value',
        dev: 'http://prooflink-dev-alb.DNSName',
        prod: 'https://prooflink.example.com',
      },
      // Beyond the guide, for Auth.js 5 (docs/application.md).
      {
        item: 'AUTH_URL',
        path: 'ContainerDefinitions.0.Environment.AUTH_URL.Value',
        dev: 'http://prooflink-dev-alb.DNSName',
        prod: 'https://prooflink.example.com',
      },
      { item: 'AWS_REGION', path: 'ContainerDefinitions.0.Environment.AWS_REGION.Value', both: 'ap-northeast-1' },
      {
        item: 'AWS_S3_BUCKET_NAME',
        path: 'ContainerDefinitions.0.Environment.AWS_S3_BUCKET_NAME.Value',
        both: 'prooflink-{env}-files-123456789012',
      },
      // The variables are there, but from Secrets Manager: in the template they would be readable by many.
      {
        item: 'DATABASE_URL',
        path: 'ContainerDefinitions.0.Secrets.DATABASE_URL.ValueFrom',
        both: 'Database/ConnectionUrl',
      },
      {
        item: 'NEXTAUTH_SECRET',
        path: 'ContainerDefinitions.0.Secrets.NEXTAUTH_SECRET.ValueFrom',
        both: 'Web/SessionSecret',
      },
      { item: 'ログドライバー', path: 'ContainerDefinitions.0.LogConfiguration.LogDriver', both: 'awslogs' },
      {
        item: 'ログ設定',
        path: 'ContainerDefinitions.0.LogConfiguration.Options',
        both: {
          'awslogs-group': '/ecs/prooflink-{env}-app',
          'awslogs-region': 'ap-northeast-1',
          'awslogs-stream-prefix': 'ecs',
        },
      },
    ],
  },
  {
    chapter: '7-3',
    part: 'sessionSecret',
    rows: [{ item: 'NEXTAUTH_SECRET: 64文字以上', path: 'GenerateSecretString.PasswordLength', both: 64 }],
  },
  {
    chapter: '5.3, 6.4',
    part: 'webService',
    rows: [
      { item: '希望タスク数', path: 'DesiredCount', dev: 1, prod: ABSENT }, // prod: Application Auto Scaling decides
      {
        item: 'パブリックIPの自動割り当て (6.1)',
        path: 'NetworkConfiguration.AwsvpcConfiguration.AssignPublicIp',
        both: 'ENABLED',
      },
      // Beyond the guide, whose dev has one zone: ECS's default differs between services that exist and new ones.
      { item: 'AvailabilityZoneRebalancing', path: 'AvailabilityZoneRebalancing', dev: 'DISABLED', prod: 'ENABLED' },
    ],
  },
  {
    chapter: '5.3',
    part: 'scalableTarget',
    only: 'prod',
    rows: [{ item: 'Auto Scaling', path: 'ScalableDimension', both: 'ecs:service:DesiredCount' }],
  },
  {
    chapter: '8-1',
    part: 'certificate',
    only: 'prod',
    rows: [
      { item: 'ドメイン名', path: 'DomainName', both: 'prooflink.example.com' },
      { item: '検証方法', path: 'ValidationMethod', both: 'DNS' },
    ],
  },
  {
    chapter: '9-1',
    part: 'targetGroup',
    rows: [
      { item: 'ターゲットタイプ', path: 'TargetType', both: 'ip' },
      { item: 'ターゲットグループ名', path: 'Name', both: 'prooflink-{env}-tg' },
      { item: 'プロトコル', path: 'Protocol', both: 'HTTP' },
      { item: 'ポート', path: 'Port', both: 3000 },
      { item: 'VPC', path: 'VpcId', both: 'prooflink-{env}-vpc' },
      { item: 'ヘルスチェックプロトコル', path: 'HealthCheckProtocol', both: 'HTTP' },
      { item: 'ヘルスチェックパス', path: 'HealthCheckPath', both: '/api/health' },
      { item: '正常のしきい値', path: 'HealthyThresholdCount', both: 2 },
      { item: '非正常のしきい値', path: 'UnhealthyThresholdCount', both: 3 },
      { item: 'タイムアウト', path: 'HealthCheckTimeoutSeconds', both: 5 },
      { item: '間隔', path: 'HealthCheckIntervalSeconds', both: 30 },
      { item: '成功コード', path: 'Matcher.HttpCode', both: '200' },
    ],
  },
  {
    chapter: '9-2',
    part: 'loadBalancer',
    rows: [
      { item: 'ロードバランサー名', path: 'Name', both: 'prooflink-{env}-alb' },
      { item: '種類', path: 'Type', both: 'application' },
      { item: 'スキーム', path: 'Scheme', both: 'internet-facing' },
      { item: 'IPアドレスタイプ: IPv4', path: 'IpAddressType', both: ABSENT }, // IPv4 is what it is where the template says nothing
      {
        item: 'マッピング',
        path: 'Subnets',
        both: ['prooflink-{env}-subnet-public1-ap-northeast-1a', 'prooflink-{env}-subnet-public2-ap-northeast-1c'],
      },
      { item: 'セキュリティグループ', path: 'SecurityGroups', both: ['prooflink-{env}-alb-sg'] },
    ],
  },
  {
    chapter: '9-2',
    type: 'AWS::ElasticLoadBalancingV2::Listener',
    within: 'LoadBalancer/',
    rows: [{ item: 'リスナーの数', path: COUNT, dev: 1, prod: 2 }],
  },
  {
    chapter: '9-2',
    part: 'httpListener',
    rows: [
      { item: 'プロトコル', path: 'Protocol', both: 'HTTP' },
      { item: 'ポート', path: 'Port', both: 80 },
      { item: 'デフォルトアクション', path: 'DefaultActions.0.Type', dev: 'forward', prod: 'redirect' },
      { item: '転送', path: 'DefaultActions.0.TargetGroupArn', dev: 'prooflink-dev-tg', prod: ABSENT },
      { item: 'HTTPSにリダイレクト', path: 'DefaultActions.0.RedirectConfig.Protocol', dev: ABSENT, prod: 'HTTPS' },
      { item: 'ポート443', path: 'DefaultActions.0.RedirectConfig.Port', dev: ABSENT, prod: '443' },
    ],
  },
  {
    chapter: '9-2',
    part: 'httpsListener',
    only: 'prod',
    rows: [
      { item: 'プロトコル', path: 'Protocol', both: 'HTTPS' },
      { item: 'ポート', path: 'Port', both: 443 },
      { item: 'デフォルトアクション', path: 'DefaultActions.0.TargetGroupArn', both: 'prooflink-prod-tg' },
      { item: 'セキュリティポリシー', path: 'SslPolicy', both: 'ELBSecurityPolicy-TLS13-1-2-2021-06' },
      {
        item: 'デフォルトSSL/TLS証明書',
        path: 'Certificates.0.CertificateArn',
        both: 'ProoflinkProd/LoadBalancer/Domain/Certificate',
      },
    ],
  },
  {
    chapter: '10-1',
    part: 'domainRecord',
    only: 'prod',
    rows: [
      { item: 'レコード名', path: 'Name', both: 'prooflink.example.com.' },
      { item: 'レコードタイプ', path: 'Type', both: 'A' },
      // `dualstack.` is what the console puts before the name, too.
      { item: 'エイリアス', path: 'AliasTarget.DNSName', both: 'dualstack.prooflink-prod-alb.DNSName' },
    ],
  },
  {
    chapter: '11-1',
    part: 'webCpuAlarm',
    only: 'prod',
    rows: [
      { item: 'メトリクス', path: 'MetricName', both: 'CPUUtilization' },
      { item: 'クラスター名', path: 'Dimensions.ClusterName.Value', both: 'prooflink-prod-cluster' },
      { item: 'サービス名', path: 'Dimensions.ServiceName.Value', both: 'prooflink-prod-service' },
      { item: '統計', path: 'Statistic', both: 'Average' },
      { item: '期間', path: 'Period', both: 300 },
      { item: 'しきい値', path: 'Threshold', both: 80 },
      { item: 'アラーム条件', path: 'ComparisonOperator', both: 'GreaterThanThreshold' },
      { item: 'SNSトピック', path: 'AlarmActions', both: ['Alarms/Topic'] },
    ],
  },
  {
    chapter: '11-1',
    type: 'AWS::SNS::Subscription',
    called: 'Alarms/Topic/ops@example.com',
    only: 'prod',
    rows: [{ item: '通知先', path: 'Protocol', both: 'email' }],
  },
];
