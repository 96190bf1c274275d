import { constructPath, type Resource, type Template } from './template';
import { say, type Words } from './words';

/** Replaces references to resources in a text, such as `${DatabaseB1A2C3.GroupId}`, by their constructs' paths. */
export type Naming = (text: string) => string;

/** A reference as `Fn::Sub` writes it, to a resource or to an attribute of one. */
const REFERENCE = /\$\{(\w+)(?:\.[\w.]+)?\}/g;

/** Title of a resource: its construct's path without the stack, and its type. */
export function subjectOf(id: string, resource: Resource): Words {
  return say`${constructPath(id, resource)} (${resource.Type})`;
}

/** Names the resources of one or more templates; a later template's name replaces an earlier one's. */
export function namingOf(...templates: readonly Template[]): Naming {
  const pathById = new Map<string, string>();
  for (const template of templates) {
    for (const [id, resource] of Object.entries(template.Resources)) {
      pathById.set(id, constructPath(id, resource));
    }
  }
  return (text) => text.replace(REFERENCE, (reference, id: string) => pathById.get(id) ?? reference);
}
