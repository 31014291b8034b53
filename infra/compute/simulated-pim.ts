import { Duration, Stack, Validations } from 'aws-cdk-lib';
import { HttpApi, HttpStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { EventBus, Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { SIMULATED_PIM_VARIABLES, VariablesOf } from '../../functions/environment.ts';
import { EVENT_SOURCE } from '../../functions/events/app-event.ts';
import type { Settings } from '../configuration/settings.ts';
import { type FunctionSettings, HandlerFunction } from './handler-function.ts';

/** Which bus gets the events. */
type BusSettings = Pick<Settings, 'eventBus'>;

/** What the simulated PIM knows of the App. */
export interface SimulatedPimProps {
  readonly settings: FunctionSettings & BusSettings;
  /** The plain one. */
  readonly callbackUrl: string;
}

/**
 * A PIM at an address of its own, and a queue that gets the events of its connection: what `npx akeneo-app smoke` needs to
 * prove a deployment. Development only.
 *
 * It belongs to the stack and not to the command, so that the command needs no right to make roles and functions, and
 * nothing that it made is left when it is killed. The function may write its own log and nothing else. Anybody may ask
 * it; it is throttled, and holds nothing.
 */
export class SimulatedPim extends HandlerFunction<'simulated-pim'> {
  /** As it is listed. */
  public readonly url: string;
  /** What EventBridge tells of the PIM's connection, for an hour. */
  public readonly events: Queue;

  constructor(scope: Construct, id: string, { settings, callbackUrl }: SimulatedPimProps) {
    super(scope, id, {
      handler: 'simulated-pim',
      description: 'Answers as a PIM, for npx akeneo-app smoke',
      environment: { CALLBACK_URL: callbackUrl } satisfies VariablesOf<
        typeof SIMULATED_PIM_VARIABLES
      >,
      settings,
    });
    this.url = this.#api();
    this.events = this.#queue();
    this.#tellEvents(settings);
  }

  /** All paths go to the function, so there is no route. */
  #api(): string {
    const api = new HttpApi(this, 'Api', {
      apiName: `${Stack.of(this).stackName}-simulated-pim`,
      description: 'A PIM that is none, for npx akeneo-app smoke',
      createDefaultStage: false,
      defaultIntegration: new HttpLambdaIntegration('Integration', this.alias),
    });
    const throttle = { rateLimit: 10, burstLimit: 5 };
    const stage = new HttpStage(this, 'Stage', { httpApi: api, autoDeploy: true, throttle });
    Validations.of(stage).acknowledge({ id: 'AwsSolutions-APIG1', reason: NO_PIM });
    Validations.of(api).acknowledge({ id: 'AwsSolutions-APIG4', reason: NO_PIM });
    return api.apiEndpoint;
  }

  #queue(): Queue {
    const queue = new Queue(this, 'Events', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.hours(1),
    });
    Validations.of(queue).acknowledge({ id: 'AwsSolutions-SQS3', reason: NO_PIM });
    return queue;
  }

  #tellEvents({ eventBus }: BusSettings): void {
    new Rule(this, 'Rule', {
      description: 'Tells npx akeneo-app smoke what became of the simulated PIM',
      ...(eventBus && { eventBus: EventBus.fromEventBusArn(this, 'Bus', eventBus.eventBusArn) }),
      eventPattern: { source: [EVENT_SOURCE], detail: { pim: [this.url] } },
      targets: [new SqsQueue(this.events)],
    });
  }
}

const NO_PIM =
  'A simulated PIM of a development stage: nothing is in it, and nobody is waiting for it.';
