import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type pg from 'pg'
import { databaseForTests } from '../../../test/house/database-for-tests.ts'
import type { AnchorPlaces } from './anchor-book.ts'
import { anchorHead } from './anchor-head.ts'
import { appendAlone } from './append-entry.ts'
import { digestColumns, type RawEntry, rawText } from './entry-digest.ts'
import {
  batchBounds,
  batchContent,
  entriesOfBatch,
  noSeal,
  noXacts,
  type Seal,
  sealColumns,
  sealHash,
} from './seal.ts'
import { sealAll } from './seal-entries.ts'

/** A chain of some sealed and anchored batches, to be tampered with in transactions that are taken back. */
export interface AuditedWorld {
  readonly pool: pg.Pool
  readonly places: AnchorPlaces
  /** Appends so many entries and seals them. */
  grow(entries: number): Promise<void>
  /** Copies of the anchors and the key, to be tampered with. */
  copyPlaces(): AnchorPlaces
  close(): Promise<void>
}

export async function auditedWorld(): Promise<AuditedWorld> {
  const live = await databaseForTests()
  const { pool } = live.db
  const home = mkdtempSync(join(tmpdir(), 'kuoyou-audit-'))
  const placesIn = (folder: string): AnchorPlaces => ({
    folders: [join(folder, 'one'), join(folder, 'two')],
    keyFile: join(folder, 'key'),
  })
  let round = 0
  return {
    pool,
    places: placesIn(join(home, 'first')),
    async grow(entries) {
      for (let at = 0; at < entries; at += 1) {
        round += 1
        await appendAlone(pool, {
          trace: `t${round}`,
          account: round % 2 ? 'county-1' : 'county-2',
          role: 'county-officer',
          act: 'POST /api/institutions',
          outcome: 'done',
          countyIds: [410_422],
          object: { kind: 'institution', id: round },
          subjects: ['b1', 'b2'],
          purpose: '核对',
          network: '10.1.2.3',
          facts: { rows: round, note: '增' },
          delegatedBy: 'chief',
        })
      }
      await sealEverything(pool)
    },
    copyPlaces() {
      const folder = mkdtempSync(join(home, 'copy-'))
      cpSync(join(home, 'first'), folder, { recursive: true })
      return placesIn(folder)
    },
    async close() {
      await live.close()
      rmSync(home, { recursive: true, force: true })
    },
  }
}

/** Seals all there is, however often another sealer is at it. */
export async function sealEverything(pool: pg.Pool): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    await sealAll(pool)
    const { rows } = await pool.query(
      `select count(*) as left from audit.entry e
        where not exists (select 1 from audit.seal s where e.seq <@ s.seqs)`,
    )
    if (rows[0].left === 0) return
    if (tries > 400) throw new Error('the entries were not sealed')
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
}

/** Six batches of ten entries, an anchor after the second, the fourth and the last. */
export async function sixBatches(world: AuditedWorld): Promise<void> {
  for (let batch = 1; batch <= 6; batch += 1) {
    await world.grow(10)
    if (batch % 2 === 0) await anchorHead(world.pool, world.places)
  }
  await sealEverything(world.pool)
}

/** What someone with the owner's rights would do after an edit: compute the seals anew. */
export async function resealAll(
  client: pg.ClientBase,
  from = 1,
  to = Number.POSITIVE_INFINITY,
): Promise<void> {
  const { rows: seals } = await client.query<Seal>(`select ${sealColumns} from audit.seal order by batch`)
  let previousHash = noSeal
  let late = noXacts
  for (const seal of seals) {
    if (seal.batch >= from && seal.batch <= to) {
      const { rows } = await client.query<RawEntry & unknown[]>({
        text: `select ${digestColumns} from audit.entry where ${entriesOfBatch}`,
        values: batchBounds(seal, late),
        rowMode: 'array',
        types: rawText,
      })
      const { hash: _, ...rest } = { ...seal, ...batchContent(rows), previousHash }
      await client.query(
        `update audit.seal set seqs = $2::int8multirange, marks = decode($3, 'hex'), entry_count = $4, first_seq = $5, last_seq = $6,
           entries_hash = decode($7, 'hex'), previous_hash = decode($8, 'hex'), hash = decode($9, 'hex') where batch = $1`,
        [
          rest.batch,
          rest.seqs,
          rest.marks,
          rest.count,
          rest.firstSeq,
          rest.lastSeq,
          rest.entriesHash,
          rest.previousHash,
          sealHash(rest),
        ],
      )
      previousHash = sealHash(rest)
    } else previousHash = seal.hash
    late = seal.openXacts
  }
}
