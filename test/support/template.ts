/** Any value of a template. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** A resource of a template. An alias, since an interface fits no type with an index. */
export type Resource = {
  Type: string;
  Properties?: Record<string, Json>;
  DependsOn?: string | string[];
  DeletionPolicy?: string;
  UpdateReplacePolicy?: string;
  Metadata?: Record<string, Json>;
};

/** A template, as far as tests read it. */
export interface Template {
  Description?: string;
  Parameters?: Record<string, { Type: string; Default?: Json; Description?: string; AllowedPattern?: string }>;
  Conditions?: Record<string, Json>;
  Resources: Record<string, Resource>;
  Outputs?: Record<string, { Description?: string; Value: Json }>;
}

/** Metadata key of a resource's construct path. */
const PATH = 'aws:cdk:path';

/** The construct path of a resource below its stack, e.g. `Database/Instance`. */
export function pathOf({ Metadata }: Resource): string {
  return text(Metadata?.[PATH] ?? '')
    .replace(/^[^/]*\//, '')
    .replace(/(\/(Resource|Default))+$/, '');
}

/** A value that is a string, a number or a boolean, as a string. */
export function text(value: Json | undefined): string {
  if (typeof value === 'object' || value === undefined) throw new Error(`No text: ${JSON.stringify(value)}`);
  return String(value);
}

/** Every object within a value, itself included. */
export function* objectsIn(value: Json | undefined): Generator<Record<string, Json>> {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) yield value;
  for (const inner of Object.values(value)) yield* objectsIn(inner);
}
