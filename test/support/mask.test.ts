import { mask } from './mask';

const HASH = '9b8fce7ae7f25ef82fdbaf6b72523b99d0875c0c9c826642819fb51f11d9b125';

test('a new version of the CDK changes no snapshot by its assets’ hashes alone', () => {
  const fn = { Type: 'AWS::Lambda::Function', Properties: { Code: { S3Key: `${HASH}.zip` } } };
  expect(mask({ Resources: { Fn: fn } })).toEqual({
    Resources: { Fn: { Type: 'AWS::Lambda::Function', Properties: { Code: { S3Key: '<hash>.zip' } } } },
  });
});

test('what only looks like a hash stays: an id or a digest of another length is ours', () => {
  const value = { Short: HASH.slice(1), Id: 'Z0123456789EXAMPLE00', Upper: HASH.toUpperCase() };
  expect(mask({ Resources: { R: { Type: 'T', Properties: value } } })).toEqual({
    Resources: { R: { Type: 'T', Properties: value } },
  });
});

test('construct paths and the CDK’s own entries go, so that they hide no change of ours', () => {
  const template = {
    Parameters: { BootstrapVersion: { Type: 'String' }, AppImageTag: { Type: 'String' } },
    Conditions: { CDKMetadataAvailable: true },
    Rules: { CheckBootstrapVersion: {} },
    Resources: { CDKMetadata: { Type: 'AWS::CDK::Metadata' }, Vpc: { Type: 'V', Metadata: { 'aws:cdk:path': 'x' } } },
  };
  expect(mask(template)).toEqual({
    Parameters: { AppImageTag: { Type: 'String' } },
    Resources: { Vpc: { Type: 'V' } },
  });
});

test('the template itself stays as it is', () => {
  const template = { Resources: { Vpc: { Type: 'V', Metadata: { 'aws:cdk:path': 'x' } } } };
  mask(template);
  expect(template.Resources.Vpc.Metadata).toEqual({ 'aws:cdk:path': 'x' });
});
