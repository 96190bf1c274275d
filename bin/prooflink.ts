#!/usr/bin/env node
import { App } from 'aws-cdk-lib/core';
import * as environments from '../lib/config';
import { delivery } from '../lib/config/delivery';
import { createStacks } from '../lib/create-stacks';

createStacks(new App(), environments, delivery);
