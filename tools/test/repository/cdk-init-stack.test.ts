import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { enableQueue } from '../../repository/cdk-init-stack';

const FILE = 'lib/empty-app-stack.ts';

/** The code from which the installed CDK CLI generates the stack of an app. */
const TEMPLATE_FOLDER = join(__dirname, '../../../node_modules/aws-cdk/lib/init-templates/app/typescript/lib');
const template = readFileSync(join(TEMPLATE_FOLDER, '%name%-stack.template.ts'), 'utf8');
const generated = template.replaceAll('%name.PascalCased%', 'EmptyApp');

test('the queue that cdk init suggests is enabled, and nothing else', () => {
  const queue = [
    "    const queue = new sqs.Queue(this, 'EmptyAppQueue', {",
    '      visibilityTimeout: cdk.Duration.seconds(300)',
    '    });',
  ];
  const enabled = enableQueue(FILE, generated);
  expect(enabled).toContain(`\nimport * as sqs from 'aws-cdk-lib/aws-sqs';\n`);
  expect(enabled).toContain(`\n${queue.join('\n')}\n`);
  expect(enabled.split('\n').filter((line) => line.trim().startsWith('//'))).toHaveLength(2);
});

test.each([
  'import * as sqs',
  "const queue = new sqs.Queue(this, 'EmptyAppQueue'",
  'cdk.Duration.seconds(300)',
  '// });',
])('code without "%s" is refused, since an app without a queue would be measured', (text) => {
  expect(() => enableQueue(FILE, generated.replace(text, ''))).toThrow(`${FILE} has no text "//`);
});
