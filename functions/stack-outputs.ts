/** Name of the production stack, unless `-c stackName=…` chooses another. */
export const DEFAULT_STACK_NAME = 'AkeneoAppActivation';

/** The alias of every function: the version that serves. Whoever invokes a function names it. */
export const LIVE_ALIAS = 'live';

/**
 * The outputs of the stack, each with its description. `infra` sets them; the command line finds the parts of a deployment
 * by them, and people read them. In a stack of somebody else the place of the construct stands before each name.
 */
export const STACK_OUTPUTS = {
  ActivateUrl: 'Register it in the PIM as the activation URL',
  CallbackUrl:
    'The callback URL of an App Store App; `npx akeneo-app urls <PIM URL>` prints the one of each PIM',
  PimsTable: 'The PIMs that may connect; `pims add` writes it',
  FlowsTable: 'The flows that are under way',
  ConnectionsTable: 'The connected PIMs with their encrypted tokens; back ends read it',
  ClientsTable: 'The encrypted client secrets; `pims add` and `pims rotate-secret` write it',
  ClientSecretKeyArn: 'The KMS key of the client secrets; an operator needs kms:Encrypt for it',
  TokenKeyArn: 'The KMS key of the tokens; a back end needs kms:Decrypt for it',
  ReadConnectionsPolicyArn: 'Attach it to the role of a back end that CDK does not make',
  UndeliveredEventsQueue: 'The URL of the queue that names changes which were given up as events',
  /** Only with logins. */
  LoginUrl: 'Where the App asks who has opened it',
  /** Only with logins. */
  LoginsTable: 'The logins that are under way',
  Stage: 'What the deployment is for: production or development',
  /** Only with a custom domain. */
  CustomDomainTarget: 'What the domain has to point at',
  /** Only with `simulatedPim`. */
  SimulatedPimUrl: 'The PIM that `smoke` connects',
  /** Only with `simulatedPim`. */
  SimulatedPimEventsQueue: 'The URL of the queue in which `smoke` looks for the events of that PIM',
} as const;

/** The name of an output. */
export type StackOutput = keyof typeof STACK_OUTPUTS;
