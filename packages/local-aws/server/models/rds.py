"""Databases and their subnet groups."""

import time

from ..api import Properties, client, is_true, only, without
from ..cloudformation.resource import Resource

RENAMED = {'VPCSecurityGroups': 'VpcSecurityGroupIds'}
#: CloudFormation's own switches for updates and deletions
SWITCHES = ('AllowMajorVersionUpgrade', 'ApplyImmediately', 'DeleteAutomatedBackups', 'UseDefaultProcessorFeatures')
#: settings that a restore takes from its snapshot, whatever the template says
INHERITED = ('KmsKeyId', 'MasterUsername', 'StorageEncrypted')
#: settings that a read replica takes from its source
OF_SOURCE = ('AllocatedStorage', 'DBName', 'Engine', 'EngineVersion', 'MasterUsername', 'StorageEncrypted')
#: parameters of a restore that the provider sets afterwards
SET_AFTERWARDS = {'BackupRetentionPeriod', 'CACertificateIdentifier', 'PreferredBackupWindow'}


def _api(properties: Properties) -> Properties:
    return {RENAMED.get(key, key): value for key, value in properties.items() if key not in SWITCHES}


def as_precise(version: str, wanted: str) -> str:
    return wanted if wanted and version.startswith(f'{wanted}.') else version


def as_wanted(wanted: Properties, found: Properties, *names: str) -> Properties:
    """Wanted spelling of values that RDS keeps in lower case."""
    same = [name for name in names if str(wanted.get(name)).lower() == str(found.get(name)).lower()]
    return {name: wanted[name] for name in same if name in wanted}


class DbSubnetGroup(Resource):
    cf_resource_type = 'AWS::RDS::DBSubnetGroup'
    service = 'rds'
    name_property = key = 'DBSubnetGroupName'
    creates = ('CreateDBSubnetGroup',)
    updates = 'ModifyDBSubnetGroup'
    deletes = ('DeleteDBSubnetGroup', 'DBSubnetGroupName')
    tags = ('AddTagsToResource', 'RemoveTagsFromResource', 'ResourceName')

    def tags_id(self) -> str:
        return f'arn:aws:rds:{self.region}:{self.account_id}:subgrp:{self.physical_resource_id}'

    def name(self) -> str:
        # RDS keeps names in lower case, and CloudFormation returns them so.
        return super().name().lower()

    def find(self) -> bool:
        self.physical_resource_id = self.name()
        return bool(self.own('DescribeDBSubnetGroups'))


class DbInstance(Resource):
    cf_resource_type = 'AWS::RDS::DBInstance'
    service = 'rds'
    name_property = 'DBInstanceIdentifier'
    tags = ('AddTagsToResource', 'RemoveTagsFromResource', 'ResourceName')
    final_snapshot = ''

    def create(self, properties: Properties) -> None:
        name = self.name().lower()
        if properties.get('DBSnapshotIdentifier'):
            self._create_from('RestoreDBInstanceFromDBSnapshot', properties, without(properties, *INHERITED), name)
        elif properties.get('SourceDBInstanceIdentifier'):
            self._create_from('CreateDBInstanceReadReplica', properties, without(properties, *OF_SOURCE), name)
        else:
            self.call('CreateDBInstance', _api(properties), DBInstanceIdentifier=name)
        self.physical_resource_id = name
        self._read()

    def find(self) -> bool:
        self.physical_resource_id = self.name().lower()
        self._read()
        return True

    def _read(self) -> None:
        found = self.call('DescribeDBInstances', DBInstanceIdentifier=self.physical_resource_id)
        self.attributes = found['DBInstances'][0]

    def _create_from(self, operation: str, properties: Properties, own: Properties, name: str) -> None:
        """Creates the instance from another one's data with its own properties: those of the operation first."""
        operation_model = client(self.service, self.region).meta.service_model.operation_model(operation)
        taken = operation_model.input_shape.members.keys() - SET_AFTERWARDS
        wanted = _api(own)
        at_once = {key: value for key, value in wanted.items() if key in taken}
        self.call(operation, at_once, DBInstanceIdentifier=name)
        self.physical_resource_id = name
        self._modify({key: value for key, value in properties.items() if key in wanted.keys() - taken}, properties)

    def _modify(self, changed: Properties, properties: Properties) -> None:
        wanted = _api(changed)
        if 'Port' in wanted:
            wanted['DBPortNumber'] = wanted.pop('Port')
        if wanted:
            self.call(
                'ModifyDBInstance',
                {**wanted, **only(properties, 'AllowMajorVersionUpgrade')},
                DBInstanceIdentifier=self.physical_resource_id,
                ApplyImmediately=True,
            )

    def must_replace(self, properties: Properties) -> bool:
        # The provider replaces on a new or changed zone, which a custom name forbids; only Multi-AZ may remove it.
        zone = properties.get('AvailabilityZone')
        moved = zone != self.properties.get('AvailabilityZone') and (zone or not is_true(properties.get('MultiAZ')))
        # Documented: a removed or changed snapshot replaces the instance.
        other = properties.get('DBSnapshotIdentifier') != self.properties.get('DBSnapshotIdentifier')
        return bool(moved) or other or super().must_replace(properties)

    def update(self, properties: Properties, old: Properties) -> None:
        changed = {key: value for key, value in properties.items() if value != old.get(key) and key != 'Tags'}
        if 'MaxAllocatedStorage' in old and 'MaxAllocatedStorage' not in properties:
            # The only way to end storage autoscaling. The provider ignores every other removed property.
            self._read()
            changed['MaxAllocatedStorage'] = self.attributes['AllocatedStorage']
        if self.is_rollback:
            # A rollback leaves storage and engine as the failed update set them.
            for property in ('AllocatedStorage', 'EngineVersion'):
                changed.pop(property, None)
        elif properties.get('StorageType') == 'gp3' and 'AllocatedStorage' in changed:
            changed.update(only(properties, 'Iops', 'StorageThroughput'))
        self._modify(changed, properties)

    def read(self) -> Properties:
        self._read()
        found = self.attributes
        endpoint = found['Endpoint']
        return {
            **found,
            'DBSubnetGroupName': found['DBSubnetGroup']['DBSubnetGroupName'],
            'VPCSecurityGroups': [group['VpcSecurityGroupId'] for group in found['VpcSecurityGroups']],
            # The port of a local program is no drift.
            'Port': self.properties.get('Port') if endpoint['Address'] == 'localhost' else endpoint['Port'],
            'EnablePerformanceInsights': found.get('PerformanceInsightsEnabled'),
            # The template may name a major version, RDS returns a minor one.
            'EngineVersion': as_precise(found['EngineVersion'], self.properties.get('EngineVersion', '')),
            **as_wanted(self.properties, found, 'PreferredMaintenanceWindow', 'PreferredBackupWindow'),
        }

    def snapshot(self) -> None:
        # RDS takes none of a read replica.
        if self.properties.get('SourceDBInstanceIdentifier'):
            return
        self.final_snapshot = f'{self.stack.name}-{self.logical_resource_id}-{int(time.time())}'.lower()

    def delete(self) -> None:
        backups = {'DeleteAutomatedBackups': is_true(self.properties.get('DeleteAutomatedBackups', True))}
        final = {'FinalDBSnapshotIdentifier': self.final_snapshot} if self.final_snapshot else {}
        named = {'DBInstanceIdentifier': self.physical_resource_id, 'SkipFinalSnapshot': not final}
        self.call('DeleteDBInstance', {**named, **final, **backups})
