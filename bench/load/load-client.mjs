// Signs up, confirms and removes users, as their browsers and an administrator would. It has its own process,
// and no SDK, so that its own work is not measured.
import { Agent, request } from 'node:http';

const agent = new Agent({ keepAlive: true });

function call(endpoint, target, input) {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': target };
    request(endpoint, { agent, method: 'POST', headers }, (response) => {
      let body = '';
      response.on('data', (chunk) => {
        body += chunk;
      });
      response.on('end', () => {
        if (response.statusCode === 200) resolve(JSON.parse(body || '{}'));
        else reject(new Error(`${target}: ${body}`));
      });
    })
      .on('error', reject)
      .end(JSON.stringify(input));
  });
}

/** Makes `concurrency` calls at a time. @returns the answer of each call, and how long it took, in ms. */
async function run({ endpoint, target, inputs, concurrency }) {
  const times = [];
  const answers = [];
  const waiting = inputs.entries();
  const worker = async () => {
    for (const [index, input] of waiting) {
      const begin = performance.now();
      answers[index] = await call(endpoint, target, input);
      times.push(performance.now() - begin);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  return { times, answers };
}

process.on('message', async (message) => {
  try {
    process.send(await run(message));
  } catch (error) {
    process.send({ error: error.message });
  }
});
process.on('disconnect', () => process.exit());
