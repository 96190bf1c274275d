import { loadedDatabase, propertySchemaOf } from './resource-schemas';

type Database = ReturnType<typeof loadedDatabase>;
type PropertySchema = NonNullable<ReturnType<typeof propertySchemaOf>>;
type ValueType = PropertySchema['type'];

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

/** Types of the value at a key. */
function typesWithin(valueType: ValueType, key: string, database: Database): ValueType[] {
  if (valueType.type === 'array' || valueType.type === 'map') return [valueType.element];
  if (valueType.type === 'union') return valueType.types.flatMap((one) => typesWithin(one, key, database));
  return propertiesOf(valueType, database).flatMap((properties) => {
    const property = Object.hasOwn(properties, key) ? properties[key] : undefined;
    return property ? [property.type] : [];
  });
}

/** The properties of an object; of several ones if the value may be any of them. */
function propertiesOf(valueType: ValueType, database: Database): Readonly<Record<string, PropertySchema>>[] {
  if (valueType.type === 'union') return valueType.types.flatMap((one) => propertiesOf(one, database));
  if (valueType.type !== 'ref') return [];
  return [database.get('typeDefinition', valueType.reference.$ref).properties];
}
