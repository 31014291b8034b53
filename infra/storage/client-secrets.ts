import { ArnFormat, Stack, Token, Validations } from 'aws-cdk-lib';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { Construct, type IConstruct } from 'constructs';

/**
 * The place of the client secrets in Secrets Manager: one named `<prefix><client id>` for each client.
 *
 * The secrets themselves are made by the operator's command line. A PIM hands out a client secret only
 * once the URLs of this stack are registered, and a secret in a template would be no secret.
 */
export class ClientSecrets extends Construct {
  /** Begins with the stack's name, so that two stacks in one account cannot read each other's. */
  public readonly prefix: string;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.prefix = `${Stack.of(this).stackName}/client-secrets/`;
  }

  /** Lets a function read the value of any secret under the prefix. */
  grantRead(grantee: IGrantable & IConstruct): Grant {
    Validations.of(grantee).acknowledge({
      id: `AwsSolutions-IAM5[Resource::${this.#secretsAsFindingShowsThem()}]`,
      reason:
        'A secret is made for each client id after the deployment, so it is named by its prefix, which belongs to this stack alone.',
    });
    return Grant.addToPrincipal({
      grantee,
      actions: ['secretsmanager:GetSecretValue'],
      resourceArns: [this.#secrets()],
    });
  }

  #secrets(): string {
    return Stack.of(this).formatArn({
      service: 'secretsmanager',
      resource: 'secret',
      resourceName: `${this.prefix}*`,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
  }

  /** A finding shows what is only known at deployment as `<AWS::…>`. */
  #secretsAsFindingShowsThem(): string {
    const { partition, region, account } = Stack.of(this);
    const shown = (value: string, name: string) => (Token.isUnresolved(value) ? name : value);
    return [
      'arn',
      shown(partition, '<AWS::Partition>'),
      'secretsmanager',
      shown(region, '<AWS::Region>'),
      shown(account, '<AWS::AccountId>'),
      'secret',
      `${this.prefix}*`,
    ].join(':');
  }
}
