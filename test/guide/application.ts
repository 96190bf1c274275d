import { ABSENT, COUNT, type Tables } from './table';

/** Steps 5 and 7 to 11: roles, web service, certificate, load balancer, DNS and alarm. */
export const application: Tables = {
  // Trust and rights of the roles (5-1, 5-2, 12-4): test/rights/specification.ts.
  '5-1 AWS::IAM::Role prooflink-{env}-ecs-task-execution-role': [
    ['説明', 'Description', 'Execution role for ECS tasks'],
  ],
  '5-2 AWS::IAM::Policy Web/Roles/TaskPolicy': [
    ['ポリシー名', 'PolicyName', 'ProoflinkECSTaskPolicy'],
    ['ロール', 'Roles', ['prooflink-{env}-ecs-task-role']],
  ],
  '7-1 cluster': [
    ['クラスター名', 'ClusterName', 'prooflink-dev-cluster', 'prooflink-prod-cluster'],
    ['Container Insights', 'ClusterSettings.containerInsights.Value', 'disabled', 'enabled'],
  ],
  '7-2, 5.5 AWS::Logs::LogGroup /ecs/prooflink-{env}-app': [['ログの保持期間', 'RetentionInDays', 3, 30]],
  '7-3 webTaskDefinition': [
    ['タスク定義ファミリー', 'Family', 'prooflink-dev-task', 'prooflink-prod-task'],
    ['起動タイプ', 'RequiresCompatibilities', ['FARGATE']],
    ['OS', 'RuntimePlatform.OperatingSystemFamily', 'LINUX'],
    ['アーキテクチャ', 'RuntimePlatform.CpuArchitecture', 'X86_64'],
    ['CPU (5.3)', 'Cpu', '512', '1024'],
    ['メモリ (5.3)', 'Memory', '1024', '2048'],
    ['タスクロール', 'TaskRoleArn', 'prooflink-{env}-ecs-task-role'],
    ['タスク実行ロール', 'ExecutionRoleArn', 'prooflink-{env}-ecs-task-execution-role'],
    ['コンテナ名', 'ContainerDefinitions.0.Name', 'prooflink-app'],
    // The guide's `latest` becomes the tag of the release, a parameter.
    [
      'イメージURI',
      'ContainerDefinitions.0.Image',
      '123456789012.dkr.ecr.ap-northeast-1.amazonaws.com/prooflink-{env}-app:v1',
    ],
    [
      'ポートマッピング',
      'ContainerDefinitions.0.PortMappings',
      [{ ContainerPort: 3000, Protocol: 'tcp', Name: 'app-3000-tcp' }],
    ],
    ['NODE_ENV', 'ContainerDefinitions.0.Environment.NODE_ENV.Value', 'production'],
    [
      'NEXTAUTH_URL',
      'ContainerDefinitions.0.Environment.NEXTAUTH_URL.Value',
      'http://prooflink-dev-alb.DNSName',
      'https://prooflink.example.com',
    ],
    ['AWS_REGION', 'ContainerDefinitions.0.Environment.AWS_REGION.Value', 'ap-northeast-1'],
    [
      'AWS_S3_BUCKET_NAME',
      'ContainerDefinitions.0.Environment.AWS_S3_BUCKET_NAME.Value',
      'prooflink-{env}-files-123456789012',
    ],
    // The variables are there, but from Secrets Manager: in the template they would be readable by many.
    ['DATABASE_URL', 'ContainerDefinitions.0.Secrets.DATABASE_URL.ValueFrom', 'Database/ConnectionUrl'],
    ['NEXTAUTH_SECRET', 'ContainerDefinitions.0.Secrets.NEXTAUTH_SECRET.ValueFrom', 'Web/SessionSecret'],
    ['ログドライバー', 'ContainerDefinitions.0.LogConfiguration.LogDriver', 'awslogs'],
    [
      'ログ設定',
      'ContainerDefinitions.0.LogConfiguration.Options',
      {
        'awslogs-group': '/ecs/prooflink-{env}-app',
        'awslogs-region': 'ap-northeast-1',
        'awslogs-stream-prefix': 'ecs',
      },
    ],
  ],
  '7-3 sessionSecret': [['NEXTAUTH_SECRET: 64文字以上', 'GenerateSecretString.PasswordLength', 64]],
  '5.3, 6.4 webService': [
    ['希望タスク数', 'DesiredCount', 1, ABSENT], // prod: Application Auto Scaling decides
    ['パブリックIPの自動割り当て (6.1)', 'NetworkConfiguration.AwsvpcConfiguration.AssignPublicIp', 'ENABLED'],
  ],
  '5.3 scalableTarget, in prod': [['Auto Scaling', 'ScalableDimension', 'ecs:service:DesiredCount']],
  '8-1 certificate, in prod': [
    ['ドメイン名', 'DomainName', 'prooflink.example.com'],
    ['検証方法', 'ValidationMethod', 'DNS'],
  ],
  '9-1 targetGroup': [
    ['ターゲットタイプ', 'TargetType', 'ip'],
    ['ターゲットグループ名', 'Name', 'prooflink-{env}-tg'],
    ['プロトコル', 'Protocol', 'HTTP'],
    ['ポート', 'Port', 3000],
    ['VPC', 'VpcId', 'prooflink-{env}-vpc'],
    ['ヘルスチェックプロトコル', 'HealthCheckProtocol', 'HTTP'],
    ['ヘルスチェックパス', 'HealthCheckPath', '/api/health'],
    ['正常のしきい値', 'HealthyThresholdCount', 2],
    ['非正常のしきい値', 'UnhealthyThresholdCount', 3],
    ['タイムアウト', 'HealthCheckTimeoutSeconds', 5],
    ['間隔', 'HealthCheckIntervalSeconds', 30],
    ['成功コード', 'Matcher.HttpCode', '200'],
  ],
  '9-2 loadBalancer': [
    ['ロードバランサー名', 'Name', 'prooflink-{env}-alb'],
    ['種類', 'Type', 'application'],
    ['スキーム', 'Scheme', 'internet-facing'],
    ['IPアドレスタイプ: IPv4', 'IpAddressType', ABSENT], // IPv4 is what it is where the template says nothing
    [
      'マッピング',
      'Subnets',
      ['prooflink-{env}-subnet-public1-ap-northeast-1a', 'prooflink-{env}-subnet-public2-ap-northeast-1c'],
    ],
    ['セキュリティグループ', 'SecurityGroups', ['prooflink-{env}-alb-sg']],
  ],
  '9-2 AWS::ElasticLoadBalancingV2::Listener': [['リスナーの数', COUNT, 1, 2]],
  '9-2 httpListener': [
    ['プロトコル', 'Protocol', 'HTTP'],
    ['ポート', 'Port', 80],
    ['デフォルトアクション', 'DefaultActions.0.Type', 'forward', 'redirect'],
    ['転送', 'DefaultActions.0.TargetGroupArn', 'prooflink-dev-tg', ABSENT],
    ['HTTPSにリダイレクト', 'DefaultActions.0.RedirectConfig.Protocol', ABSENT, 'HTTPS'],
    ['ポート443', 'DefaultActions.0.RedirectConfig.Port', ABSENT, '443'],
  ],
  '9-2 httpsListener, in prod': [
    ['プロトコル', 'Protocol', 'HTTPS'],
    ['ポート', 'Port', 443],
    ['デフォルトアクション', 'DefaultActions.0.TargetGroupArn', 'prooflink-prod-tg'],
    ['セキュリティポリシー', 'SslPolicy', 'ELBSecurityPolicy-TLS13-1-2-2021-06'],
    ['デフォルトSSL/TLS証明書', 'Certificates.0.CertificateArn', 'ProoflinkProd/LoadBalancer/Domain/Certificate'],
  ],
  '10-1 domainRecord, in prod': [
    ['レコード名', 'Name', 'prooflink.example.com.'],
    ['レコードタイプ', 'Type', 'A'],
    // `dualstack.` is what the console puts before the name, too.
    ['エイリアス', 'AliasTarget.DNSName', 'dualstack.prooflink-prod-alb.DNSName'],
  ],
  '11-1 webCpuAlarm, in prod': [
    ['メトリクス', 'MetricName', 'CPUUtilization'],
    ['クラスター名', 'Dimensions.ClusterName.Value', 'prooflink-prod-cluster'],
    ['サービス名', 'Dimensions.ServiceName.Value', 'prooflink-prod-service'],
    ['統計', 'Statistic', 'Average'],
    ['期間', 'Period', 300],
    ['しきい値', 'Threshold', 80],
    ['アラーム条件', 'ComparisonOperator', 'GreaterThanThreshold'],
    ['SNSトピック', 'AlarmActions', ['Alarms/Topic']],
  ],
  '11-1 AWS::SNS::Subscription Alarms/Topic/ops@example.com, in prod': [['通知先', 'Protocol', 'email']],
};
