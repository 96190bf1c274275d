import { loadedDatabase, propertySchemaOf } from './resource-schemas';

type Database = ReturnType<typeof loadedDatabase>;
type PropertySchema = NonNullable<ReturnType<typeof propertySchemaOf>>;
type ValueType = PropertySchema['type'];

/** Schema of a value: its type, and what is written about it. */
export type ValueSchema = Pick<PropertySchema, 'type' | 'defaultValue' | 'documentation'>;

/** Keys of a path: names, and the identities of list items in brackets. */
const KEYS = /\[[^\]]*\]|[^.[]+/g;

/** Stands for the item of a list, or for the entry of a map. */
const ITEM = '[]';

/**
 * A path with only the names that AWS gives: the identity of a list item, the key of a map, and what is within JSON are chosen
 * by the template, and say nothing about the property. The names of a type without a schema stay.
 */
export function withPropertyNamesOnly(type: string, path: string): string {
  const [property = '', ...innerKeys] = path.match(KEYS) ?? [];
  const propertySchema = propertySchemaOf(type, property);
  if (!propertySchema) return [property, ...innerKeys.map(withoutIdentity)].reduce(joinKeys);
  const database = loadedDatabase();
  let names = property;
  let valueTypes = [propertySchema.type];
  for (const key of innerKeys) {
    const isProperty = valueTypes.some((valueType) => isPropertyOf(valueType, key, database));
    names = joinKeys(names, isProperty ? key : ITEM);
    valueTypes = valueTypes.flatMap((valueType) => typesWithin(valueType, key, database));
    // Below JSON, and below what the schema does not describe, no name is AWS's.
    if (valueTypes.length === 0) return names;
  }
  return names;
}

function withoutIdentity(key: string): string {
  return key.startsWith('[') ? ITEM : key;
}

function joinKeys(path: string, key: string): string {
  return key === ITEM ? `${path}${ITEM}` : `${path}.${key}`;
}

function isPropertyOf(valueType: ValueType, key: string, database: Database): boolean {
  return propertiesOf(valueType, database).some((properties) => Object.hasOwn(properties, key));
}

/** The schema of the value at a path; undefined if the path leads to none, or to several. */
export function valueSchemaOf(type: string, path: string): ValueSchema | undefined {
  const [property = '', ...innerKeys] = path.match(KEYS) ?? [];
  const propertySchema = propertySchemaOf(type, property);
  if (!propertySchema) return undefined;
  const database = loadedDatabase();
  let schemas: ValueSchema[] = [propertySchema];
  for (const key of innerKeys) {
    schemas = schemas.flatMap((schema) => schemasWithin(schema.type, key, database));
  }
  return schemas.length === 1 ? schemas[0] : undefined;
}

/** Types of the value at a key. */
function typesWithin(valueType: ValueType, key: string, database: Database): ValueType[] {
  return schemasWithin(valueType, key, database).map(({ type }) => type);
}

/** Schemas of the value at a key. */
function schemasWithin(valueType: ValueType, key: string, database: Database): ValueSchema[] {
  if (valueType.type === 'array' || valueType.type === 'map') return [{ type: valueType.element }];
  if (valueType.type === 'union') return valueType.types.flatMap((one) => schemasWithin(one, key, database));
  return propertiesOf(valueType, database).flatMap((properties) => {
    return Object.hasOwn(properties, key) ? (properties[key] ?? []) : [];
  });
}

/** The properties of an object; of several ones if the value may be any of them. */
function propertiesOf(valueType: ValueType, database: Database): Readonly<Record<string, PropertySchema>>[] {
  if (valueType.type === 'union') return valueType.types.flatMap((one) => propertiesOf(one, database));
  if (valueType.type !== 'ref') return [];
  return [database.get('typeDefinition', valueType.reference.$ref).properties];
}
