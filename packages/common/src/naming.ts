import { constructPath, type Resource, type Template } from './template';
import { say, type Words } from './words';

/** Replaces references to resources in a text, such as `${DatabaseB1A2C3.GroupId}`, by their constructs' paths. */
export type Naming = (text: string) => string;

/** Title of a resource: its construct's path without the stack, and its type. */
export function subjectOf(id: string, resource: Resource): Words {
  return say`${constructPath(id, resource)} (${resource.Type})`;
}

/** Names the resources of one or more templates. */
export function namingOf(...templates: readonly Template[]): Naming {
  const paths = new Map(
    templates.flatMap(({ Resources }) => Object.entries(Resources).map(([id, each]) => [id, constructPath(id, each)])),
  );
  return (text) => text.replace(/\$\{(\w+)(?:\.[\w.]+)?\}/g, (reference, id: string) => paths.get(id) ?? reference);
}
