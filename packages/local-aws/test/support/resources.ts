import type { Resources } from './account';

function subnet(zone: string, range: string): Resources {
  return {
    Type: 'AWS::EC2::Subnet',
    Properties: { VpcId: { Ref: 'Vpc' }, CidrBlock: range, AvailabilityZone: zone },
  };
}

/**
 * Minimal network of two subnets with a database.
 *
 * @param properties - Properties of the database besides those that it needs, or in their place.
 * @param attributes - Attributes of the database, such as `DeletionPolicy`.
 */
export function databaseIn(name: string, properties: Resources = {}, attributes: Resources = {}) {
  return {
    Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
    SubnetA: subnet('ap-northeast-1a', '10.0.1.0/24'),
    SubnetC: subnet('ap-northeast-1c', '10.0.2.0/24'),
    Group: {
      Type: 'AWS::EC2::SecurityGroup',
      Properties: { GroupDescription: 'Database', GroupName: name, VpcId: { Ref: 'Vpc' } },
    },
    SubnetGroup: {
      Type: 'AWS::RDS::DBSubnetGroup',
      Properties: {
        DBSubnetGroupName: name,
        DBSubnetGroupDescription: 'Database',
        SubnetIds: [{ Ref: 'SubnetA' }, { Ref: 'SubnetC' }],
      },
    },
    Database: {
      Type: 'AWS::RDS::DBInstance',
      Properties: {
        DBInstanceIdentifier: name,
        DBInstanceClass: 'db.t4g.micro',
        Engine: 'postgres',
        AllocatedStorage: '20',
        StorageType: 'gp3',
        MasterUsername: 'postgres',
        MasterUserPassword: 'only-of-a-test',
        DBSubnetGroupName: { Ref: 'SubnetGroup' },
        VPCSecurityGroups: [{ 'Fn::GetAtt': ['Group', 'GroupId'] }],
        ...properties,
      },
      ...attributes,
    },
  };
}

/** Resource of a type that the local AWS does not know: its creation always fails. */
export function unknownResource(dependsOn: string): Resources {
  return { Type: 'AWS::Nothing::Known', DependsOn: dependsOn };
}

/** Bucket that is created before its CORS rules are refused. */
export function partialBucket(properties: Resources = {}): Resources {
  const corsRule = { AllowedMethods: ['NONSENSE'], AllowedOrigins: ['*'] };
  return {
    Type: 'AWS::S3::Bucket',
    Properties: { ...properties, CorsConfiguration: { CorsRules: [corsRule] } },
  };
}

/** Trust policy of a role for a service. */
export function trusting(service: string): Resources {
  const statement = { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: service } };
  return { Version: '2012-10-17', Statement: [statement] };
}

/** A policy that allows these actions on everything. */
export function allowing(...actions: string[]): Resources {
  const statement = { Effect: 'Allow', Action: actions, Resource: '*' };
  return { Version: '2012-10-17', Statement: [statement] };
}

/** Makes the custom resource's call on creation, undoes it if it says how, and responds like the CDK's functions. */
const SOURCE = `
const https = require('node:https');

/** Calls AWS as \`Parameters\` say. */
async function call({ Client, Parameters }, operation) {
  const sdk = require('@aws-sdk/client-' + Client);
  const clientName = Object.keys(sdk).find((name) => /^[A-Z].*Client$/.test(name) && name !== '__Client');
  const client = new sdk[clientName]({});
  await client.send(new sdk[operation + 'Command'](JSON.parse(Parameters)));
}

/** Operation that a request of CloudFormation asks for, if any. */
function operationOf(requestType, { Command, Undo }) {
  if (requestType === 'Create') return Command;
  if (requestType === 'Update' && Undo) return Command;
  return Undo;
}

exports.handler = async ({ RequestType, ResponseURL, ResourceProperties }) => {
  const { Id = 'call' } = ResourceProperties;
  let response = { Status: 'SUCCESS', PhysicalResourceId: Id, Data: { Name: 'it is ' + Id } };
  console.log(RequestType, Id);
  try {
    const operation = operationOf(RequestType, ResourceProperties);
    if (operation) await call(ResourceProperties, operation);
  } catch (error) {
    response = { Status: 'FAILED', PhysicalResourceId: 'failed', Reason: error.name + ': ' + error.message };
  }
  const { hostname, pathname } = new URL(ResponseURL);
  await new Promise((resolve, reject) => {
    const request = https.request({ hostname, path: pathname, method: 'PUT' }, resolve);
    request.on('error', reject);
    request.end(JSON.stringify(response));
  });
};`;

/** `Function` of custom resources made by `awsCall`, and its `Role`. */
export function functionWith(roleProperties: Resources, functionProperties: Resources = {}) {
  return {
    Role: {
      Type: 'AWS::IAM::Role',
      Properties: { AssumeRolePolicyDocument: trusting('lambda.amazonaws.com'), ...roleProperties },
    },
    Function: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
        Handler: 'index.handler',
        Runtime: 'nodejs22.x',
        Code: { ZipFile: SOURCE },
        Timeout: 60,
        ...functionProperties,
      },
    },
  };
}

/** Properties of a role with one inline policy. */
export function roleAllowing(...actions: string[]): Resources {
  return { Policies: [{ PolicyName: 'inline', PolicyDocument: allowing(...actions) }] };
}

/** A call to AWS that a custom resource makes. */
interface AwsCall {
  /** Package of the SDK: `s3` for @aws-sdk/client-s3. */
  readonly client: string;
  /** Operation on creation. */
  readonly command: string;
  readonly parameters: Resources;
  /** Operation on deletion with the same parameters; an update then repeats that of the creation. */
  readonly undo?: string;
  readonly physicalId?: string;
  readonly dependsOn?: string | readonly string[];
}

/** Custom resource that makes a call to AWS by the function of `functionWith`. */
export function awsCall({ client, command, parameters, undo, physicalId, dependsOn }: AwsCall): Resources {
  return {
    Type: 'Custom::Call',
    DependsOn: dependsOn,
    Properties: {
      ServiceToken: { 'Fn::GetAtt': ['Function', 'Arn'] },
      Client: client,
      Command: command,
      Undo: undo,
      Parameters: JSON.stringify(parameters),
      Id: physicalId,
    },
  };
}

/** Custom resource that creates a log group. */
export function logGroupCall(name: string, dependsOn?: string | readonly string[]): Resources {
  return awsCall({
    client: 'cloudwatch-logs',
    command: 'CreateLogGroup',
    parameters: { logGroupName: name },
    dependsOn,
  });
}
