#!/usr/bin/env node
import { run } from './main';

void run({ name: 'npx confirmed-user-onboarding-local', args: process.argv.slice(2), env: process.env });
