"""Certificates and DNS records."""

from ..api import Properties, call, only, without
from ..cloudformation.resource import NeverReady, Resource


class Certificate(Resource):
    """CloudFormation writes the record for DNS validation into the zone, and leaves it there."""

    cf_resource_type = 'AWS::CertificateManager::Certificate'
    service = 'acm'
    tags = ('AddTagsToCertificate', 'RemoveTagsFromCertificate', 'CertificateArn')
    requested = ('DomainName', 'SubjectAlternativeNames', 'ValidationMethod', 'KeyAlgorithm', 'Tags')
    deletes = ('DeleteCertificate', 'CertificateArn')

    def update_tags(self, properties: Properties, old: Properties) -> None:
        arn = self.physical_resource_id
        self.call('RemoveTagsFromCertificate', CertificateArn=arn, Tags=old.get('Tags', []))
        self.call('AddTagsToCertificate', CertificateArn=arn, Tags=properties.get('Tags', []))

    def create(self, properties: Properties) -> None:
        self.known(properties, *self.requested, 'DomainValidationOptions')
        requested = self.call('RequestCertificate', only(properties, *self.requested))
        self.physical_resource_id = requested['CertificateArn']
        described = self.call('DescribeCertificate', CertificateArn=self.physical_resource_id)['Certificate']
        records = {each['DomainName']: each.get('ResourceRecord') for each in described['DomainValidationOptions']}
        for option in properties.get('DomainValidationOptions', []):
            record = records.get(option['DomainName'])
            if option.get('HostedZoneId') and record:
                change_record(
                    self.region,
                    'UPSERT',
                    option['HostedZoneId'],
                    {**record, 'TTL': 300, 'ResourceRecords': [{'Value': record['Value']}]},
                )
        found = self.call('DescribeCertificate', CertificateArn=self.physical_resource_id)['Certificate']
        if found['Status'] == 'PENDING_VALIDATION':
            raise NeverReady(
                f'Resource timed out waiting for completion: {self.physical_resource_id} is still PENDING_VALIDATION'
            )


def change_record(region: str, action: str, zone_id: str, record: Properties) -> None:
    batch = {'Changes': [{'Action': action, 'ResourceRecordSet': without(record, 'Value')}]}
    call('route53', region, 'ChangeResourceRecordSets', {'HostedZoneId': zone_id, 'ChangeBatch': batch})


class RecordSet(Resource):
    cf_resource_type = 'AWS::Route53::RecordSet'
    service = 'route53'

    def create(self, properties: Properties) -> None:
        self._change('CREATE', properties)
        self.physical_resource_id = properties['Name'].rstrip('.')

    def update(self, properties: Properties, old: Properties) -> None:
        self._change('UPSERT', properties)

    def _change(self, action: str, properties: Properties) -> None:
        record = without(properties, 'HostedZoneId', 'Comment')
        if 'ResourceRecords' in record:
            record['ResourceRecords'] = [{'Value': value} for value in record['ResourceRecords']]
        if 'AliasTarget' in record:
            record['AliasTarget'] = {'EvaluateTargetHealth': False, **record['AliasTarget']}
        change_record(self.region, action, properties['HostedZoneId'], record)

    def delete(self) -> None:
        self._change('DELETE', self.properties)
