import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stackId } from '../../../lib/config/names';
import { EXCEPTIONS, lintTemplates } from '../../../tools/lint-templates/run';
import { assembly, template } from '../../support/assembly';
import type { Template } from '../../support/template';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});
jest.setTimeout(120_000);

it('finds nothing in the templates of either environment and of the delivery', () => {
  const folder = newFolder();
  for (const environment of ['delivery', 'dev', 'prod'] as const) {
    const file = `${stackId(environment)}.template.json`;
    copyFileSync(join(assembly, file), join(folder, file));
  }
  expect(lintTemplates(folder)).toEqual({
    exitCode: 0,
    stdout:
      'cfn-lint found nothing in ProoflinkDelivery.template.json, ProoflinkDev.template.json, ProoflinkProd.template.json.\n',
    stderr: '',
  });
});

describe('a doctored template fails', () => {
  it('for a reference to nothing', () => {
    const findings = lintDoctored((doctored) => {
      property(doctored, 'AWS::EC2::Subnet')['VpcId'] = { Ref: 'NoSuchVpc' };
    });
    expect(findings).toMatch(/^E1\d{3} 'NoSuchVpc' is not one of/m);
  });

  it('for an instance class that the region lacks', () => {
    const findings = lintDoctored((doctored) => {
      property(doctored, 'AWS::RDS::DBInstance')['DBInstanceClass'] = 'db.t9.nano';
    });
    expect(findings).toMatch(/^E3025 .*'db.t9.nano'.*'ap-northeast-1'/m);
  });

  it('for a mere warning too, since only two are excepted', () => {
    const findings = lintDoctored((doctored) => {
      doctored.Parameters = { ...doctored.Parameters, Unused: { Type: 'String' } };
    });
    expect(findings).toMatch(/^W2001 Parameter Unused not used/m);
  });
});

it('makes no exception that is not needed', () => {
  const doctored = template('dev');
  // cfn-lint spares templates that say that CDK made them; whether they do is a setting of the CDK.
  delete doctored.Resources['CDKMetadata'];
  const { stdout } = lintTemplates(folderWith(doctored), []);
  expect([...new Set(stdout.match(/^[EWI]\d{4}(?= )/gm))].sort()).toEqual(Object.keys(EXCEPTIONS));
});

describe('as a program', () => {
  it('says how to install cfn-lint where it is missing, and fails', () => {
    const { status, stderr } = run(assembly, { PATH: newFolder() });
    expect(stderr).toContain('cfn-lint is not installed. Install it with one of:\n\n  pipx install cfn-lint');
    expect(status).toBe(1);
  });

  it('says how to make the templates where there are none, and fails', () => {
    const { status, stderr } = run(newFolder(), process.env);
    expect(stderr).toContain('has no templates. Make them with: npx cdk synth');
    expect(status).toBe(2);
  });
});

function lintDoctored(change: (template: Template) => void): string {
  const doctored = template('dev');
  change(doctored);
  const { exitCode, stdout } = lintTemplates(folderWith(doctored));
  expect(exitCode).toBe(1);
  return stdout;
}

function folderWith(doctored: Template): string {
  const folder = newFolder();
  writeFileSync(join(folder, 'Doctored.template.json'), JSON.stringify(doctored));
  return folder;
}

function property(doctored: Template, type: string) {
  const resource = Object.values(doctored.Resources).find(({ Type }) => Type === type);
  return (resource as Required<typeof resource & object>).Properties;
}

function run(directory: string, env: NodeJS.ProcessEnv) {
  const program = ['-r', 'ts-node/register', 'tools/lint-templates/lint-templates.ts', directory];
  return spawnSync(process.execPath, program, { cwd: join(__dirname, '../../..'), encoding: 'utf8', env });
}

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'prooflink-lint-'));
  folders.push(folder);
  return folder;
}
