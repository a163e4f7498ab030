import type { Tx } from '../../../platform/db/transaction-client.ts'
import type { Vault } from '../../../platform/vault/vault.ts'
import { correctPeople } from '../../../records/people/correct-people.ts'
import { movePupils } from '../../../records/people/move-pupils.ts'
import { rosterKey } from '../../../records/people/read-roster.ts'
import type { KnownPerson, RosterPerson } from '../../../records/people/roster.ts'
import {
  writeEnrolmentRecords,
  writeGuardianLinks,
  writePeople,
} from '../../../records/people/write-people.ts'
import type { JudgedEntry } from '../judge/judge-import.ts'
import type { KnownBooks } from '../judge/known-books.ts'
import type { PupilEntry } from '../judge/pupil-entry.ts'
import type { CountyAct, Write } from './write-figures.ts'

type Judged = JudgedEntry<PupilEntry>

/** 名册写入 — persons the book does not hold yet, rolls, guardians; then what changed of those it holds. */
export const writeRoster: Write<PupilEntry> = async (tx, act, entries, known, { vault }) => {
  const acted = entries.filter(({ action }) => action !== 'same')
  const ids = await enterPersons(tx, vault, act, acted, known)
  const idOf = (person: RosterPerson) => ids.get(person.document) as number
  const fresh = acted.filter(({ action }) => action === 'new')
  await writeEnrolmentRecords(
    tx,
    fresh.map(({ entry: { countyId, institutionId, grade, classNo, child } }) => {
      const left = known.people.get(rosterKey(countyId, child.document))?.record?.to
      const from = left && left > act.effectiveOn ? left : act.effectiveOn
      return { countyId, personId: idOf(child), institutionId, grade, classNo, from }
    }),
    act.recordedBy,
  )
  await linkGuardians(tx, act, acted, known, idOf)
  await correct(tx, vault, act, acted, known)
}

/** Sealing is work for the processor and keeps many values at hand: so many people at a time, then others have their turn. */
const batch = 500

/** Everyone's number in the book by document; who is not there yet is entered, a guardian of several children once. */
async function enterPersons(
  tx: Tx,
  vault: Vault,
  { countyId, recordedBy }: CountyAct,
  entries: readonly Judged[],
  known: KnownBooks,
): Promise<Map<string, number>> {
  const ids = new Map<string, number>()
  const unknown = new Map<string, RosterPerson>()
  for (const { entry } of entries)
    for (const person of [entry.child, ...(entry.guardian ? [entry.guardian] : [])]) {
      const found = known.people.get(rosterKey(countyId, person.document))
      if (found) ids.set(person.document, found.personId)
      else if (!unknown.has(person.document)) unknown.set(person.document, person)
    }
  const people = [...unknown.values()]
  for (let at = 0; at < people.length; at += batch) {
    const some = people.slice(at, at + batch).map((person) => ({ ...person, countyId }))
    const written = await writePeople(tx, vault, some, recordedBy)
    for (const [i, { document }] of some.entries()) ids.set(document, written[i] as number)
    await new Promise((resolve) => setImmediate(resolve))
  }
  return ids
}

async function linkGuardians(
  tx: Tx,
  { countyId, effectiveOn, recordedBy }: CountyAct,
  entries: readonly Judged[],
  known: KnownBooks,
  idOf: (person: RosterPerson) => number,
): Promise<void> {
  const links = entries.flatMap(({ entry: { child, guardian } }) => {
    if (!guardian) return []
    const linked = known.people.get(rosterKey(countyId, child.document))?.guardians ?? []
    const guardianId = idOf(guardian)
    if (linked.some(({ personId }) => personId === guardianId)) return []
    return [{ countyId, childId: idOf(child), guardianId, relation: guardian.relation, from: effectiveOn }]
  })
  await writeGuardianLinks(tx, links, recordedBy)
}

async function correct(
  tx: Tx,
  vault: Vault,
  { countyId, effectiveOn, recordedBy }: CountyAct,
  entries: readonly Judged[],
  known: KnownBooks,
): Promise<void> {
  const corrected = entries
    .filter(({ action }) => action === 'correct')
    .map(({ entry }) => {
      const child = known.people.get(rosterKey(countyId, entry.child.document)) as KnownPerson
      const guardian = entry.guardian && known.people.get(rosterKey(countyId, entry.guardian.document))
      const answers = guardian && child.guardians.some(({ personId }) => personId === guardian.personId)
      return { entry, child, guardian: answers ? guardian : undefined }
    })
  await correctPeople(
    tx,
    vault,
    countyId,
    corrected.flatMap(({ entry, child, guardian }) => [
      {
        ...changed(child, entry.child, ['name', 'sex', 'bornOn', 'phone', 'address']),
        personId: child.personId,
      },
      ...(guardian && entry.guardian
        ? [{ ...changed(guardian, entry.guardian, ['phone']), personId: guardian.personId }]
        : []),
    ]),
  )
  const moves = corrected.flatMap(({ entry: { institutionId, grade, classNo }, child }) => {
    const { record } = child
    const to = classNo ?? record?.classNo ?? undefined
    if (!record || (record.grade === grade && (record.classNo ?? undefined) === to)) return []
    return [
      { personId: child.personId, institutionId, grade, classNo: to, from: effectiveOn, since: record.from },
    ]
  })
  await movePupils(tx, countyId, moves, recordedBy)
}

type Correctable = 'name' | 'sex' | 'bornOn' | 'phone' | 'address'

function changed(
  before: RosterPerson,
  entry: RosterPerson,
  fields: readonly Correctable[],
): Partial<RosterPerson> {
  return Object.fromEntries(
    fields.flatMap((field) =>
      entry[field] === undefined || entry[field] === before[field] ? [] : [[field, entry[field]]],
    ),
  )
}
