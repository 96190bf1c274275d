import * as configured from '../../lib/config';
import { comparedEnvironments } from '../../tools/repository/environment-table';
import { template } from '../support/assembly';
import { mask } from '../support/mask';

/** The environments of lib/config that have a snapshot: dev and prod, or all if a team has removed one of these. */
const names = Object.keys(comparedEnvironments(configured)) as (keyof typeof configured)[];

// The hashes of assets and the CDK's own metadata are masked: they change without a change of ours.
test.each(names)('%s: a change of the template is seen by a reviewer; renew it with "npm run renew"', (environment) => {
  // The template of the team's own config, not of the config of the tests.
  expect(mask(template(`lib/${environment}`))).toMatchSnapshot();
});
