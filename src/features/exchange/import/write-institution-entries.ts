import { sql } from 'kysely'
import type { Stage } from '../../../kernel/stage.ts'
import type { Tx } from '../../../platform/db/transaction-client.ts'
import { amendFrom } from '../../../records/registry/book-entries.ts'
import type { Institution } from '../../../records/registry/institution.ts'
import { nameInitials } from '../../../records/registry/name-initials.ts'
import type { Premises } from '../../../records/registry/premises.ts'
import { columnOf } from '../../../records/registry/write-entries.ts'
import { writeInstitutions } from '../../../records/registry/write-institutions.ts'
import { writePremises } from '../../../records/registry/write-premises.ts'
import { firstIdentity, type InstitutionEntry } from '../judge/institution-entry.ts'
import type { JudgedEntry } from '../judge/judge-import.ts'
import { currentVersion, type KnownBooks, premisesKey } from '../judge/known-books.ts'
import type { CountyAct, Write } from './write-figures.ts'

/**
 * 机构写入 — new institutions from the day they opened; changes of known ones from the act's effective day.
 *
 * What the register said before that day stays as it was.
 */
export const writeInstitutionEntries: Write<InstitutionEntry> = async (tx, act, entries, known) => {
  const byCode = Map.groupBy(entries, ({ entry }) => entry.code)
  for (const rows of byCode.values()) {
    if (rows[0]!.entry.institutionId === 0)
      await openNew(
        tx,
        act,
        rows.map(({ entry }) => entry),
      )
    else await changeKnown(tx, act, rows, known)
  }
}

async function openNew(tx: Tx, act: CountyAct, rows: readonly InstitutionEntry[]): Promise<void> {
  const { code, openedOn, institution } = rows[0]!
  const own = { countyId: act.countyId, institutionId: firstIdentity(code), from: openedOn as string }
  const opened = { ...newDefaults, ...institution, ...own, code, stages: rows.map(({ stage }) => stage) }
  await writeInstitutions(tx, act.actId, [{ ...opened, stages: [...new Set(opened.stages)] } as Institution])
  await writePremises(
    tx,
    act.actId,
    rows.map((row) => ({ ...premisesOf(row), ...own })),
  )
}

const newDefaults = { publicInterest: false, townshipCentral: false, boarding: false } as const

function premisesOf({ stage, premises }: InstitutionEntry) {
  return { campusName: premises.campusNo === 1 ? '本部' : `校区${premises.campusNo}`, ...premises, stage }
}

async function changeKnown(
  tx: Tx,
  act: CountyAct,
  rows: readonly JudgedEntry<InstitutionEntry>[],
  known: KnownBooks,
): Promise<void> {
  const changed = rows.filter(({ action }) => action === 'correct').map(({ entry }) => entry)
  const first = changed[0]
  const before = first && currentVersion(known.institutions.get(first.institutionId), known.today)
  if (!first || !before) return
  const change = institutionChange(before, changed)
  const { institutionId } = first
  if (Object.keys(change).length > 0)
    await amendFrom(tx, 'institution', act, sql`institution_id = ${institutionId}`, change)
  for (const entry of changed) await changePremises(tx, act, entry, known)
}

function institutionChange(before: Institution, rows: readonly InstitutionEntry[]): Record<string, unknown> {
  const given = Object.entries(rows[0]!.institution).filter(
    ([field, value]) => value !== undefined && value !== before[field as keyof Institution],
  )
  const change: Record<string, unknown> = Object.fromEntries(
    given.map(([field, value]) => [columnOf(field), value]),
  )
  if ('name' in change) change.initials = nameInitials(String(change.name))
  const stages = new Set<Stage>([...before.stages, ...rows.map(({ stage }) => stage)])
  if (stages.size > before.stages.length) change.stages = [...stages]
  return change
}

async function changePremises(
  tx: Tx,
  act: CountyAct,
  entry: InstitutionEntry,
  known: KnownBooks,
): Promise<void> {
  const { institutionId, stage, premises } = entry
  const { campusNo } = premises
  const before = known.premises.get(premisesKey({ institutionId, campusNo, stage }))
  const given = Object.entries(premises).filter(
    ([field, value]) => field !== 'campusNo' && value !== undefined,
  )
  if (given.length === 0) return
  if (!before) {
    const own = { countyId: act.countyId, institutionId, from: act.effectiveOn }
    await writePremises(tx, act.actId, [{ ...premisesOf(entry), ...own }])
    return
  }
  const change = given.filter(([field, value]) => value !== before[field as keyof Premises])
  if (change.length === 0) return
  await amendFrom(
    tx,
    'premises',
    act,
    sql`institution_id = ${institutionId} and campus_no = ${campusNo} and stage = ${stage}`,
    Object.fromEntries(change.map(([field, value]) => [columnOf(field), value])),
  )
}
