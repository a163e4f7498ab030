import { sealedComplaints } from '../features/supervision/index.ts'
import { sealedFactors } from '../platform/access/sealed-factors.ts'
import { sealedFiles } from '../platform/files/sealed-files.ts'
import type { SealedTable } from '../platform/vault/rotate-keys.ts'
import { sealedEndpoints } from '../platform/webhooks/sealed-endpoints.ts'
import { sealedTables as sealedPeople } from '../records/people/sealed-tables.ts'

/** 全部加密列 — declared beside their tables, joined here; a test reads the catalogue and misses none. */
export const sealedTables: readonly SealedTable[] = [
  ...sealedPeople,
  sealedFactors,
  sealedFiles,
  sealedEndpoints,
  sealedComplaints,
]
