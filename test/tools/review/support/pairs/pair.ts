/* eslint-disable @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-call, @typescript-eslint/no-unsafe-return, @typescript-eslint/no-unsafe-assignment -- a test knows the template that it changes */
import type { Change, RealStack } from '../real-stack';

/** A change of a real stack, and the most urgent level and the words of its review. */
export interface Pair {
  readonly what: string;
  readonly level: 'risk' | 'weaker' | 'look' | 'harmless';
  readonly tells: string | RegExp;
  readonly change: Change;
  /** Resources of both sides. */
  readonly prepare: Change | undefined;
  /** Level of the opposite change, if known. */
  readonly back?: 'harmless' | 'shown';
}

const at =
  (level: Pair['level']) =>
  (what: string, tells: Pair['tells'], change: Change, prepare?: Change): Pair => ({
    what,
    level,
    tells,
    change,
    prepare,
  });
export const [risk, weaker, look] = [at('risk'), at('weaker'), at('look')];
export const undone = (pair: Pair): Pair => ({ ...pair, back: 'harmless' });

const folded = (back: 'harmless' | 'shown') => (what: string, change: Change, prepare?: Change) => ({
  ...at('harmless')(what, 'No data is at risk, and nothing is opened or weakened.', change, prepare),
  back,
});
/** Harmless either way, or only this way. */
export const [harmless, safer] = [folded('harmless'), folded('shown')];

export const DB = 'Database/Instance';
export const BUCKET = 'FileStorage/Bucket';
export const TASK = 'Web/TaskDefinition';
export const tcp = (port: number, peer: object) => ({ IpProtocol: 'tcp', FromPort: port, ToPort: port, ...peer });
export const group = (stack: RealStack, path: string) => ({ 'Fn::GetAtt': [stack.id(path), 'GroupId'] });
export const policy = (...Statement: object[]) => ({ Version: '2012-10-17', Statement }) as never;
export const allow = (Action: unknown, Resource: unknown = '*', more: object = {}) => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...more,
});
export const wayOut = (stack: RealStack, target: object) =>
  stack.add('WayOut', 'AWS::EC2::Route', {
    RouteTableId: { Ref: stack.id('Network/Vpc/PrivateSubnet1/RouteTable') },
    DestinationCidrBlock: '0.0.0.0/0',
    ...target,
  });
export const statement = (stack: RealStack, sid: string, path = 'Web/Roles/TaskPolicy') =>
  (stack.of(path).PolicyDocument.Statement as Record<string, unknown>[]).find(({ Sid }) => Sid === sid) ?? {};
export const rules = (stack: RealStack) => stack.of(BUCKET).LifecycleConfiguration.Rules as object[];
export const variable = (stack: RealStack, Name: string, Value: unknown) =>
  stack.of(TASK).ContainerDefinitions[0].Environment.push({ Name, Value });
export const lifecycle =
  (text: string, other: string): Change =>
  (stack) => {
    const join = stack.of('AppRegistry/Repository').LifecyclePolicy;
    Object.assign(join, JSON.parse(JSON.stringify(join).replace(text, other)));
  };
export const text = (stack: RealStack, path: string, property: string, change: (json: string) => string) => {
  const properties = stack.of(path);
  properties[property] = JSON.parse(change(JSON.stringify(properties[property]))) as unknown;
  return stack;
};
export const otherwise = (value: unknown, other: unknown) => ({ 'Fn::If': ['HasAppImage', value, other] }) as never;

export const admin = 'arn:aws:iam::aws:policy/AdministratorAccess';
export const ROLE = 'Web/Roles/TaskRole';
