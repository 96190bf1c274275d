/** By file of lib/config: the text to replace, and by what. No other region: the workflows name it, too. */
export type Edits = Readonly<Record<string, readonly (readonly [from: string | RegExp, to: string])[]>>;

const SETTINGS = "settings: { variables: { SMTP_HOST: 'smtp.example.com' }, secrets: ['SMTP_PASSWORD'] },";
const MIGRATION = "migration: { command: ['npx', 'prisma', 'migrate', 'deploy'], timeout: Duration.minutes(30) },";
const OFFICE = "allowedRanges: ['203.0.113.0/24', '198.51.100.7/32'],";
const EVERYONE = "allowedRanges: ['0.0.0.0/0'],";
const SCHEDULE = "schedule: { time: '10:30', days: 'weekdays', fileKey: 'imports/users.csv' },";

/** Other values of every kind, and parts that are added or left out. Staging is a copy of dev, made before. */
export const EDITS: Edits = {
  dev: [
    ['account: undefined', "account: '123456789012'"],
    ['RetentionDays.THREE_DAYS', 'RetentionDays.TWO_WEEKS'],
    ["'X86_64'", "'ARM64'"],
    ["'10.0.2.0/24'", "'10.0.3.0/24'"],
    ['InstanceSize.MICRO', 'InstanceSize.SMALL'],
    ['Size.gibibytes(20)', 'Size.gibibytes(30)'],
    ["{ off: 'guide 3-2: test data can be made again, backups cost' }", 'Duration.days(1)'],
    ["{ off: 'guide 3-2: no personal data in dev' }", "'on'"],
    ["{ off: 'guide 4-1: test files can be made again' }", "'on'"],
    ['importExpiration: Duration.days(30)', 'importExpiration: undefined'],
    ["['http://localhost:3000']", '[]'],
    ["{ off: 'guide 6-1: the same image is scanned in prod before users meet it' }", "'on'"],
    ['keptImages: 10', 'keptImages: 20'],
    [EVERYONE, OFFICE],
    ['cpu: 512, memory: Size.gibibytes(1) },\n    tasks', 'cpu: 256, memory: Size.mebibytes(512) },\n    tasks'],
    ['desiredCount: 1', 'desiredCount: 2'],
    ["zones: 'first'", "zones: 'all'"],
    ['executeCommand: true', 'executeCommand: false'],
    ['migration: undefined,\n    settings: undefined,', `${MIGRATION}\n    ${SETTINGS}`],
    ['maxvCpus: 4', 'maxvCpus: 8'],
    ['schedule: undefined', SCHEDULE.slice(0, -1)],
    ["start: '09:00'", "start: '08:00'"],
    ["days: 'every-day'", "days: 'weekdays'"],
    ['Duration.minutes(15)', 'Duration.minutes(20)'],
    [
      "from 'aws-cdk-lib/aws-logs';",
      "from 'aws-cdk-lib/aws-logs';\nimport { SslPolicy } from 'aws-cdk-lib/aws-elasticloadbalancingv2';",
    ],
    ['{ Duration, Size }', '{ Duration, RemovalPolicy, Size }'],
    [/(?<=terminationProtection: )\{.*\}/, "'on'"],
    [/(?<=keepData: )\{.*\}/, 'RemovalPolicy.RETAIN'],
    [/(?<=multiAz: )\{.*\}/, "'on'"],
    [/(?<=deletionProtection: )\{.*\}/, "'on'"],
    [/(?<=immutableTags: )\{.*\}/, "'on'"],
    ['performanceInsights: false', 'performanceInsights: true'],
    [
      'domain: undefined',
      "domain: { domainName: 'dev.team.co.jp', hostedZoneName: 'team.co.jp', hostedZoneId: 'Z09ABCDEFGHIJKLMNOPQ', sslPolicy: SslPolicy.RECOMMENDED_TLS }",
    ],
    ['budget: undefined', "budget: { amount: 100, email: 'dev@team.co.jp' }"],
    [
      'alarms: undefined',
      "alarms: { email: 'dev@team.co.jp', webCpuPercent: 80, http5xxCount: 10, databaseCpuPercent: 80, databaseFreeStorage: Size.gibibytes(2), databaseConnections: 80 }",
    ],
  ],
  prod: [
    ['account: undefined', "account: '210987654321'"],
    ['RetentionDays.ONE_MONTH', 'RetentionDays.ONE_YEAR'],
    ["'X86_64'", "'ARM64'"],
    ['InstanceSize.MEDIUM', 'InstanceSize.LARGE'],
    ['Size.gibibytes(500)', 'Size.gibibytes(1000)'],
    ["engineVersion: '15'", "engineVersion: '16'"],
    ["sslMode: 'require'", "sslMode: 'verify-full'"],
    ['retention: Duration.days(7)', 'retention: Duration.days(14)'],
    ['performanceInsights: true', 'performanceInsights: false'],
    ['noncurrentVersionExpiration: Duration.days(90)', 'noncurrentVersionExpiration: Duration.days(30)'],
    ['openPorts: [443]', 'openPorts: [80, 443]'],
    [EVERYONE, OFFICE],
    ["domainName: 'prooflink.example.com'", "domainName: 'prooflink.team.co.jp'"],
    ["hostedZoneName: 'example.com'", "hostedZoneName: 'team.co.jp'"],
    ["'Z0123456789EXAMPLE00'", "'Z09ABCDEFGHIJKLMNOPQ'"],
    ['minCapacity: 2, maxCapacity: 4', 'minCapacity: 3, maxCapacity: 9'],
    ['executeCommand: false', 'executeCommand: true'],
    ['healthCheckGracePeriod: Duration.seconds(120)', 'healthCheckGracePeriod: Duration.seconds(60)'],
    ['migration: undefined,\n    settings: undefined,', `${MIGRATION}\n    ${SETTINGS}`],
    ["terminationProtection: 'on'", "terminationProtection: { off: 'the old prod still serves everybody' }"],
    ["multiAz: 'on'", "multiAz: { off: 'a pilot may wait for a restore' }"],
    ['Size.gibibytes(100)', 'Size.gibibytes(400)'],
    ['iops: undefined', 'iops: 12000'],
    ['storageThroughput: undefined', 'storageThroughput: 500'],
    ['containerInsights: true', 'containerInsights: false'],
    [/alarms: \{[^]*?\n {2}\},/, 'alarms: undefined,'],
    [/userImport: \{[^]*?\n {2}\},/, 'userImport: undefined,'],
  ],
  teststaging: [
    ['{ FixedConfig }', '{ ScaledConfig }'],
    ['teststaging: FixedConfig', 'teststaging: ScaledConfig'],
    [
      "{ mode: 'fixed', desiredCount: 1 }",
      "{ mode: 'scaled', minCapacity: 1, maxCapacity: 2, targetCpuPercent: 50, targetRequestsPerMinute: 600 }",
    ],
    [/userImport: \{[^]*?\n {2}\},/, 'userImport: undefined,'],
    [/officeHours: \{[^]*?\n {2}\},/, 'officeHours: undefined,'],
  ],
};
