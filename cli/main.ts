import { run } from './run.ts';
import { processIo } from './terminal/process-io.ts';

/** The SDK's notice about future Node versions is not for operators, who take every line as being about their stack. */
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';

process.exitCode = await run(process.argv.slice(2), { io: processIo(process), now: Date.now });
