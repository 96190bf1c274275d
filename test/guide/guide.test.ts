import * as configured from '../../lib/config';
import { template } from '../support/assembly';
import { dev, prod } from '../support/configs';
import { Deployed, deployed } from '../support/deployed';
import { deviations, guideHolds } from './deviations';
import { type ComparedEnvironment, differencesFromGuide, missingLines } from './differences';

/** Environments of the guide's tables. */
const GUIDE_ENVIRONMENTS = ['dev', 'prod'] as const;

/** The guide's own configs: what differs here differs in a construct. */
const byConstructs: readonly ComparedEnvironment[] = [
  { name: 'dev', config: dev, stack: deployed('dev') },
  { name: 'prod', config: prod, stack: deployed('prod') },
];

const configuredNames = Object.keys(configured) as (keyof typeof configured)[];

/** Environments of lib/config that the guide has, too: a team may rename or remove one. */
const byConfig = configuredNames.flatMap((configuredName): ComparedEnvironment[] => {
  const name = GUIDE_ENVIRONMENTS.find((guideName: string) => guideName === configuredName);
  if (!name) return [];
  return [{ name, config: configured[configuredName], stack: deployed(`lib/${configuredName}`) }];
});

/** The same row may differ in both. */
const compared = [...byConstructs, ...byConfig];

// The guide describes the first environments. docs/moving-in.md says when a team ends it.
(guideHolds ? describe : describe.skip)('the guide', () => {
  test('has the values of lib, or deviations.ts gives a reason', () => {
    const missing = compared.flatMap((environment) => missingLines(differencesFromGuide(environment), deviations));
    const lines = [...new Set(missing)];
    if (lines.length === 0) return;
    throw new Error(
      'lib differs from the guide or a decision. If that is meant, add these lines to test/guide/deviations.ts, ' +
        `each with its reason in place of <why>:\n\n  ${lines.join('\n  ')}\n`,
    );
  });

  test('each line of deviations.ts is about a row that differs', () => {
    // A stale one would excuse the row's next difference.
    const differences = compared.flatMap(differencesFromGuide);
    const rows = differences.map(({ row }) => row);
    expect(Object.keys(deviations).filter((row) => !rows.includes(row))).toEqual([]);
  });

  // A team's own security group or listener would ask for a line in the guide, which does not have it.
  test('says nothing of a resource in a construct of a team’s own', () => {
    const teamsOwn = (type: string) => ({
      Type: type,
      Metadata: { 'aws:cdk:path': 'ProoflinkDev/Cache/Own/Resource' },
    });
    const types = ['AWS::EC2::SecurityGroupIngress', 'AWS::EC2::Subnet', 'AWS::ElasticLoadBalancingV2::Listener'];
    const ownDev = template('dev');
    for (const type of types) ownDev.Resources[`Own${type.replaceAll('::', '')}`] = teamsOwn(type);
    const stack = new Deployed(ownDev, { AppImageTag: 'v1' });
    const differences = differencesFromGuide({ name: 'dev', config: dev, stack });
    expect(differences).toEqual(byConstructs.slice(0, 1).flatMap(differencesFromGuide));
  });
});
