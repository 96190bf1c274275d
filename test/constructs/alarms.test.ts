import { Template } from 'aws-cdk-lib/assertions';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Repository } from 'aws-cdk-lib/aws-ecr';
import { Duration, Size } from 'aws-cdk-lib/core';
import { Alarms, type AlarmsProps } from '../../lib/constructs/alarms';
import { ImageTags } from '../../lib/image-tags';
import { names, newStack } from '../support/construct';

const ALARM = 'AWS::CloudWatch::Alarm';

const metric = (metricName: string) => new Metric({ namespace: 'Test', metricName });

function build(props: Partial<AlarmsProps> = {}): Template {
  const stack = newStack();
  new Alarms(stack, 'Alarms', {
    names,
    email: 'night-watch@example.com',
    language: undefined,
    slack: undefined,
    webCpuPercent: 75,
    webMemoryPercent: 90,
    responseTime: Duration.millis(1500),
    http5xxCount: 5,
    databaseCpuPercent: 65,
    databaseFreeStorage: Size.gibibytes(4),
    databaseConnections: 70,
    imageTags: new ImageTags(stack, { migrates: false, importsUsers: false }),
    officeHours: false,
    webCpu: metric('WebCpu'),
    webMemory: metric('WebMemory'),
    loadBalancer: {
      healthyTargets: metric('HealthyTargets'),
      unhealthyTargets: metric('UnhealthyTargets'),
      connectionErrors: metric('ConnectionErrors'),
      loadBalancer5xx: metric('LoadBalancer5xx'),
      application5xx: metric('Application5xx'),
      responseTime: metric('ResponseTime'),
    },
    database: { cpu: metric('DatabaseCpu'), freeStorage: metric('FreeStorage'), connections: metric('Connections') },
    userImport: undefined,
    jobs: [],
    restoreTest: undefined,
    scannedRegistries: [],
    ...props,
  });
  return Template.fromStack(stack);
}

const userImport = { jobDefinitionArn: 'arn:aws:batch:::job-definition/import' };

test('alarms, dashboard and mails are in Japanese if the config says so', () => {
  // A person who is woken at night reads one of the three.
  const japanese = build({ language: 'ja', userImport });
  const meaning = 'インポートのジョブが失敗しました';
  japanese.hasResourceProperties(ALARM, { AlarmName: 'prooflink-test-import-failed', AlarmDescription: meaning });
  const dashboard = JSON.stringify(japanese.findResources('AWS::CloudWatch::Dashboard'));
  expect(dashboard).toContain(meaning);
  expect(dashboard).not.toMatch(/Database|tasks:/);
  const rule = JSON.stringify(japanese.findResources('AWS::Events::Rule'));
  expect(rule).toContain(`{\\"message\\":\\"${meaning}\\"`);
});

test('missing targets are no outage where the tasks are stopped at night', () => {
  build({ officeHours: true }).hasResourceProperties(ALARM, {
    AlarmName: 'prooflink-test-no-healthy-target',
    TreatMissingData: 'notBreaching',
  });
});

test('findings are mailed where a registry is scanned, and else nothing of them is there', () => {
  // An event rule that never fires would promise a mail.
  build().resourceCountIs('AWS::Events::Rule', 0);
  const registry = Repository.fromRepositoryName(newStack(), 'Registry', 'test-app');
  build({ scannedRegistries: [registry] }).resourceCountIs('AWS::Events::Rule', 1);
});
