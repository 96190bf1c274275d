import * as configured from '../../lib/config';
import { comparedEnvironments } from '../../tools/repository/environment-table';
import { template } from '../support/assembly';
import { mask } from '../support/mask';

/** Dev and prod, or all environments of lib/config where one of these is missing. */
const names = Object.keys(comparedEnvironments(configured)) as (keyof typeof configured)[];

// The hashes of assets and the CDK's own metadata are masked: they change without a change of ours.
test.each(names)('%s: a change of the template is seen by a reviewer; renew it with "npm run renew"', (environment) => {
  expect(mask(template(`lib/${environment}`))).toMatchSnapshot();
});
