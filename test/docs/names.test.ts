import { rulesHold } from './hold';
import { NAME_RULES } from './names';

rulesHold(NAME_RULES, {
  namesExist: [
    ['a service that is called otherwise', '`prooflink-dev-services`', 'prooflink-dev-services'],
    ['a name with a letter too few, of either environment', '"prooflink-$E-clster"', '-clster'],
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
});
