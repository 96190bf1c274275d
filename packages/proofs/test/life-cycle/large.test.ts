import { assembly } from '../../../../test/support/assembly';
import { Life } from './support/life';
import { live } from './support/live';
import { deploy, FIRST, push } from './support/steps';

const life = new Life('testlarge');
const app = ['--app', assembly];

live(life, [
  {
    name: 'the first deploy of an environment ten times prod’s size succeeds',
    calls: [() => life.startPrepared({ run: false }), deploy('', '', ...app)],
    ...FIRST,
  },
  {
    name: 'the tag v1, pushed and deployed: as many tasks as the config says',
    calls: [push(life, 'v1'), deploy('v1', 'v1', ...app)],
    runs: { tag: 'v1' },
  },
]);
