import type { IRepository } from 'aws-cdk-lib/aws-ecr';
import { EventField, Match } from 'aws-cdk-lib/aws-events';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { EventMail } from './event-mail';

export interface ScanFindingsProps {
  readonly registries: readonly IRepository[];
  readonly topic: ITopic;
}

/** Says which pushed image has known vulnerabilities that are high or critical, and how many. */
export class ScanFindings extends EventMail {
  constructor(scope: Construct, id: string, props: ScanFindingsProps) {
    const some = (severity: string) => ({ [severity]: Match.greaterThan(0) });
    super(scope, id, {
      description: 'Images with high or critical findings',
      events: {
        source: ['aws.ecr'],
        detailType: ['ECR Image Scan'],
        detail: {
          'repository-name': props.registries.map(({ repositoryName }) => repositoryName),
          'finding-severity-counts': { $or: [some('CRITICAL'), some('HIGH')] },
        },
      },
      topic: props.topic,
      message: {
        message: 'The scan of an image found known vulnerabilities',
        repository: EventField.fromPath('$.detail.repository-name'),
        tags: EventField.fromPath('$.detail.image-tags'),
        digest: EventField.fromPath('$.detail.image-digest'),
        findings: EventField.fromPath('$.detail.finding-severity-counts'),
      },
    });
  }
}
