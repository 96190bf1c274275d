import { Duration } from 'aws-cdk-lib/core';
import { brokenRules } from '../../../lib/config/validate';
import { withField } from '../../support/config';
import { dev, prod } from '../../support/configs';
import { fieldsOf } from '../../support/config-fields';

const REFERENCE = '{{resolve:secretsmanager:prooflink-prod-database:SecretString:password}}';

const textFields = Object.entries({ dev, prod }).flatMap(([name, config]) => {
  const texts = fieldsOf(config).filter(({ value }) => typeof value === 'string');
  return texts.map(({ path }) => ({ name, config, field: path }));
});

test.each(textFields)(
  '$name: a dynamic reference in $field would put another value into the template while it is deployed',
  ({ name, config, field }) => {
    const rules = brokenRules(name, withField(config, field, REFERENCE));
    expect(rules).toContainEqual(expect.stringMatching(`^${name}: ${escaped(field)}:`));
  },
);

test('a field that its own rule refuses is reported once', () => {
  const rules = brokenRules('dev', withField(dev, 'network.cidr', REFERENCE));
  expect(rules.filter((rule) => rule.startsWith('dev: network.cidr'))).toHaveLength(1);
});

test('the text that no other rule refuses is named, with what to write', () => {
  const migration = { command: ['sh', '-c', REFERENCE], timeout: Duration.minutes(30) };
  expect(brokenRules('prod', withField(prod, 'webService.migration', migration))).toContain(
    `prod: webService.migration.command[2]: ${REFERENCE} is a dynamic reference, which CloudFormation ` +
      'resolves; write the text itself',
  );
});

test('the reason of a safeguard that is off reaches no template', () => {
  const off = { off: 'values come from {{resolve:ssm:/name:1}}' };
  expect(brokenRules('dev', withField(dev, 'terminationProtection', off))).toEqual([]);
});

function escaped(text: string): string {
  return text.replace(/[.[\]]/g, '\\$&');
}
