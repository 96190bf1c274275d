import type { Resource } from '@infra/common/template';
import { nameReferredToBy } from './normalized-text';
import { propertySchemaOf, refPropertyOf } from './resource-schemas';

/** Types of which several may have the same name: a revision each, or a record each. */
export const NAME_IS_SHARED: ReadonlySet<string> = new Set(['AWS::Batch::JobDefinition', 'AWS::Route53::RecordSet']);

const NO_PARAMETERS: ReadonlySet<string> = new Set();

/** A property such as `JobQueueName`. */
const NAME_PROPERTY = /^(.*)Name$/;

/** Name that the template gives to a resource, and the property that sets it. */
export interface PhysicalName {
  readonly property: string;
  readonly name: string;
}

/**
 * The name of a resource, if the template sets it: a create-only property that identifies the resource, or that is called
 * after its type (`JobQueueName` of an `AWS::Batch::JobQueue`).
 * @param parameters - Names of the template's parameters, which may give the name.
 */
export function physicalNameOf(
  { Type, Properties = {} }: Resource,
  parameters: ReadonlySet<string> = NO_PARAMETERS,
): PhysicalName | undefined {
  if (NAME_IS_SHARED.has(Type)) return undefined;
  const properties = Object.entries(Properties);
  const entry = properties.find(([property, value]) => {
    return isName(value, parameters) && isNameProperty(Type, property);
  });
  if (!entry) return undefined;
  const [property, value] = entry;
  return { property, name: String(value) };
}

/** A text that is no reference to a resource. */
function isName(value: unknown, parameters: ReadonlySet<string>): boolean {
  const reference = nameReferredToBy(value);
  return typeof value === 'string' && (reference === undefined || parameters.has(reference));
}

function isNameProperty(type: string, property: string): boolean {
  const isCreateOnly = propertySchemaOf(type, property)?.causesReplacement === 'yes';
  if (!isCreateOnly) return false;
  if (property === refPropertyOf(type)) return true;
  const [, noun] = NAME_PROPERTY.exec(property) ?? [];
  const typeName = type.split('::').at(-1) ?? '';
  return noun !== undefined && typeName.endsWith(noun);
}
