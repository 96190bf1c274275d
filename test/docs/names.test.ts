import { FILES, page } from './documents';
import { NAME_RULES } from './names';

/** Text of a page, and the rule's finding. */
const CASES: Record<keyof typeof NAME_RULES, readonly (readonly [says: string, text: string, finds: string])[]> = {
  namesExist: [
    ['a service that is called otherwise', '`prooflink-dev-services`', 'prooflink-dev-services'],
    ['a name with a letter too few, of either environment', '"prooflink-$E-clster"', 'prooflink-dev-clster'],
    ['a log group in another place', '`aws logs tail /ecs/prooflink-dev`', '/ecs/prooflink-dev'],
    ['a stack that there is not', '`cdk deploy ProoflinkQa`', 'ProoflinkQa'],
    ['a database that there is not', '`psql prooflink_test`', 'prooflink_test'],
  ],
  secretsExist: [['a secret that there is not', '`$(secret MasterSecrets)`', 'MasterSecrets']],
  typesExist: [['a type that is not deployed', '`AWS::RDS::DBCluster`', 'AWS::RDS::DBCluster']],
  parametersExist: [['a parameter that there is not', '`--parameters ImageTag=v1`', 'ImageTag']],
  fieldsExist: [
    ['a field that moved', '`database.multiZone: true`', 'database.multiZone'],
    ['one in a section of dev only', '`officeHours.begin`', 'officeHours.begin'],
  ],
};

describe.each(Object.keys(CASES) as (keyof typeof CASES)[])('%s', (name) => {
  it('holds on every page: a name that is misspelt asks AWS for nothing', () => {
    expect(FILES.flatMap((file) => NAME_RULES[name](page(file)).map((finding) => `${file}: ${finding}`))).toEqual([]);
  });

  it.each(CASES[name])('sees %s', (_, text, finds) => {
    expect(NAME_RULES[name]({ file: 'README.md', text })).toContain(finds);
  });
});
