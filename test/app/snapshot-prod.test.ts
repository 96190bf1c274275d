import { template } from '../support/assembly';
import { mask } from '../support/mask';

test('prod: a change of the template is seen by a reviewer', () => {
  expect(mask(template('prod'))).toMatchSnapshot();
});
