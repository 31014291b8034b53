import { Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';

/**
 * A topic that mails what it gets, once the recipient has confirmed the subscription.
 *
 * Demanding TLS gives the topic a policy, which takes the place of the default one that lets CloudWatch
 * of the account publish; so that right is written out, for alarms of this account alone. The topic
 * is not encrypted by a key of one's own: alarms hold names and numbers, and mail is not encrypted either.
 *
 * @see {@link https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html Alarms and SNS}
 */
export class AlarmTopic extends Topic {
  constructor(scope: Construct, id: string, email: string) {
    super(scope, id, { displayName: `Alarms of ${Stack.of(scope).stackName}`, enforceSSL: true });
    const { account } = Stack.of(this);
    this.addSubscription(new EmailSubscription(email));
    this.addToResourcePolicy(
      new PolicyStatement({
        sid: 'AlarmsOfThisAccount',
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [this.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': account } },
      }),
    );
  }
}
