import { once } from 'node:events';
import { resolve } from 'node:path';
import type { ServerAnswer, ServerOptions } from '../client/server-messages';
import { CloudAssembly } from '../cloudformation/cloud-assembly';
import { LocalCloud } from '../local-cloud';

/** The process that the package's `LocalCloud` starts: it serves one app until its parent is gone. */
async function main(): Promise<void> {
  // Today's SDK runs on Node 20, but warns that it will not in 2027.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
  const parentIsGone = once(process, 'disconnect');
  // Ctrl-C goes to the parent, too, and it is the parent that decides.
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => {});
  const [options] = await once(process, 'message');
  const cloud = await Promise.race([start(options), parentIsGone.then(() => undefined)]);
  await parentIsGone;
  await cloud?.close();
}

async function start({ app, stack, ...options }: ServerOptions): Promise<LocalCloud | undefined> {
  try {
    const cloud = await LocalCloud.start({ assembly: new CloudAssembly(resolve(app), stack), ...options });
    const { endpoint, region, stackOutputs, outputs, notes } = cloud;
    answer({ started: { endpoint, region, stackOutputs, outputs, notes } });
    return cloud;
  } catch (error) {
    answer({ error: (error as Error).message });
    return undefined;
  }
}

function answer(message: ServerAnswer): void {
  process.send?.(message);
}

void main().finally(() => process.exit());
