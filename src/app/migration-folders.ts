import { fileURLToPath } from 'node:url'
import { house } from './house.ts'

const foundations = [
  'platform/db',
  'platform/http',
  'platform/access',
  'platform/files',
  'platform/jobs',
  'platform/webhooks',
  'platform/audit',
  'platform/backup',
  'platform/vault',
  'records/registry',
  'records/series',
  'records/bi',
  'records/people',
  'records/returns',
  'records/findings',
  'records/visits',
  'records/parameters',
  'records/papers',
]

/** 各室的升级脚本 — folders of numbered SQL in the order the rooms stand on each other. */
export const migrationFolders: readonly string[] = [
  ...foundations.map((room) => new URL(`../${room}/migrations/`, import.meta.url)),
  ...house.flatMap(({ migrations }) => migrations ?? []),
].map((folder) => fileURLToPath(folder))
