import { type Aws, CfnCondition, CfnParameter, Fn, type IResolvable, type Stack, Token } from 'aws-cdk-lib/core';
import { Parameter } from './contract';

const TAG = '[A-Za-z0-9_][A-Za-z0-9._-]{0,127}';

/** Which images run: parameters of the stack, so that a deploy without them keeps the tags (docs/decisions/0002). */
export class ImageTags {
  /** The web image's tag; `latest` as long as there is none, since a reference that ends in a colon may be refused. */
  public readonly app: string;
  public readonly batch: string;
  private readonly hasAppImage: CfnCondition;

  constructor(stack: Stack) {
    // eslint-disable-next-line awscdk/no-variable-construct-id -- a constant that tools read, too
    const app = new CfnParameter(stack, Parameter.appImageTag, {
      description: 'Tag of the web image to run. Empty: no task runs. A deploy without it keeps the tag.',
      default: '',
      allowedPattern: `^(${TAG})?$`,
      constraintDescription: 'an image tag, or nothing',
    });
    // eslint-disable-next-line awscdk/no-variable-construct-id -- a constant that tools read, too
    const batch = new CfnParameter(stack, Parameter.batchImageTag, {
      description: 'Tag of the image that import jobs run. A deploy without it keeps the tag.',
      default: 'latest',
      allowedPattern: `^${TAG}$`,
      constraintDescription: 'an image tag',
    });
    this.hasAppImage = new CfnCondition(stack, 'HasAppImage', {
      expression: Fn.conditionNot(Fn.conditionEquals(app.valueAsString, '')),
    });
    this.app = this.withImage(app.valueAsString, 'latest');
    this.batch = batch.valueAsString;
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
