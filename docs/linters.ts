import { markdownTable } from './markdown.ts';

/** A pack of cdk-nag, by the name that its rules begin with, or checkov. */
export type Linter =
  | 'AwsSolutions'
  | 'Serverless'
  | 'NIST.800.53.R4'
  | 'NIST.800.53.R5'
  | 'HIPAA.Security'
  | 'PCI.DSS.321'
  | 'checkov';

/** What linters complain of, and why it stays as it is. */
interface Exception {
  /** The rules that say so, without the name of their pack. */
  readonly rules: Readonly<Partial<Record<Linter, readonly string[]>>>;
  readonly what: string;
  readonly why: string;
}

/** Packs that share most of their rules. */
function compliance(
  rule: string,
  ...packs: readonly ('NIST.800.53.R4' | 'NIST.800.53.R5' | 'HIPAA.Security' | 'PCI.DSS.321')[]
): Exception['rules'] {
  return Object.fromEntries(packs.map((pack) => [pack, [rule]]));
}

/**
 * All of it, for every linter: tests compare it with what the linters find, in both directions. The rules of AwsSolutions
 * are acknowledged beside their resources.
 */
export const EXCEPTIONS: readonly Exception[] = [
  {
    rules: {
      ...compliance(
        'CloudWatchLogGroupEncrypted',
        'NIST.800.53.R4',
        'NIST.800.53.R5',
        'HIPAA.Security',
        'PCI.DSS.321',
      ),
      checkov: ['CKV_AWS_158'],
    },
    what: 'Log groups have no key of their own',
    why: 'CloudWatch Logs encrypts them by its key. What may be logged is a list of named fields, and no secret is among them ([what is logged](data.md#elsewhere-in-the-account)).',
  },
  {
    rules: compliance(
      'IAMNoInlinePolicy',
      'NIST.800.53.R4',
      'NIST.800.53.R5',
      'HIPAA.Security',
      'PCI.DSS.321',
    ),
    what: 'The policies of roles are inline',
    why: 'Each belongs to one role and goes with it. Nobody else can attach it, and no other policy can be attached by mistake.',
  },
  {
    rules: {
      ...compliance(
        'LambdaInsideVPC',
        'NIST.800.53.R4',
        'NIST.800.53.R5',
        'HIPAA.Security',
        'PCI.DSS.321',
      ),
      checkov: ['CKV_AWS_117'],
    },
    what: 'The functions are in no VPC',
    why: 'They reach AWS and PIMs, both on the internet, and nothing reaches them but the gateway and the schedules. A VPC would add gateways to pay for, and keeps nothing out. `vpc` puts those that ask PIMs into one of yours.',
  },
  {
    rules: {
      ...compliance('LambdaConcurrency', 'NIST.800.53.R5', 'HIPAA.Security'),
      checkov: ['CKV_AWS_115'],
    },
    what: 'No concurrency is reserved',
    why: 'AWS refuses it in a new account. `reservedConcurrency` reserves it for activate and callback; the others can wait.',
  },
  {
    rules: {
      ...compliance('LambdaDLQ', 'NIST.800.53.R5', 'HIPAA.Security'),
      Serverless: ['LambdaDLQ', 'LambdaAsyncFailureDestination'],
      checkov: ['CKV_AWS_116'],
    },
    what: 'The functions have no queue for failed invocations',
    why: 'A browser waits for activate and callback, and reads what went wrong. The health check starts again six hours later, and an alarm says that it did not end. What the events cannot publish is in a queue, by the mapping of the stream.',
  },
  {
    rules: { Serverless: ['EventBusDLQ'] },
    what: 'The rule of the health check has no queue',
    why: 'A run that was not started is made up for by the next one, and the alarm `health-not-run` says that there was none.',
  },
  {
    rules: { Serverless: ['SQSRedrivePolicy'] },
    what: 'The queue of undelivered events hands on to no other',
    why: 'It is where they end: somebody reads it after its alarm.',
  },
  {
    rules: { Serverless: ['SNSRedrivePolicy'] },
    what: 'A mail that does not arrive is not kept',
    why: 'The alarm itself is, with its history. Whoever wants to miss none gives an `alarmTopic` with more than a mail behind it.',
  },
  {
    rules: { Serverless: ['LambdaTracing'] },
    what: 'No traces',
    why: '`tracing` switches them on. They cost money, and the log line of a request says the same.',
  },
  {
    rules: compliance(
      'CloudWatchAlarmAction',
      'NIST.800.53.R4',
      'NIST.800.53.R5',
      'HIPAA.Security',
    ),
    what: 'The alarms tell nobody',
    why: 'Nobody was named. With `alarmEmail` or `alarmTopic` they do.',
  },
  {
    rules: { checkov: ['CKV_AWS_165'] },
    what: 'The table of flows has no backup',
    why: 'A flow lives for half an hour, and a day once it is consumed. A restored one would be worth nothing.',
  },
  {
    rules: { checkov: ['CKV_AWS_173'] },
    what: 'Variables of functions have no key of their own',
    why: 'Lambda encrypts them by its key. They hold names of tables and keys, and no secret.',
  },
  {
    rules: {
      ...compliance(
        'SNSEncryptedKMS',
        'NIST.800.53.R4',
        'NIST.800.53.R5',
        'HIPAA.Security',
        'PCI.DSS.321',
      ),
      checkov: ['CKV_AWS_26'],
    },
    what: 'The topic of the alarms is not encrypted',
    why: 'With the key that SNS brings, alarms could not publish; a key of our own would cost more than all alarms of a small deployment. A mail quotes the text of an alarm, and no data. Whoever needs it gives an `alarmTopic`.',
  },
  {
    rules: { checkov: ['CKV_AWS_27'] },
    what: 'The queue has no key of its own',
    why: 'It is encrypted by the key of SQS, which this rule does not count. An entry names a PIM and a client id.',
  },
];

/** The rules of a linter that are explained, by the names that the linter has for them. */
export function explainedRules(linter: Linter): readonly string[] {
  const rules = EXCEPTIONS.flatMap((exception) => exception.rules[linter] ?? []);
  return linter === 'checkov' ? rules : rules.map((rule) => `${linter}-${rule}`);
}

/** What each linter finds, and why it stays. */
export function lintersTable(): string {
  const rows = EXCEPTIONS.map(({ rules, what, why }) => [what, rulesText(rules), why]);
  return markdownTable(['Finding', 'Rules', 'Why it stays'], rows);
}

function rulesText({ checkov = [], ...packs }: Exception['rules']): string {
  const names = new Set(Object.values(packs).flat());
  return [...names, ...checkov].map((rule) => `\`${rule}\``).join(', ');
}
