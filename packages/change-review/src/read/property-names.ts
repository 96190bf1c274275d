import { loadedDatabase, propertySchemaOf } from './resource-schemas';

type Database = ReturnType<typeof loadedDatabase>;
type PropertySchema = NonNullable<ReturnType<typeof propertySchemaOf>>;
type ValueType = PropertySchema['type'];

/** Schema of a value: its type, and what is written about it. */
export type ValueSchema = Pick<PropertySchema, 'type' | 'defaultValue' | 'documentation'>;

/** Keys of a path: names, and the identities of list items in brackets. */
const KEYS = /\[[^\]]*\]|[^.[]+/g;

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
