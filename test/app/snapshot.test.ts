import * as configured from '../../lib/config';
import { template } from '../support/assembly';
import { mask } from '../support/mask';

const configuredNames = Object.keys(configured) as (keyof typeof configured)[];
const devAndProd = configuredNames.filter((name: string) => ['dev', 'prod'].includes(name));

/** The environments of lib/config that have a snapshot: dev and prod, or all if a team has removed one of these. */
const names = devAndProd.length === 2 ? devAndProd : configuredNames;

// The hashes of assets and the CDK's own metadata are masked: they change without a change of ours.
test.each(names)('%s: a reviewer sees a change; renew it with "npm run renew"', (environment) => {
  // The template of the team's own config, not of the config of the tests.
  expect(mask(template(`lib/${environment}`))).toMatchSnapshot();
});
