// Signs up and confirms users, as their browsers would: in a process of its own, and without an SDK, so that
// what is measured is not the one who measures.
import { Agent, request } from 'node:http';

const agent = new Agent({ keepAlive: true });

function call(endpoint, action, input) {
  return new Promise((resolve, reject) => {
    const headers = {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `AWSCognitoIdentityProviderService.${action}`,
    };
    request(endpoint, { agent, method: 'POST', headers }, (response) => {
      let body = '';
      response.on('data', (chunk) => {
        body += chunk;
      });
      response.on('end', () => {
        if (response.statusCode === 200) resolve(body);
        else reject(new Error(`${action}: ${body}`));
      });
    })
      .on('error', reject)
      .end(JSON.stringify(input));
  });
}

/** Makes the calls, so many at a time. @returns how long each took, in ms. */
async function run({ endpoint, action, inputs, concurrency }) {
  const times = [];
  const waiting = inputs.values();
  const worker = async () => {
    for (const input of waiting) {
      const begin = performance.now();
      await call(endpoint, action, input);
      times.push(performance.now() - begin);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  return times;
}

process.on('message', async (message) => {
  try {
    process.send({ times: await run(message) });
  } catch (error) {
    process.send({ error: error.message });
  }
});
process.on('disconnect', () => process.exit());
