import { fileURLToPath } from 'node:url'

/** 各室的升级脚本 — in the order the rooms stand on each other. */
export const migrationFolders: readonly string[] = [
  'platform/db',
  'platform/access',
  'platform/jobs',
  'records/registry',
  'records/series',
].map((room) => fileURLToPath(new URL(`../${room}/migrations`, import.meta.url)))
