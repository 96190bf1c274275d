import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';

/** The CloudFormation resource schemas, which the CDK's own comparison reads, too. */
let database: ReturnType<typeof loadAwsServiceSpecSync> | undefined;

/** Schemas by type: each search in the database takes time. */
const schemas = new Map<string, ReturnType<typeof findSchema>>();

function findSchema(type: string) {
  database ??= loadAwsServiceSpecSync();
  const [schema] = database.lookup('resource', 'cloudFormationType', 'equals', type);
  return schema;
}

/** Schema of a resource type; undefined for a custom resource or an unknown type. */
export function schemaOf(type: string) {
  if (!type.startsWith('AWS::')) return undefined;
  if (!schemas.has(type)) schemas.set(type, findSchema(type));
  return schemas.get(type);
}

/** Schema of a property of a resource type. */
export function propertySchemaOf(type: string, property: string) {
  const properties = schemaOf(type)?.properties ?? {};
  return Object.hasOwn(properties, property) ? properties[property] : undefined;
}

/** The attribute or property that `Ref` returns for a resource of a type; undefined if it is a combination of several. */
export function refPropertyOf(type: string): string | undefined {
  const schema = schemaOf(type);
  const properties = schema?.cfnRefIdentifier ?? schema?.primaryIdentifier ?? [];
  return properties.length === 1 ? properties[0] : undefined;
}
