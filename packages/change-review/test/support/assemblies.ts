import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ReviewOptions, runDiffReview } from '../../src/review';
import type { Outcome } from '@infra/common/outcome';
import { temporaryFolder } from '@infra/common/testing';

/** A stack as a test writes it down: its resources, and what else it wants to set. */
export interface StackFixture {
  readonly resources?: Readonly<Record<string, unknown>>;
  readonly template?: Readonly<Record<string, unknown>>;
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly environment?: string;
  /** The manifest of what is uploaded for it. */
  readonly assets?: unknown;
}

/** An assembly as a test writes it down: its stacks, and the CDK that made it. */
export interface AssemblyFixture {
  readonly stacks: Readonly<Record<string, StackFixture>>;
  readonly cdkVersion?: string;
  readonly schemaVersion?: string;
}

const root = temporaryFolder('diff-review-');
let made = 0;

/** A new directory that goes away with the test file's other ones. */
export function newDirectory(): string {
  made += 1;
  const directory = join(root, String(made));
  mkdirSync(directory);
  return directory;
}

/** A resource as a template has it. */
export function resource(Type: string, Properties: object = {}, attributes: object = {}) {
  return { Type, ...attributes, Properties };
}

/** A statement that allows actions on resources. */
export function allow(Action: string | readonly string[], Resource: unknown = '*', otherFields: object = {}) {
  return { Effect: 'Allow', Action, Resource, ...otherFields };
}

/** A policy of the role `task`. */
export function policy(...statements: readonly object[]) {
  return resource('AWS::IAM::Policy', { Roles: ['task'], PolicyDocument: { Statement: statements } });
}

/** A role with a policy of its own, and managed ones. */
export function roleWith(statements: readonly object[], ManagedPolicyArns: readonly string[] = []) {
  return resource('AWS::IAM::Role', {
    AssumeRolePolicyDocument: { Statement: [] },
    Policies: [{ PolicyName: 'p', PolicyDocument: { Statement: statements } }],
    ManagedPolicyArns,
  });
}

/** A policy of a queue, of one statement. */
export function queuePolicy(statement: object) {
  return resource('AWS::SQS::QueuePolicy', { Queues: ['q'], PolicyDocument: { Statement: [statement] } });
}

/** A security group with rules for what reaches its members. */
export function securityGroup(...rules: readonly object[]) {
  return resource('AWS::EC2::SecurityGroup', { SecurityGroupIngress: rules });
}

/** A rule of a security group for one port of TCP. */
export function tcp(port: unknown, CidrIp: unknown) {
  return { IpProtocol: 'tcp', FromPort: port, ToPort: port, CidrIp };
}

/** Writes what `cdk synth -o` would have written, as far as a comparison reads it: no synth, a millisecond. */
export function writeAssembly({ stacks, cdkVersion = '2.276.0', schemaVersion = '55.0.0' }: AssemblyFixture): string {
  const directory = newDirectory();
  const artifacts = Object.entries(stacks).flatMap(([name, stack], index): [string, object][] => {
    const templateFile = `${index}.template.json`;
    writeFileSync(
      join(directory, templateFile),
      JSON.stringify({ Resources: stack.resources ?? {}, ...stack.template }),
    );
    const artifact = {
      type: 'aws:cloudformation:stack',
      environment: stack.environment ?? 'aws://123456789012/ap-northeast-1',
      properties: { templateFile, stackName: name, ...stack.properties },
    };
    if (stack.assets === undefined) return [[name, artifact]];
    const id = `${name}.assets`;
    const file = `${index}.assets.json`;
    writeFileSync(join(directory, file), JSON.stringify(stack.assets));
    const assets = { type: 'cdk:asset-manifest', properties: { file } };
    return [
      [name, { ...artifact, dependencies: [id] }],
      [id, assets],
    ];
  });
  const manifest = { version: schemaVersion, artifacts: Object.fromEntries(artifacts) };
  writeFileSync(join(directory, 'manifest.json'), JSON.stringify(manifest));
  const tree = { version: 'tree-0.1', tree: { id: 'App', path: '', constructInfo: { version: cdkVersion } } };
  writeFileSync(join(directory, 'tree.json'), JSON.stringify(tree));
  return directory;
}

/** Runs the review on two assemblies, without colour on 80 columns. */
export function review(base: string, head: string, options: ReviewOptions = {}): Outcome {
  return runDiffReview(base, head, options, { columns: 80, colour: false });
}

/** Reviews one stack before and after, for a pull request. */
export function reviewStack(base: StackFixture, head: StackFixture, options: ReviewOptions = {}): Outcome {
  const write = (stack: StackFixture) => writeAssembly({ stacks: { ProoflinkDev: stack } });
  return review(write(base), write(head), { markdown: true, ...options });
}

/** Reviews one resource before and after, for a pull request. */
export function reviewResource(base: unknown, head: unknown, options?: ReviewOptions): Outcome {
  const stack = (thing: unknown) => (thing === undefined ? {} : { resources: { Thing: thing } });
  return reviewStack(stack(base), stack(head), options);
}

/** The part of a comment that is not folded. */
export function withoutDetails(comment: string): string {
  return comment.replace(/<details>[^]*?<\/details>/g, '');
}

/** Level of a finding by its mark. */
const LEVELS: ReadonlyMap<string, 'risk' | 'weaker' | 'look'> = new Map([
  ['⛔', 'risk'],
  ['⚠️', 'weaker'],
  ['👀', 'look'],
]);

/** The most urgent level of a part of a comment, whose findings are in the order of their levels. */
export function mostUrgentLevel(open: string): 'risk' | 'weaker' | 'look' | 'harmless' {
  const [firstMark = ''] = /⛔|⚠️|👀/.exec(open) ?? [];
  return LEVELS.get(firstMark) ?? 'harmless';
}
