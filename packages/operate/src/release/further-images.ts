import type { DeployedStack } from '../deployed/deployed-stack';
import { Parameter } from '@infra/commands/app';
import type { Problem } from './problem';
import { words } from './words';

/** Tags of the app's own registries, which have options of their own: --app and --batch. */
const OWN_TAGS: readonly string[] = [Parameter.appImageTag, Parameter.batchImageTag];

/** A value of the option `--image`: `AdminImageTag=v3`. */
export interface FurtherImage {
  readonly parameter: string;
  /** Empty if the option has none. */
  readonly imageTag: string;
}

/** Reads the values of the option `--image`. */
export function furtherImagesOf(images: readonly string[] = []): FurtherImage[] {
  return images.map((text) => {
    const [parameter = '', imageTag = ''] = text.split('=', 2);
    return { parameter, imageTag };
  });
}

/** Names of the registries that a team has added to a stack, by the parameter that is the tag of their images. */
export function furtherRegistries({ template, physicalIds, details }: DeployedStack): Map<string, string> {
  const registries = new Map<string, string>();
  for (const [logicalId, { Type, Properties }] of Object.entries(template.Resources)) {
    const repositoryName = physicalIds.get(logicalId);
    if (Type !== 'AWS::ECR::Repository' || repositoryName === undefined) continue;
    // The lifecycle policy names the tag that the stack runs: ECR keeps that image.
    const properties = JSON.stringify(Properties);
    for (const { ParameterKey = '' } of details.Parameters ?? []) {
      const isItsTag = properties.includes(`{"Ref":"${ParameterKey}"}`);
      if (isItsTag && !OWN_TAGS.includes(ParameterKey)) registries.set(ParameterKey, repositoryName);
    }
  }
  return registries;
}

/** Checks that an image has a tag, and that its parameter is the tag of a registry. */
export function checkFurtherImage(
  { parameter, imageTag }: FurtherImage,
  registries: ReadonlyMap<string, string>,
): Problem | undefined {
  if (!registries.has(parameter)) {
    return words.unknownParameter({ parameter, parameters: [...registries.keys()] });
  }
  return imageTag === '' ? words.emptyTag({ option: `--image ${parameter}` }) : undefined;
}
