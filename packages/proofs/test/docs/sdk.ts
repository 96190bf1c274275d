/** Kind of an operation among the SDK's schemas, the first item of each. */
const OPERATION = 9;

/** The names of a structure's members are its fifth item. The required ones come first; the seventh item is their number. */
type Structure = readonly [
  kind: number,
  namespace: string,
  name: string,
  traits: unknown,
  members: readonly string[],
  schemas: readonly unknown[],
  required?: number,
];

type Operation = readonly [
  kind: typeof OPERATION,
  namespace: string,
  name: string,
  traits: unknown,
  input: () => Structure,
];

/** The SDK's packages by what the AWS CLI calls the service, where that differs. */
const PACKAGES: Readonly<Record<string, string>> = {
  logs: 'cloudwatch-logs',
  elbv2: 'elastic-load-balancing-v2',
  s3api: 's3',
  secretsmanager: 'secrets-manager',
  route53: 'route-53',
};

/** A name of the SDK as the AWS CLI writes it. */
function cliName(name: string): string {
  return name
    .replace(/(.)([A-Z][a-z]+)/g, '$1-$2')
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase();
}

/** Exports of the SDK's package of a service; `undefined` without a package. */
function exportsOf(service: string): Readonly<Record<string, unknown>> | undefined {
  try {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- the service is a word of a page
    return require(`@aws-sdk/client-${PACKAGES[service] ?? service}`) as Readonly<Record<string, unknown>>;
  } catch {
    return undefined;
  }
}

function isOperation(value: unknown): value is Operation {
  return Array.isArray(value) && value[0] === OPERATION;
}

const operationsByService = new Map<string, ReadonlyMap<string, Operation>>();

/** Operations of a service by the names that the AWS CLI gives them; the same map at each call, since pages call few. */
function operationsOf(service: string): ReadonlyMap<string, Operation> {
  const known = operationsByService.get(service);
  if (known) return known;
  const operations = Object.values(exportsOf(service) ?? {}).filter(isOperation);
  const byName = new Map(operations.map((operation) => [cliName(operation[2]), operation]));
  operationsByService.set(service, byName);
  return byName;
}

/** Options of an operation as the AWS CLI calls it, and whether each is required; `undefined` if AWS has no such operation. */
export function optionsOfAws(service: string, name: string): ReadonlyMap<string, boolean> | undefined {
  const operation = operationsOf(service).get(name);
  if (!operation) return undefined;
  const [, , , , input] = operation;
  const [, , , , members, , required = 0] = input();
  return new Map(members.map((member, index) => [`--${cliName(member)}`, index < required]));
}

/** True if `aws <service> wait` has the waiter. */
export function hasWaiter(service: string, name: string): boolean {
  const waiters = Object.keys(exportsOf(service) ?? {}).filter((key) => key.startsWith('waitUntil'));
  return waiters.some((waiter) => cliName(waiter.replace('waitUntil', '')) === name);
}
