import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';

/** The CloudFormation resource schemas that the CDK's own comparison reads, too. */
let schemas: ReturnType<typeof loadAwsServiceSpecSync> | undefined;
/** Schemas that were looked up, which takes a search each time. */
const models = new Map<string, ReturnType<typeof lookUp>>();

function lookUp(type: string) {
  schemas ??= loadAwsServiceSpecSync();
  return schemas.lookup('resource', 'cloudFormationType', 'equals', type)[0];
}

/** Schema of a type, if there is one. */
export function modelOf(type: string) {
  if (!type.startsWith('AWS::')) return undefined;
  if (!models.has(type)) models.set(type, lookUp(type));
  return models.get(type);
}

/** The one attribute or property that a reference to a type's resource gives, if it is one. */
export function identifierOf(type: string): string | undefined {
  const model = modelOf(type);
  const [identifier, ...others] = model?.cfnRefIdentifier ?? model?.primaryIdentifier ?? [];
  return others.length === 0 ? identifier : undefined;
}
