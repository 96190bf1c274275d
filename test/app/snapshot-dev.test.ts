import { template } from '../support/assembly';
import { mask } from '../support/mask';

test('dev: a change of the template is seen by a reviewer; renew it with "npm run renew"', () => {
  expect(mask(template('lib/dev'))).toMatchSnapshot();
});
