import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './data-folder.ts'

/** 版本 — of the platform, as in package.json. */
export const version = (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string })
  .version
