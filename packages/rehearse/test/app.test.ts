import { readAssembly } from '@infra/common/assembly';
import { SecretMask } from '@infra/common/secret-mask';
import { dev, prod } from '@infra/testing/configs';
import { synthesize } from '@infra/testing/synth';
import { REHEARSAL } from '../src/environment';
import { rehearsalConfig } from '../src/rehearsal-config';

/** A policy by which a resource outlives its stack, a property by which AWS refuses to delete one, and the team's domain. */
const KEPT = [
  /"(Retain|RetainExceptOnCreate|Snapshot)"/,
  /"DeletionProtection":true/,
  /"deletion_protection.enabled","Value":(?!"false")/,
  /"AWS::(Route53|CertificateManager)::/,
];

/** Text of a template without blanks. */
function textOf(folder: string, stack: string): string {
  const { stacks } = readAssembly(folder, new SecretMask());
  return JSON.stringify(stacks.get(stack)?.template);
}

test('a rehearsal, even of prod, deletes itself without a trace: what stays would cost, and its name would be taken', () => {
  const unprotected = { ...prod, terminationProtection: { off: 'prod is to be rehearsed' } };
  const config = rehearsalConfig({ prod: unprotected }, '123456789012') ?? dev;
  const rehearsed = textOf(synthesize({ [REHEARSAL]: config }), 'ProoflinkRehearsal');
  const deployed = textOf(synthesize({ prod }), 'ProoflinkProd');
  expect(KEPT.filter((pattern) => pattern.test(rehearsed))).toEqual([]);
  expect(KEPT.filter((pattern) => !pattern.test(deployed))).toEqual([]);
});
