import { template } from '../support/assembly';
import { mask } from '../support/mask';

test('dev: a change of the template is seen by a reviewer', () => {
  expect(mask(template('dev'))).toMatchSnapshot();
});
