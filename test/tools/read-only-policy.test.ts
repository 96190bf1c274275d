import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { COMPARED_BY_CLOUDFORMATION } from '../../tools/health/hand/drift';
import { NEVER_ALLOWED, READ_BY_CLOUDFORMATION } from './read-by-cloudformation';

const ROOT = join(__dirname, '../..');

/** The tools that only read, and what the CDK CLI sends for them. A line each. */
const READERS: Readonly<Record<string, readonly string[]>> = {
  health: [],
  drift: ['cloudformation:DescribeStackDriftDetectionStatus', 'cloudformation:DetectStackDrift'],
};

/** What IAM calls a service where the SDK's package is called otherwise. */
const PREFIXES: Readonly<Record<string, string>> = {
  'application-auto-scaling': 'application-autoscaling',
  'cloudwatch-logs': 'logs',
  'elastic-load-balancing-v2': 'elasticloadbalancing',
  eventbridge: 'events',
  'route-53': 'route53',
  'secrets-manager': 'secretsmanager',
  'service-quotas': 'servicequotas',
};

/** What IAM asks for where it is called otherwise than the operation. */
const RIGHTS: Readonly<Record<string, string>> = { 'budgets:DescribeBudget': 'budgets:ViewBudget' };

/** A tool's files, and those of what tools share that they load. */
function filesOf(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen;
  if (statSync(file).isDirectory()) {
    for (const name of readdirSync(file)) filesOf(join(file, name), seen);
    return seen;
  }
  seen.add(file);
  for (const [, from = ''] of read(file).matchAll(/from '(\.[^']+)'/g)) {
    const path = `${join(dirname(file), from)}.ts`;
    if (path.startsWith(join(ROOT, 'tools'))) filesOf(path, seen);
  }
  return seen;
}

const read = (file: string) => readFileSync(file, 'utf8');

/** What the SDK is asked for in a text, as IAM calls it. */
function actionsIn(text: string): string[] {
  return [...text.matchAll(/import \{([^}]*)\} from '@aws-sdk\/client-([\w-]+)'/g)].flatMap(
    ([, names = '', client = '']) =>
      [...names.matchAll(/\b(?:paginate(\w+)|(\w+)Command)\b/g)]
        .map(([, paged, sent]) => `${PREFIXES[client] ?? client}:${paged ?? sent ?? ''}`)
        .map((action) => RIGHTS[action] ?? action),
  );
}

const sent = new Set([
  ...Object.keys(READERS).flatMap((tool) =>
    [...filesOf(join(ROOT, 'tools', tool))].flatMap((each) => actionsIn(read(each))),
  ),
  ...Object.values(READERS).flat(),
]);
/** `doctor` asks for it where it may, and does without it where it may not: the policy shows nobody a secret. */
sent.delete('secretsmanager:GetSecretValue');
const policy = JSON.parse(read(join(ROOT, 'docs/read-only-policy.json'))) as {
  Version: string;
  Statement: { Effect: string; Action: string[]; Resource: string }[];
};

/** What CloudFormation sends for them besides. */
const compared = new Set(
  Object.values(READ_BY_CLOUDFORMATION)
    .flatMap((actions) => actions.split(' '))
    .filter((action) => !sent.has(action) && !NEVER_ALLOWED.includes(action)),
);

test('docs/read-only-policy.json allows what the tools that only read send, and nothing else', () => {
  expect(policy.Version).toBe('2012-10-17');
  expect(policy.Statement.map(({ Effect }) => Effect)).toEqual(['Allow', 'Allow']);
  expect(policy.Statement.map(({ Action }) => Action)).toEqual([[...sent].sort(), [...compared].sort()]);
});

test('it is known what CloudFormation reads of each type that it compares', () => {
  expect(new Set(Object.keys(READ_BY_CLOUDFORMATION))).toEqual(COMPARED_BY_CLOUDFORMATION);
});

test('a managed policy has room for it', () => {
  expect(JSON.stringify(policy).length).toBeLessThan(6144);
});

test('none of it changes anything', () => {
  const reads = /^[a-z-]+[a-z0-9-]*:(Describe|List|Get|BatchGet|Detect|Filter|Simulate|View)[A-Za-z]+$/;
  expect([...sent, ...compared].filter((action) => !reads.test(action))).toEqual([]);
});

test('whatever is sent is seen: commands, and pages of them', () => {
  const text =
    "import {\n  ECSClient,\n  StopTaskCommand,\n  type Task,\n} from '@aws-sdk/client-ecs';\nimport { paginateGetX } from '@aws-sdk/client-cloudwatch-logs';";
  expect(actionsIn(text)).toEqual(['ecs:StopTask', 'logs:GetX']);
  expect(sent).toContain('cloudformation:DescribeStacks');
});
