import { template } from '../support/assembly';
import { mask } from '../support/mask';

test('prod: a change of the template is seen by a reviewer; renew it with "npm run renew"', () => {
  expect(mask(template('lib/prod'))).toMatchSnapshot();
});
