import { runInNewContext } from 'node:vm';
import { largerAppCode } from '../../repository/larger-app-code';

test.each([
  { title: 'a plain path', folder: '/home/me/repository' },
  { title: 'a path with quotes', folder: `/home/o'neill/"repository"` },
  { title: 'a path with a backslash', folder: String.raw`/home/me\repository` },
])('the code of a larger app loads the app from $title, and adds copies of dev', ({ folder }) => {
  const dev = { region: 'ap-northeast-1' };
  const createStacks = jest.fn();
  const modules: Readonly<Record<string, unknown>> = {
    [`${folder}/lib/config`]: { dev, prod: {} },
    [`${folder}/node_modules/aws-cdk-lib/core`]: { App: class {} },
    [`${folder}/lib/create-stacks`]: { createStacks },
  };
  const code = largerAppCode(folder, 2);
  runInNewContext(code, { require: (module: string) => modules[module] });
  expect(createStacks).toHaveBeenCalledWith(expect.anything(), { dev, prod: {}, copy1: dev, copy2: dev });
});
