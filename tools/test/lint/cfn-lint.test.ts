import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { Part } from '../../../lib/contract';
import { template } from '../../../test/support/assembly';
import { pathOf, type Template } from '../../../test/support/template';
import { temporaryFolder } from '@infra/common/testing';

const ROOT = join(__dirname, '../../..');
const folder = temporaryFolder('prooflink-lint-');
const file = join(folder, 'Changed.template.json');
jest.setTimeout(120_000);

/** Findings of CI's template lint in dev's template after a change. */
function lint(change: (template: Template) => void, options: readonly string[] = []): string {
  const changed = template('dev');
  change(changed);
  writeFileSync(file, JSON.stringify(changed));
  const { status, stdout } = spawnSync(join(ROOT, '.ci/cfn-lint'), [...options, '--template', file], {
    encoding: 'utf8',
  });
  expect(status).toBeGreaterThan(0);
  return stdout;
}

/** Properties of the resource of a construct path. */
function propertiesAt(path: string, { Resources }: Template): Record<string, unknown> {
  const resource = Object.values(Resources).find((candidate) => pathOf(candidate) === path);
  if (!resource?.Properties) throw new Error(`${path} has no properties`);
  return resource.Properties;
}

it('finds a reference to nothing, an instance class that the region lacks, and a mere warning', () => {
  const findings = lint((changed) => {
    propertiesAt('Network/Vpc/PublicSubnet1/Subnet', changed)['VpcId'] = { Ref: 'NoSuchVpc' };
    propertiesAt(Part.database.path, changed)['DBInstanceClass'] = 'db.t9.nano';
    changed.Parameters = { ...changed.Parameters, Unused: { Type: 'String' } };
  });
  expect(findings).toMatch(/^E1\d{3} 'NoSuchVpc' is not one of/m);
  expect(findings).toMatch(/^E3025 .*'db.t9.nano'.*'ap-northeast-1'/m);
  expect(findings).toMatch(/^W2001 Parameter Unused not used/m);
});

interface CfnLintConfig {
  readonly regions: readonly string[];
  readonly ignore_checks: readonly string[];
}

it('makes no exception that is not needed', () => {
  const config = parse(readFileSync(join(ROOT, '.cfnlintrc'), 'utf8')) as CfnLintConfig;
  const withoutExceptions = join(folder, '.cfnlintrc');
  writeFileSync(withoutExceptions, JSON.stringify({ regions: config.regions }));
  // cfn-lint spares templates that say that CDK made them; whether they do is a setting of the CDK.
  const findings = lint((changed) => delete changed.Resources['CDKMetadata'], ['--config-file', withoutExceptions]);
  const needed = new Set(findings.match(/^[EWI]\d{4}(?= )/gm));
  // E3002: the property of .ci/cfn-lint-schema-patch.json. Delete that file once cfn-lint knows it.
  expect([...needed].sort()).toEqual(['E3002', ...config.ignore_checks]);
  expect(findings.match(/^E3002 .*/gm)).toEqual([expect.stringContaining('ResetOnHealthyTask')]);
});

it('says how to install cfn-lint where it is missing, and fails', () => {
  const { status, stderr } = spawnSync('/bin/bash', [join(ROOT, '.ci/cfn-lint')], {
    encoding: 'utf8',
    env: { PATH: folder },
  });
  expect(stderr).toContain('cfn-lint is not installed. Install it with one of:\n\n  pipx install cfn-lint');
  expect(status).toBe(1);
});
