import type { Resources } from './account';

/** Minimal network of two subnets with a database. */
export function databaseIn(name: string, database: Resources, attributes: Resources = {}): Resources {
  const subnet = (zone: string, CidrBlock: string) => ({
    Type: 'AWS::EC2::Subnet',
    Properties: { VpcId: { Ref: 'Vpc' }, CidrBlock, AvailabilityZone: `ap-northeast-1${zone}` },
  });
  return {
    Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
    SubnetA: subnet('a', '10.0.1.0/24'),
    SubnetC: subnet('c', '10.0.2.0/24'),
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
        ...database,
      },
      ...attributes,
    },
  };
}

/** Trust policy of a role for a service. */
export function trusting(Service: string): Resources {
  return { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service } }] };
}

/** A policy that allows these actions on everything. */
export function allowing(...Action: string[]): Resources {
  return { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: '*' }] };
}

/** Makes the custom resource's call on creation, undoes it if it says how, and responds like the CDK's functions. */
const SOURCE = `
const https = require('node:https');
exports.handler = async ({ RequestType, ResponseURL, ResourceProperties }) => {
  const { Client, Command, Undo, Parameters, Id = 'call' } = ResourceProperties;
  let answer = { Status: 'SUCCESS', PhysicalResourceId: Id, Data: { Name: 'it is ' + Id } };
  console.log(RequestType, Id);
  try {
    const sdk = require('@aws-sdk/client-' + Client);
    const [name] = Object.keys(sdk).filter((each) => /^[A-Z].*Client$/.test(each) && each !== '__Client');
    const command = RequestType === 'Create' || (RequestType === 'Update' && Undo) ? Command : Undo;
    if (command) await new sdk[name]({}).send(new sdk[command + 'Command'](JSON.parse(Parameters)));
  } catch (error) {
    answer = { Status: 'FAILED', PhysicalResourceId: 'failed', Reason: error.name + ': ' + error.message };
  }
  const { hostname, pathname } = new URL(ResponseURL);
  await new Promise((done, failed) =>
    https.request({ hostname, path: pathname, method: 'PUT' }, done).on('error', failed).end(JSON.stringify(answer)));
};`;

/** `Function` of a custom resource, and its `Role`. */
export function functionWith(role: Resources, configuration: Resources = {}, attributes: Resources = {}): Resources {
  return {
    Role: {
      Type: 'AWS::IAM::Role',
      Properties: { AssumeRolePolicyDocument: trusting('lambda.amazonaws.com'), ...role },
    },
    Function: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
        Handler: 'index.handler',
        Runtime: 'nodejs22.x',
        Code: { ZipFile: SOURCE },
        Timeout: 60,
        ...configuration,
      },
      ...attributes,
    },
  };
}

/** Custom resource that makes one call on creation. */
export function awsCall(
  client: string,
  command: string,
  parameters: Resources,
  attributes: Resources = {},
  more: { readonly Id?: string; readonly Undo?: string } = {},
): Resources {
  return {
    Type: 'Custom::Call',
    Properties: {
      ServiceToken: { 'Fn::GetAtt': ['Function', 'Arn'] },
      Client: client,
      Command: command,
      Parameters: JSON.stringify(parameters),
      ...more,
    },
    ...attributes,
  };
}
