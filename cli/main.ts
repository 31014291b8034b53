import { run } from './run.ts';
import { processIo } from './terminal/process-io.ts';

/** The SDK's notice about Node versions to come is not for the operator, who reads every line as being about the stack. */
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';

process.exitCode = await run(process.argv.slice(2), { io: processIo(process), now: Date.now });
