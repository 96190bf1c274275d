/**
 * Code of a CDK app with more environments than this repository's: copies of dev, named copy1, copy2, and so on, are added.
 *
 * The code is JavaScript in a file outside of the repository. It requires modules of the repository that are TypeScript,
 * which works since the command in `cdk.json` registers ts-node (`-r ts-node/register`).
 */
export function largerAppCode(repositoryFolder: string, copyCount: number): string {
  return `
const repositoryFolder = ${JSON.stringify(repositoryFolder)};
const load = (module) => require(repositoryFolder + '/' + module);
const environments = { ...load('lib/config') };
for (let index = 1; index <= ${copyCount}; index++) environments['copy' + index] = { ...environments.dev };
const app = new (load('node_modules/aws-cdk-lib/core').App)();
load('lib/create-stacks').createStacks(app, environments);
`;
}
