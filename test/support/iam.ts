import { stackId } from '../../lib/config/names';
import { Deployed } from './deployed';
import type { TestStack } from './environments';
import { allows, type Policy, type Request } from './policy';
import { type Json, pathOf, type Resource, type Template, text } from './template';

export const ACCOUNT = '123456789012';
export const REGION = 'ap-northeast-1';

/** A role with all that decides what it may do and who may take it. */
export interface DeployedRole {
  readonly path: string;
  readonly arn: string;
  readonly trust: Json;
  readonly policies: { readonly name: string; readonly policy: object }[];
}

/** An environment's roles and policies as they stand in AWS: every reference is an ARN. */
export class Rights {
  private readonly deployed: Deployed;

  constructor(
    readonly environment: TestStack,
    private readonly template: Template,
  ) {
    this.deployed = new Deployed(template, { AppImageTag: 'v1' });
  }

  /** The ARN of the resource at a construct path. */
  arn(path: string, type: string): string {
    const found = this.entries(type).filter(([, one]) => pathOf(one) === path);
    if (found.length !== 1 || !found[0]) throw new Error(`${found.length} resources at ${path}`);
    return this.arnOf(found[0][0]);
  }

  /** All construct paths of a type. */
  paths(type: string): string[] {
    return this.entries(type).map(([, resource]) => pathOf(resource));
  }

  /** The kinds of IAM resources that there are. */
  iamTypes(): string[] {
    return [...new Set(Object.values(this.template.Resources).map(({ Type }) => Type))]
      .filter((type) => type.startsWith('AWS::IAM::'))
      .sort();
  }

  roles(): DeployedRole[] {
    return this.entries('AWS::IAM::Role').map(([id, { Properties = {} }]) => ({
      path: pathOf(this.template.Resources[id] as Resource),
      arn: this.arnOf(id),
      trust: this.resolve(Properties['AssumeRolePolicyDocument'] ?? null),
      policies: [
        ...this.named((Properties['Policies'] ?? []) as Json[]),
        ...((Properties['ManagedPolicyArns'] ?? []) as Json[]).map(unreadable),
        ...this.named(
          this.entries('AWS::IAM::Policy')
            .map(([, policy]) => policy.Properties ?? {})
            .filter(({ Roles }) => ((Roles ?? []) as { Ref?: string }[]).some(({ Ref }) => Ref === id)),
        ),
      ],
    }));
  }

  role(path: string): DeployedRole {
    const role = this.roles().find((one) => one.path === path);
    if (!role)
      throw new Error(
        `No role ${path}; there: ${this.roles()
          .map((one) => one.path)
          .join(', ')}`,
      );
    return role;
  }

  /** The policy of the bucket that an S3 ARN is of. */
  bucketPolicy(arn: string): Json | undefined {
    const policy = this.entries('AWS::S3::BucketPolicy').find(
      ([, { Properties = {} }]) =>
        arn.split('/')[0] === `arn:aws:s3:::${text(this.resolve(Properties['Bucket'] ?? ''))}`,
    );
    return policy && this.resolve(policy[1].Properties?.['PolicyDocument'] ?? null);
  }

  private entries(type: string): [string, Resource][] {
    return Object.entries(this.template.Resources).filter(([, resource]) => resource.Type === type);
  }

  private named(policies: Json[]): { name: string; policy: object }[] {
    return policies.map((policy) => {
      const { PolicyName, PolicyDocument } = this.resolve(policy) as { PolicyName: string; PolicyDocument: object };
      return { name: PolicyName, policy: PolicyDocument };
    });
  }

  private resolve(value: Json): Json {
    return this.deployed.resolve(this.withArns(value)) ?? null;
  }

  private withArns(value: Json): Json {
    if (Array.isArray(value)) return value.map((item) => this.withArns(item));
    if (typeof value !== 'object' || value === null) return value;
    const { 'Fn::GetAtt': attribute, Ref: reference } = value;
    if (Array.isArray(attribute)) return this.attribute(text(attribute[0]), text(attribute[1]));
    if (
      typeof reference === 'string' &&
      /Secret$|ECS::Service$|SNS::Topic$|OIDCProvider$/.test(this.typeOf(reference))
    ) {
      return this.arnOf(reference);
    }
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, this.withArns(inner)]));
  }

  private attribute(id: string, attribute: string): string {
    if (attribute === 'DefaultSecurityGroup') return `sg-default-of-${this.environment}`;
    if (!attribute.endsWith('Arn')) throw new Error(`${id}.${attribute} is not known to the rights' tests`);
    return this.arnOf(id);
  }

  private typeOf(id: string): string {
    return this.template.Resources[id]?.Type ?? '';
  }

  private arnOf(id: string): string {
    const type = this.typeOf(id);
    const named = text(this.deployed.resolve({ Ref: id }));
    // CloudFormation names the rest: the stack's name, the logical id, and random characters.
    const name =
      named === pathOf(this.template.Resources[id] as Resource) ? `${stackId(this.environment)}-${id}` : named;
    const at = (service: string) => `arn:aws:${service}:${REGION}:${ACCOUNT}`;
    switch (type) {
      case 'AWS::S3::Bucket':
        return `arn:aws:s3:::${name}`;
      case 'AWS::IAM::Role':
        return `arn:aws:iam::${ACCOUNT}:role/${name}`;
      case 'AWS::IAM::OIDCProvider':
        return `arn:aws:iam::${ACCOUNT}:oidc-provider/${text(this.template.Resources[id]?.Properties?.['Url']).replace('https://', '')}`;
      case 'AWS::SecretsManager::Secret':
        return `${at('secretsmanager')}:secret:${name}-AbCdEf`;
      case 'AWS::ECR::Repository':
        return `${at('ecr')}:repository/${name}`;
      case 'AWS::Logs::LogGroup':
        return `${at('logs')}:log-group:${name}:*`;
      case 'AWS::Batch::JobQueue':
        return `${at('batch')}:job-queue/${name}`;
      case 'AWS::ECS::Service':
        return `${at('ecs')}:service/prooflink-${this.environment}-cluster/${name}`;
      case 'AWS::Lambda::Function':
        return `${at('lambda')}:function:${name}`;
      case 'AWS::SNS::Topic':
        return `${at('sns')}:${name}`;
      default:
        throw new Error(`The ARN of ${type} is not known to the rights' tests`);
    }
  }
}

/** True if AWS lets a principal with these policies do it; for S3 the bucket's policy counts too. */
export function isAllowed(
  principal: string,
  request: Request,
  identityPolicies: readonly { readonly policy: object }[],
  resourcePolicy?: Json,
): boolean {
  const identity = identityPolicies.map(({ policy }) => policy as Policy);
  return allows(principal, request, identity, (resourcePolicy ?? undefined) as Policy | undefined);
}

/** The text of a managed policy is somebody else's: no role has one. */
function unreadable(arn: Json): never {
  throw new Error(`The text of ${JSON.stringify(arn)} is not known to the rights' tests`);
}
