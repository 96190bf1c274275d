import { resource, reviewStack } from './support/assemblies';

const bucket = (Properties: object = {}) => ({ Type: 'AWS::S3::Bucket', DeletionPolicy: 'Delete', Properties });

describe('a renamed construct', () => {
  const renamed = (Old: object, New: object = Old) => reviewStack({ resources: { Old } }, { resources: { New } });

  it('with the same name cannot be deployed', () => {
    const log = resource('AWS::Logs::LogGroup', { LogGroupName: '/prooflink/web' });
    const { exitCode, stdout } = renamed(log, { ...log, Properties: { ...log.Properties, RetentionInDays: 30 } });
    expect(stdout).toContain(
      'Renamed: it is created again as `New`, and the new one is empty. To keep it, keep its logical ID',
    );
    expect(stdout).toContain(
      '**: Added. `LogGroupName` `/prooflink/web` is still in use by `Old` when this resource is created',
    );
    expect(exitCode).toBe(1);
  });

  it('with data and no name comes back empty', () => {
    const { exitCode, stdout } = renamed(bucket({ VersioningConfiguration: { Status: 'Enabled' } }));
    expect(stdout).toContain('Removed. It is deleted if it is empty');
    expect(stdout).toContain('Renamed: it is created again as `New`, and the new one is empty.');
    expect(exitCode).toBe(4);
  });

  it('without data is no risk, but to look at', () => {
    const association = (id: string) => ({
      [`${id}Table`]: resource('AWS::EC2::RouteTable', { VpcId: 'vpc' }),
      [`${id}Association`]: resource('AWS::EC2::SubnetRouteTableAssociation', {
        RouteTableId: { Ref: `${id}Table` },
        SubnetId: 'subnet',
      }),
    });
    const { exitCode, stdout } = reviewStack({ resources: association('Old') }, { resources: association('New') });
    expect(stdout).toContain('Renamed: it is created again as `NewTable`.');
    expect(stdout).toContain('3 to check');
    expect(exitCode).toBe(0);
  });

  it('under a new condition is not there where that is false', () => {
    const { stdout } = renamed(bucket(), { ...bucket(), Condition: 'IsDev' });
    expect(stdout).not.toContain('Renamed');
  });

  const profile = (...Roles: string[]) => resource('AWS::IAM::InstanceProfile', { Roles });

  it('with the same properties gives nothing that the old one did not', () => {
    const { stdout } = renamed(profile('web'));
    expect(stdout).toContain('Added. All of its properties are those of `Old`, which is removed.');
    expect(stdout).not.toMatch(/⚠️|Everyone who can start/);
  });

  it('with another role is new', () => {
    const { stdout } = renamed(profile('web'), profile('admin'));
    expect(stdout).toContain('Everyone who can start an instance with it gets the permissions of the role `admin`.');
    expect(stdout).not.toContain('All of its properties');
  });
});
