import { replaceText } from './replace-text';

const COMMENT = '// ';

/** Commented lines by which the stack of `cdk init` suggests a queue. */
const QUEUE_LINES = [
  "// import * as sqs from 'aws-cdk-lib/aws-sqs';",
  "// const queue = new sqs.Queue(this, 'EmptyAppQueue', {",
  '//   visibilityTimeout: cdk.Duration.seconds(300)',
  '// });',
];

/**
 * Uncomments the queue in the code of the stack that `cdk init` generates for an app in a folder `empty-app`.
 *
 * @throws CannotTellError if a line of the queue is not in the code.
 */
export function enableQueue(file: string, stackCode: string): string {
  let code = stackCode;
  for (const oldText of QUEUE_LINES) {
    const newText = oldText.slice(COMMENT.length);
    code = replaceText(file, code, { oldText, newText });
  }
  return code;
}
