import { lintLines } from './lint-lines';

const RULES = ['aws/client', 'aws/fetch', 'aws/all-pages', 'aws/reason'];
const [TOOL, SHARED] = ['tools/health/questions/costs.ts', 'tools/environment/schedules.ts'];
const OUTLASTS = 'It waits for ever';
const PAGES = 'AWS answers a page';

const REFUSED: readonly (readonly [file: string, line: string, message: string])[] = [
  [TOOL, 'new ECSClient({ region });', OUTLASTS],
  [TOOL, 'new ECS({ region });', OUTLASTS],
  [SHARED, 'new sdk.S3Client({});', OUTLASTS],
  [TOOL, 'new ecs.ECSClient({});', OUTLASTS],
  [TOOL, 'await fetch(url);', OUTLASTS],
  [SHARED, "await fetch(url, { method: 'POST' });", OUTLASTS],
  [TOOL, 'await client.send(new ListTasksCommand({ cluster }));', PAGES],
  [TOOL, 'await client.send(new DescribeDBInstancesCommand({ DBInstanceIdentifier }));', PAGES],
  [TOOL, 'await client.send(new GetMetricDataCommand(wanted));', PAGES],
  [TOOL, 'await it.client(ECS).listTasks({ cluster });', PAGES],
  [SHARED, 'const wanted = new sdk.DescribeLoadBalancersCommand({});', PAGES],
  // The SDK has no paginator for these, and AWS answers a page all the same.
  [TOOL, 'client.send(new ecs.ListServiceDeploymentsCommand({ cluster }));', PAGES],
  [TOOL, 'await client.send(new ListResourceRecordSetsCommand({ HostedZoneId }));', PAGES],
  [TOOL, 'await client.send(new ListObjectVersionsCommand({ Bucket }));', PAGES],
  [TOOL, '// eslint-disable-next-line aws/all-pages\nawait client.send(new ListTasksCommand({ cluster }));', 'reason'],
];

const ALLOWED: readonly (readonly [file: string, line: string])[] = [
  [TOOL, 'awsClient(ECSClient, { region });'],
  [SHARED, 'new Client({ requestHandler });'],
  [TOOL, 'await fetch(url, { signal: AbortSignal.timeout(1) });'],
  [TOOL, "list(paginateListTasks({ client }, { cluster }), 'taskArns');"],
  [TOOL, 'await client.send(new DescribeServicesCommand({ cluster, services }));'],
  [TOOL, 'await it.client(ECS).describeServices({ cluster, services });'],
  [TOOL, "await list(it.client(ECS).paginateListTasks({ cluster }), 'taskArns');"],
  // Its answer has a date called `NextRotationDate`.
  [TOOL, 'await client.send(new DescribeSecretCommand({ SecretId }));'],
  [TOOL, '// eslint-disable-next-line aws/all-pages -- the newest is the first\nnew ListTasksCommand({ cluster });'],
  ['tools/sample-app/web/server.js', 'new S3Client({});'],
];

test('AWS is asked with a deadline, and its lists are read to their ends', () => {
  const found = lintLines(RULES, [...REFUSED, ...ALLOWED]);
  expect(found.slice(0, REFUSED.length)).toEqual(
    REFUSED.map(([, , message]) => expect.stringContaining(message) as string),
  );
  expect(found.slice(REFUSED.length)).toEqual(ALLOWED.map(() => ''));
});
