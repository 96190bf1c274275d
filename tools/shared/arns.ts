import type { Template } from './template';

interface Arn {
  /** The property with the name, and what is before and after it. */
  readonly name: string;
  readonly before: string;
  readonly after?: string;
  /** What gives the ARN; where it is not set, the reference itself. */
  readonly attribute?: string;
}

const HERE = '${AWS::Region}:${AWS::AccountId}:';

/** How AWS makes ARNs from names: https://docs.aws.amazon.com/service-authorization/latest/reference/. */
const ARNS: ReadonlyMap<string, Arn> = new Map([
  ['AWS::S3::Bucket', { name: 'BucketName', before: 's3:::', attribute: 'Arn' }],
  ['AWS::IAM::Role', { name: 'RoleName', before: 'iam::${AWS::AccountId}:role/', attribute: 'Arn' }],
  ['AWS::ECR::Repository', { name: 'RepositoryName', before: `ecr:${HERE}repository/`, attribute: 'Arn' }],
  ['AWS::ECS::Cluster', { name: 'ClusterName', before: `ecs:${HERE}cluster/`, attribute: 'Arn' }],
  ['AWS::Lambda::Function', { name: 'FunctionName', before: `lambda:${HERE}function:`, attribute: 'Arn' }],
  ['AWS::Batch::JobQueue', { name: 'JobQueueName', before: `batch:${HERE}job-queue/`, attribute: 'JobQueueArn' }],
  ['AWS::Logs::LogGroup', { name: 'LogGroupName', before: `logs:${HERE}log-group:`, after: ':*', attribute: 'Arn' }],
  ['AWS::SNS::Topic', { name: 'TopicName', before: `sns:${HERE}` }],
]);

/** The ARNs that a template's resources have, as they may be written out, and the references that they are. */
export function arnsOf({ Resources }: Template, text: (value: unknown) => string | undefined): Map<string, string> {
  return new Map(
    Object.entries(Resources).flatMap(([id, { Type, Properties = {} }]): [string, string][] => {
      const arn = ARNS.get(Type);
      if (!arn || Properties['Path'] !== undefined) return [];
      const reference = text(arn.attribute === undefined ? { Ref: id } : { 'Fn::GetAtt': [id, arn.attribute] });
      const before = text({ 'Fn::Sub': `arn:\${AWS::Partition}:${arn.before}` }) ?? '';
      const names = [Properties[arn.name], ...(arn.attribute === undefined ? [] : [{ Ref: id }])].map(text);
      return names.flatMap((name): [string, string][] =>
        name === undefined || reference === undefined ? [] : [[`${before}${name}${arn.after ?? ''}`, reference]],
      );
    }),
  );
}

/** A text in which ARNs that are written out are the references that they are. */
export function withReferences(text: string, arns: ReadonlyMap<string, string>): string {
  return text.replace(/arn:[^"',\s]+/g, (arn) => {
    const ends = [...arn.matchAll(/[/:]|$/g)].map(({ index }) => index).reverse();
    const end = ends.find((each) => arns.has(arn.slice(0, each)));
    return end === undefined ? arn : `${arns.get(arn.slice(0, end))}${arn.slice(end)}`;
  });
}
