// Not exported by the package, which is pinned: the CloudFormation resource schemas that its comparison reads, loaded once.
import { loadResourceModel } from '@aws-cdk/cloudformation-diff/lib/diff/util';

/** What the schemas say of a type, if they know it. */
export const modelOf = (type: string) => (type.startsWith('AWS::') ? loadResourceModel(type) : undefined);

/** The one attribute or property that a reference to a type's resource gives, if it is one. */
export function identifierOf(type: string): string | undefined {
  const model = modelOf(type);
  const [identifier, ...others] = model?.cfnRefIdentifier ?? model?.primaryIdentifier ?? [];
  return others.length === 0 ? identifier : undefined;
}
