import { constructPath, type Resource, type Template } from '@infra/common/template';
import { say, type Words } from '../messages/words';

/** Replaces the references to resources in a text, such as `${DatabaseB1A2C3.GroupId}`, by the paths of constructs. */
export type Naming = (text: string) => string;

/** A reference to a resource or an attribute in the text of `Fn::Sub`. Captures the logical id, and an attribute other than an ARN or an ID. */
const REFERENCE = /\$\{(\w+)(?:\.(?:Arn|\w*Id)|(\.[\w.]+))?\}/g;

/** Title of a resource: its construct's path without the stack, and its type. */
export function subjectOf(id: string, resource: Resource): Words {
  return say`${constructPath(id, resource)} (${resource.Type})`;
}

/** Makes a naming for the resources of several templates. If two have the same logical id, the last template counts. */
export function namingOf(...templates: readonly Template[]): Naming {
  const pathById = new Map<string, string>();
  for (const template of templates) {
    for (const [id, resource] of Object.entries(template.Resources)) {
      pathById.set(id, constructPath(id, resource));
    }
  }
  return (text) =>
    text.replace(REFERENCE, (reference, id: string, attribute = '') => {
      const path = pathById.get(id);
      return path === undefined ? reference : `${path}${attribute}`;
    });
}
