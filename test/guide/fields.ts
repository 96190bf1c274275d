/** The fields of lib/config that the guide's tables have values for; test/random-configs holds the list to the tables. */
export const GUIDE_FIELDS = [
  ...['region', 'logRetention', 'cpuArchitecture'],
  ...['cidr', 'availabilityZones', 'publicSubnets', 'privateSubnets'].map((field) => `network.${field}`),
  ...[
    ...[
      'fromSnapshot',
      'instanceType',
      'allocatedStorage',
      'maxAllocatedStorage',
      'iops',
      'storageThroughput',
      'multiAz',
    ],
    ...[
      'databaseName',
      'engineVersion',
      'backups.retention',
      'encryption',
      'deletionProtection',
      'performanceInsights',
    ],
  ].map((field) => `database.${field}`),
  ...['versioning', 'importExpiration', 'extraCorsOrigins'].map((field) => `fileStorage.${field}`),
  ...['immutableTags', 'scanOnPush'].map((field) => `imageRegistry.${field}`),
  ...['openPorts', 'allowedRanges', 'domain.domainName', 'domain.sslPolicy'].map((field) => `loadBalancer.${field}`),
  ...['size.cpu', 'size.memory', 'tasks.mode', 'tasks.desiredCount', 'containerInsights'].map(
    (field) => `webService.${field}`,
  ),
  'alarms.webCpuPercent',
  ...['maxvCpus', 'size.cpu', 'size.memory', 'timeout'].map((field) => `userImport.${field}`),
  ...['start', 'stop', 'days'].map((field) => `officeHours.${field}`),
];
