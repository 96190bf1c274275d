import { deployed } from '../support/deployed';

test.each(['dev', 'prod'] as const)('%s: the CDK’s own functions log to one group that ends', (environment) => {
  const group = `/aws/lambda/prooflink-${environment}-custom-resources`;
  const functions = deployed(environment).all('AWS::Lambda::Function');
  expect(functions.length).toBeGreaterThan(0);
  for (const { properties } of functions) expect(properties['LoggingConfig']).toEqual({ LogGroup: group });
  const { properties } = deployed(environment).one('AWS::Logs::LogGroup', group);
  expect(properties['RetentionInDays']).toBe(environment === 'dev' ? 3 : 30);
});
