import { createRequire } from 'node:module';
import { InstanceType } from 'aws-cdk-lib/aws-ec2';
import { RegionInfo } from 'aws-cdk-lib/region-info';
import { FAMILIES, sizesOf } from '../../lib/config/rules/database-classes';
import { brokenRules } from '../../lib/config/validate';
import { withFields } from '../support/config';
import { dev } from '../support/configs';

interface Diagnostic {
  readonly severity: string;
  readonly entity: { readonly logicalId: string };
}

/** The CDK's own validation, which a synth runs over each template: its findings name no field of a config. */
interface Validation {
  readonly CompositeEngine: new () => {
    validateTemplate(template: unknown, config: object): { readonly diagnostics: readonly Diagnostic[] };
  };
  readonly TemplateContent: new (text: string) => unknown;
}

/** Reads what aws-cdk-lib depends on. */
const requireOfCdk = createRequire(require.resolve('aws-cdk-lib'));
const { CompositeEngine, TemplateContent } = requireOfCdk('@aws/cloudformation-validate') as Validation;

const engine = new CompositeEngine();

/** A DB instance that is judged, by a name that a template may have. */
interface Judged {
  readonly logicalId: string;
  readonly instanceClass: string;
  readonly engineVersion: string;
}

const judged: readonly Judged[] = [
  ...FAMILIES.map((family) => ({
    logicalId: family,
    instanceClass: `${family}.${sizesOf(family)[1]}`,
    engineVersion: '15',
  })),
  ...['15', '16', '17', '18', '19', '20'].map((engineVersion) => ({
    logicalId: `postgres${engineVersion}`,
    instanceClass: 'm6g.large',
    engineVersion,
  })),
];

/** Logical ids that the CDK's own validation refuses in a region. */
function refusedByCdk(region: string): string[] {
  const resources = judged.map(({ logicalId, instanceClass, engineVersion }) => [
    logicalId,
    {
      Type: 'AWS::RDS::DBInstance',
      Properties: {
        Engine: 'postgres',
        EngineVersion: engineVersion,
        DBInstanceClass: `db.${instanceClass}`,
        AllocatedStorage: '20',
      },
    },
  ]);
  const template = new TemplateContent(JSON.stringify({ Resources: Object.fromEntries(resources) as unknown }));
  const { diagnostics } = engine.validateTemplate(template, {
    pseudoParameterOverrides: { region },
    include: { ids: ['E3025', 'E9006'] },
  });
  const refused = diagnostics.filter(({ severity }) => severity === 'ERROR').map(({ entity }) => entity.logicalId);
  return [...new Set(refused)].sort();
}

/** Logical ids that the rules on a config refuse in a region. */
function refusedByRules(region: string): string[] {
  const inRegion = withFields(dev, { region, 'network.availabilityZones': [`${region}a`, `${region}c`] });
  const refused = judged.filter(({ instanceClass, engineVersion }) => {
    const config = withFields(inRegion, {
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
  'classes and versions that the CDK refuses in %s, with a wall of text and without a field, are refused by field',
  (region) => {
    const refused = refusedByCdk(region);
    expect(refused).toContain('postgres20');
    expect(refusedByRules(region)).toEqual(refused);
  },
);
