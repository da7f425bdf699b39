import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { zipSync } from 'fflate';
import { CloudAssembly } from '../../../local/cloudformation/cloud-assembly';
import { LocalCloud } from '../../../local/local-cloud';
import { writeSmallApp } from '../../support/small-app';

const directory = mkdtempSync(join(tmpdir(), 'code-'));
let cloud: LocalCloud;

afterEach(() => cloud.close());
afterAll(() => rmSync(directory, { recursive: true, force: true }));

async function start(properties: Record<string, unknown>): Promise<void> {
  const Other = {
    Type: 'AWS::Lambda::Function',
    Properties: { FunctionName: 'Other', Role: { 'Fn::GetAtt': ['Role', 'Arn'] }, ...properties },
  };
  writeSmallApp(directory, 'exports.handler = async () => {}', { Other });
  cloud = await LocalCloud.start({ assembly: new CloudAssembly(directory), port: 0 });
}

function invoke() {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const lambda = new LambdaClient({
    endpoint: cloud.endpoint,
    region: 'us-east-1',
    credentials,
    maxAttempts: 1,
  });
  return lambda.send(new InvokeCommand({ FunctionName: 'Other' }));
}

test('a function in a container image is an error when it is called, not at the start', async () => {
  const ImageUri = '000000000000.dkr.ecr.us-east-1.amazonaws.com/orders:latest';
  await start({ PackageType: 'Image', Code: { ImageUri }, ImageConfig: { Command: ['index.handler'] } });

  await expect(invoke()).rejects.toMatchObject({
    name: 'InvalidRuntimeException',
    message:
      'the local cloud runs functions of Node.js only, from a directory or a .zip: Other is a container image',
  });
});

test('the code of a function can be a .zip with folders', async () => {
  const source = {
    'index.js': "exports.handler = async () => require('./lib/greeting')",
    lib: { 'greeting.js': "module.exports = 'zipped'" },
  };
  const bytes = (text: string) => new TextEncoder().encode(text);
  const zip = zipSync({
    'index.js': bytes(source['index.js']),
    lib: { 'greeting.js': bytes(source.lib['greeting.js']) },
  });
  writeFileSync(join(directory, 'asset.zip'), zip);
  const files = { abc123: { source: { path: 'asset.zip', packaging: 'file' } } };
  writeFileSync(join(directory, 'Shop.assets.json'), JSON.stringify({ files }));
  await start({
    Runtime: 'nodejs24.x',
    Handler: 'index.handler',
    Code: { S3Bucket: 'assets', S3Key: 'abc123.zip' },
  });

  expect(Buffer.from((await invoke()).Payload ?? []).toString()).toBe('"zipped"');
});
