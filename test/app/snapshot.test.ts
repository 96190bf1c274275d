import { template } from '../support/assembly';
import { mask } from '../support/mask';

test.each(['dev', 'prod'] as const)(
  '%s: a change of the template is seen by a reviewer; renew it with "npm run renew"',
  (environment) => {
    expect(mask(template(`lib/${environment}`))).toMatchSnapshot();
  },
);
