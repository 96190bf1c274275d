import {
  type Aws,
  CfnCondition,
  CfnOutput,
  CfnParameter,
  Fn,
  type IResolvable,
  type Stack,
  Token,
} from 'aws-cdk-lib/core';
import { Parameter } from './contract';

const TAG = '[A-Za-z0-9_][A-Za-z0-9._-]{0,127}';

export interface ImageTagsProps {
  /** True if a release runs a migration. */
  readonly migrates: boolean;
  /** True if there are import jobs. */
  readonly importsUsers: boolean;
}

/**
 * Tags of the images. They are parameters, although the CDK's documents advise against those: a release changes a tag
 * without a synth, and a deploy that names no tag keeps the running one (docs/decisions/0002).
 */
export class ImageTags {
  /** The web image's tag; `latest` as long as there is none, since a reference that ends in a colon may be refused. */
  public readonly app: string;
  /** The import's tag; `undefined` where users are not imported. */
  public readonly batch: string | undefined;
  /** The tag that a release migrates; `latest` until then. `undefined` where no migration is configured. */
  public readonly migration: string | undefined;
  private readonly hasAppImage: CfnCondition;

  constructor(stack: Stack, { migrates, importsUsers }: ImageTagsProps) {
    // eslint-disable-next-line awscdk/no-variable-construct-id -- a constant that packages read, too
    const app = new CfnParameter(stack, Parameter.appImageTag, {
      description: 'Tag of the web image to run. Empty: no task runs. A deploy without it keeps the tag.',
      default: '',
      allowedPattern: `^(${TAG})?$`,
      constraintDescription: 'an image tag, or nothing',
    });
    this.hasAppImage = new CfnCondition(stack, 'HasAppImage', {
      expression: Fn.conditionNot(Fn.conditionEquals(app.valueAsString, '')),
    });
    this.app = this.withImage(app.valueAsString, 'latest');
    this.batch = importsUsers ? addImportTag(stack) : undefined;
    this.migration = migrates ? addMigrationTags(stack) : undefined;
  }

  /** A number of web tasks; zero until there is an image, so that the first deploy succeeds with an empty registry. */
  public zeroWithoutImage(tasks: number | typeof Aws.NO_VALUE): number {
    return Token.asNumber(Fn.conditionIf(this.hasAppImage.logicalId, tasks, 0));
  }

  /** True once there is a web image to run. */
  public onlyWithImage(): IResolvable {
    return Fn.conditionIf(this.hasAppImage.logicalId, true, false);
  }

  /** One of two texts, each whole: the first once there is a web image to run, the second until then. */
  public withImage<T extends string>(text: T, without: T): T {
    return Fn.conditionIf(this.hasAppImage.logicalId, text, without).toString() as T;
  }
}

/** Adds the tag of the image that import jobs run, and returns it. */
function addImportTag(stack: Stack): string {
  // eslint-disable-next-line awscdk/no-variable-construct-id -- a constant that packages read, too
  const tag = new CfnParameter(stack, Parameter.batchImageTag, {
    description: 'Tag of the image that import jobs run. A deploy without it keeps the tag.',
    default: 'latest',
    allowedPattern: `^${TAG}$`,
    constraintDescription: 'an image tag',
  });
  return tag.valueAsString;
}

/** Adds what a release sets around its migration (docs/decisions/0017); returns the tag of the migration's image. */
function addMigrationTags(stack: Stack): string {
  const optional = { default: '', allowedPattern: `^(${TAG})?$`, constraintDescription: 'an image tag, or nothing' };
  // eslint-disable-next-line awscdk/no-variable-construct-id -- a constant that packages read, too
  const tag = new CfnParameter(stack, Parameter.migrationImageTag, {
    ...optional,
    description: 'Tag of the web image that runs the migration. Set by a release.',
  });
  // eslint-disable-next-line awscdk/no-variable-construct-id -- a constant that packages read, too
  const migrated = new CfnParameter(stack, Parameter.migratedImageTag, {
    ...optional,
    description: 'Tag of the web image whose migration succeeded last. Set by a release.',
  });
  new CfnOutput(stack, 'Migrated', {
    description: 'Which web image a release migrated last',
    value: migrated.valueAsString,
  });
  const hasTag = new CfnCondition(stack, 'HasMigrationImage', {
    expression: Fn.conditionNot(Fn.conditionEquals(tag.valueAsString, '')),
  });
  return Fn.conditionIf(hasTag.logicalId, tag.valueAsString, 'latest').toString();
}
