import { createRequire } from 'node:module';
import { InstanceType } from 'aws-cdk-lib/aws-ec2';
import { RegionInfo } from 'aws-cdk-lib/region-info';
import { FAMILIES, sizesOf } from '../../../lib/config/rules/database-classes';
import { brokenRules } from '../../../lib/config/validate';
import { withFields } from '../../../test/support/config';
import { dev } from '../../../test/support/configs';

/** A finding of the CDK's own validation: it names a resource of the template, and no field of a config. */
interface Diagnostic {
  readonly severity: string;
  readonly entity: { readonly logicalId: string };
}

/** The CDK's own validation, which a synth runs over each template, as far as the test calls it. */
interface Validation {
  readonly CompositeEngine: new () => {
    validateTemplate(template: unknown, config: object): { readonly diagnostics: readonly Diagnostic[] };
  };
  readonly TemplateContent: new (text: string) => unknown;
}

/** Loads packages that aws-cdk-lib brings with it. */
const requireOfCdk = createRequire(require.resolve('aws-cdk-lib'));
const { CompositeEngine, TemplateContent } = requireOfCdk('@aws/cloudformation-validate') as Validation;

const engine = new CompositeEngine();

/** Rules of the validation: E3025 on instance classes, E9006 on engine versions of RDS. */
const RULES_ON_DATABASES = ['E3025', 'E9006'];

/** A DB instance that the CDK's own validation judges in a template, and the rules of lib/config in a config. */
interface DatabaseInstance {
  readonly logicalId: string;
  readonly instanceClass: string;
  readonly engineVersion: string;
}

/** An instance of each family, in its smallest size: a region that lacks a class lacks its whole family. */
const ONE_OF_EACH_FAMILY: readonly DatabaseInstance[] = FAMILIES.map((family) => ({
  logicalId: family,
  instanceClass: `${family}.${sizesOf(family)[0]}`,
  engineVersion: '15',
}));

/** An instance of each major version, and of 19 and 20, which RDS does not offer yet; each region has the class. */
const ONE_OF_EACH_VERSION: readonly DatabaseInstance[] = ['15', '16', '17', '18', '19', '20'].map((engineVersion) => ({
  logicalId: `postgres${engineVersion}`,
  instanceClass: 'm6g.large',
  engineVersion,
}));

const instances = [...ONE_OF_EACH_FAMILY, ...ONE_OF_EACH_VERSION];

/** A template with the instances, as a synth would write it. */
function templateOfInstances(): string {
  const resources: Record<string, object> = {};
  for (const { logicalId, instanceClass, engineVersion } of instances) {
    resources[logicalId] = {
      Type: 'AWS::RDS::DBInstance',
      Properties: {
        Engine: 'postgres',
        EngineVersion: engineVersion,
        DBInstanceClass: `db.${instanceClass}`,
        AllocatedStorage: '20',
      },
    };
  }
  return JSON.stringify({ Resources: resources });
}

/** Logical ids of the instances that the CDK's own validation refuses in a region. */
function refusedByCdk(region: string): string[] {
  const { diagnostics } = engine.validateTemplate(new TemplateContent(templateOfInstances()), {
    pseudoParameterOverrides: { region },
    include: { ids: RULES_ON_DATABASES },
  });
  const errors = diagnostics.filter(({ severity }) => severity === 'ERROR');
  const logicalIds = new Set(errors.map(({ entity }) => entity.logicalId));
  return [...logicalIds].sort();
}

/** Logical ids of the instances that the rules of lib/config refuse in a region. */
function refusedByRules(region: string): string[] {
  const refused = instances.filter(({ instanceClass, engineVersion }) => {
    const config = withFields(dev, {
      region,
      'network.availabilityZones': [`${region}a`, `${region}c`],
      'database.instanceType': new InstanceType(instanceClass),
      'database.engineVersion': engineVersion,
    });
    return brokenRules('dev', config).length > 0;
  });
  return refused.map(({ logicalId }) => logicalId).sort();
}

/** Regions that a config may name. */
const REGIONS = RegionInfo.regions.filter(({ partition }) => partition === 'aws').map(({ name }) => name);

test.each(REGIONS)(
  '%s: the rules of lib/config refuse the classes and versions that the CDK refuses: its error names no field of a config',
  (region) => {
    const refused = refusedByCdk(region);
    // Without this finding, the ids of RULES_ON_DATABASES are no longer the CDK's, and nothing would be compared.
    expect(refused).toContain('postgres20');
    expect(refusedByRules(region)).toEqual(refused);
  },
);
