import { type EventPattern, type IRule, Rule, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { SnsTopic } from 'aws-cdk-lib/aws-events-targets';
import { Role } from 'aws-cdk-lib/aws-iam';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { serviceOfThisAccount } from './service-principal';

export interface EventMailProps {
  readonly description: string;
  readonly events: EventPattern;
  readonly topic: ITopic;
  /** Text of the mail, as an object: AWS writes its values as JSON, while a quote would break a plain text. */
  readonly message: Readonly<Record<string, string>>;
}

/**
 * Mails events of AWS services. EventBridge publishes with a role that trusts it for this account only: the topic's
 * policy cannot say so, since EventBridge fulfils no condition there.
 */
export class EventMail extends Construct {
  protected readonly rule: IRule;

  constructor(scope: Construct, id: string, props: EventMailProps) {
    super(scope, id);
    const role = new Role(this, 'Role', { assumedBy: serviceOfThisAccount('events.amazonaws.com') });
    this.rule = new Rule(this, 'Rule', {
      description: props.description,
      eventPattern: props.events,
      targets: [new SnsTopic(props.topic, { role, message: RuleTargetInput.fromObject(props.message) })],
    });
  }
}
