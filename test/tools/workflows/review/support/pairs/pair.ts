import { type Change, tcp } from '../../../../../support/real-stack';

/** A change of a real stack, and the most urgent level and the words of its review. */
export interface Pair {
  /** The sentence, or what is harmless. */
  readonly what: string | RegExp;
  readonly level: 'risk' | 'weaker' | 'look' | 'harmless';
  readonly change: Change;
  /** Resources of both sides. */
  readonly prepare?: Change | undefined;
  /** True if the opposite change is harmless, too. */
  readonly isUndone: boolean;
}

/** A change by a function, or by the properties that it sets, and what both sides have beforehand. */
type How =
  | readonly [change: Change, prepare?: Change]
  | readonly [path: string, properties: Record<string, unknown>, prepare?: Change];

const at =
  (level: Pair['level'], isUndone = false) =>
  (what: Pair['what'], ...how: How): Pair => {
    if (typeof how[0] === 'function') return { what, level, isUndone, change: how[0], prepare: how[1] as Change };
    const [path, properties, prepare] = how as readonly [string, Record<string, unknown>, Change?];
    return { what, level, isUndone, change: (s) => s.set(path, properties), prepare };
  };
export const [risk, weaker, look] = [at('risk'), at('weaker'), at('look')];
/** Harmless either way, or only this way. */
export const [harmless, safer] = [at('harmless', true), at('harmless')];

export const DB = 'Database/Instance';
export const BUCKET = 'FileStorage/Bucket';
export const TASK = 'Web/TaskDefinition';
export const ROLE = 'Web/Roles/TaskRole';
export const POLICY = 'Web/Roles/TaskPolicy';
export const IMAGES = 'AppRegistry/Repository';
export const SERVICE = 'Web/Service/Service';

export const everybody = (port: number) => tcp(port, { CidrIp: '0.0.0.0/0' });
export const policy = (...Statement: object[]) => ({ Version: '2012-10-17', Statement });
export const allow = (Action: unknown, Resource: unknown = '*', more: object = {}) => ({
  ...{ Effect: 'Allow', Action, Resource },
  ...more,
});
export const variable = (Name: string, Value: unknown) => ({ 'ContainerDefinitions.0.Environment.+': { Name, Value } });
/** Changes the JSON of a property. */
export const text =
  (path: string, property: string, ...replacements: readonly (readonly [piece: string, other: string])[]): Change =>
  (stack) => {
    const properties = stack.of(path);
    const json = replacements.reduce(
      (all, [piece, other]) => all.replace(piece, other),
      JSON.stringify(properties[property]),
    );
    properties[property] = JSON.parse(json) as unknown;
  };
/** Adds a parameter, or another entry of a section. */
export const entry =
  (section: 'Parameters' | 'Conditions' | 'Outputs' | 'Mappings', name: string, value: unknown): Change =>
  ({ template }) =>
    Object.assign(template, { [section]: { ...template[section], [name]: value } });
export const otherwise = (value: unknown, other: unknown) => ({ 'Fn::If': ['HasAppImage', value, other] });

export const admin = 'arn:aws:iam::aws:policy/AdministratorAccess';
