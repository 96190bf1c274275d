import { type Change, tcp } from '@infra/cost/test/support/real-stack';

/** A dangerous change of a real stack. */
export interface DangerousPair {
  /** The rule, in the title of its test alone. */
  readonly title: string;
  /** The most urgent level of the review. */
  readonly level: 'risk' | 'weaker' | 'look';
  /** A sentence of the review, or a part of one; or several. */
  readonly says: string | RegExp | readonly (string | RegExp)[];
  readonly change: Change;
  /** Additions to the real stack, in the base and in the head. */
  readonly onBothSides?: Change;
}

/** A harmless change of a real stack. */
export interface HarmlessPair {
  /** The change, in the title of its test alone. */
  readonly title: string;
  readonly change: Change;
  /** The direction in which the change is harmless. */
  readonly direction: 'both ways' | 'only this way';
}

export const DATABASE = 'Database/Instance';
export const BUCKET = 'FileStorage/Bucket';
export const TASK_DEFINITION = 'Web/TaskDefinition';
export const TASK_ROLE = 'Web/Roles/TaskRole';
export const TASK_POLICY = 'Web/Roles/TaskPolicy';
export const REGISTRY = 'AppRegistry/Repository';
export const SERVICE = 'Web/Service/Service';
export const SCALING_TARGET = 'Web/Service/TaskCount/Target';
export const PUBLIC_SUBNET = 'Network/Vpc/PublicSubnet1/Subnet';

/** Sets properties of a resource, as `RealStack.set` does. */
export const set =
  (path: string, properties: Record<string, unknown>): Change =>
  (stack) =>
    stack.set(path, properties);

/** Makes several changes, one after the other. */
export const all =
  (...changes: readonly Change[]): Change =>
  (stack) => {
    for (const change of changes) change(stack);
  };

/** Adds or replaces an entry of a section of the template. */
export const setEntry =
  (section: 'Parameters' | 'Conditions' | 'Mappings', name: string, value: unknown): Change =>
  ({ template }) =>
    Object.assign(template, { [section]: { ...template[section], [name]: value } });

/** Replaces a piece of a property's JSON, once. */
export const replaceInProperty =
  (path: string, property: string, piece: string, replacement: string): Change =>
  (stack) => {
    const properties = stack.of(path);
    const json = JSON.stringify(properties[property]);
    if (!json.includes(piece)) throw new Error(`${property} of ${path} has no ${piece}`);
    properties[property] = JSON.parse(json.replace(piece, replacement)) as unknown;
  };

/** One value once an image is deployed, another one before. */
export const ifImage = (value: unknown, valueBefore: unknown) => ({ 'Fn::If': ['HasAppImage', value, valueBefore] });
export const NO_VALUE = { Ref: 'AWS::NoValue' };

/** A rule of a security group that admits the internet. */
export const fromInternet = (port: number) => tcp(port, { CidrIp: '0.0.0.0/0' });

export const policyDocument = (...statements: readonly object[]) => ({ Version: '2012-10-17', Statement: statements });
export const allow = (action: string, otherFields: object = {}) => ({
  Effect: 'Allow',
  Action: action,
  Resource: '*',
  ...otherFields,
});
