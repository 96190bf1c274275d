import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';

/** The CloudFormation resource schemas, which the CDK's own comparison reads, too. */
let database: ReturnType<typeof loadAwsServiceSpecSync> | undefined;

/** Schemas by type: each search in the database takes time. */
const schemas = new Map<string, ReturnType<typeof findSchema>>();

export function loadedDatabase() {
  database ??= loadAwsServiceSpecSync();
  return database;
}

function findSchema(type: string) {
  const [schema] = loadedDatabase().lookup('resource', 'cloudFormationType', 'equals', type);
  return schema;
}

/** Types of SAM, and the type that its macro makes of them under the same logical ID. */
const MADE_BY_SAM: ReadonlyMap<string, string> = new Map([
  ['AWS::Serverless::Api', 'AWS::ApiGateway::RestApi'],
  ['AWS::Serverless::Application', 'AWS::CloudFormation::Stack'],
  ['AWS::Serverless::Function', 'AWS::Lambda::Function'],
  ['AWS::Serverless::GraphQLApi', 'AWS::AppSync::GraphQLApi'],
  ['AWS::Serverless::HttpApi', 'AWS::ApiGatewayV2::Api'],
  ['AWS::Serverless::SimpleTable', 'AWS::DynamoDB::Table'],
  ['AWS::Serverless::StateMachine', 'AWS::StepFunctions::StateMachine'],
]);

/** Those whose properties are named like the ones of that type: SAM's schemas do not say what an update replaces. */
const WITH_THE_SAME_PROPERTIES = /^AWS::Serverless::(Function|SimpleTable)$/;

/** The type that CloudFormation deploys. */
export function typeMadeOf(type: string): string {
  return MADE_BY_SAM.get(type) ?? type;
}

/** Schema of a resource type; undefined for a custom resource or an unknown type. */
export function schemaOf(type: string) {
  const ownType = WITH_THE_SAME_PROPERTIES.test(type) ? typeMadeOf(type) : type;
  if (!ownType.startsWith('AWS::') || ownType.startsWith('AWS::Serverless::')) return undefined;
  if (!schemas.has(ownType)) schemas.set(ownType, findSchema(ownType));
  return schemas.get(ownType);
}

/** Schema of a property of a resource type. */
export function propertySchemaOf(type: string, property: string) {
  const properties = schemaOf(type)?.properties ?? {};
  return Object.hasOwn(properties, property) ? properties[property] : undefined;
}

/** True for the name of a resource that may also be given by its ARN, and for that ARN. */
function hasAlternative(property: string, properties: object): boolean {
  const [, noun, kind] = /^(.+)(Name|Arn)$/.exec(property) ?? [];
  return noun !== undefined && Object.hasOwn(properties, `${noun}${kind === 'Arn' ? 'Name' : 'Arn'}`);
}

/** Types for which `Ref` returns an attribute that the schema does not call their identifier. */
const REF_BESIDE_THE_SCHEMA: ReadonlyMap<string, string> = new Map([['AWS::EC2::SecurityGroup', 'GroupId']]);

/** The attribute or property that `Ref` returns for a resource of a type; undefined if it is a combination of several. */
export function refPropertyOf(type: string): string | undefined {
  const attribute = REF_BESIDE_THE_SCHEMA.get(type);
  if (attribute !== undefined) return attribute;
  const schema = schemaOf(type);
  const properties = schema?.cfnRefIdentifier ?? schema?.primaryIdentifier ?? [];
  return properties.length === 1 ? properties[0] : undefined;
}

/**
 * Properties that name the parent within which a name is unique: those that identify the resource together with the name,
 * or, if a generated identifier does, those that require a resource of the same service, such as an alias its function, and
 * those that name one by its name or else by its ARN.
 */
export function parentPropertiesOf(type: string, nameProperty: string): string[] {
  const schema = schemaOf(type);
  if (!schema) return [];
  const identifiers = schema.primaryIdentifier ?? [];
  const otherIdentifiers = identifiers.filter((name) => {
    return name !== nameProperty && Object.hasOwn(schema.properties, name);
  });
  if (identifiers.includes(nameProperty)) return otherIdentifiers;
  const service = `${type.split('::', 2).join('::')}::`;
  const properties = Object.entries(schema.properties);
  const parents = properties.filter(([name, { required, causesReplacement, relationshipRefs = [] }]) => {
    if (causesReplacement !== 'yes') return false;
    const isInService = relationshipRefs.some(({ cloudFormationType }) => cloudFormationType.startsWith(service));
    return (required === true && isInService) || hasAlternative(name, schema.properties);
  });
  const parentNames = parents.map(([name]) => name);
  return [...new Set([...otherIdentifiers, ...parentNames])];
}
