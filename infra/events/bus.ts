import type { IEventBus } from 'aws-cdk-lib/aws-events';

/** A bus of EventBridge; all that is needed of it is its ARN. */
export type Bus = Pick<IEventBus, 'eventBusArn'>;
