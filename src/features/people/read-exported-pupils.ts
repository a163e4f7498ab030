import { sql } from 'kysely'
import { gradeWords } from '../../kernel/grade-words.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import type { WrittenValue } from '../../platform/sheets/written-sheet.ts'
import type { Vault } from '../../platform/vault/vault.ts'
import type { PupilRow } from '../../records/people/find-people.ts'
import { findByIds } from '../../records/people/read-roster.ts'
import {
  documentKindWords,
  type KnownPerson,
  type RosterField,
  relationWords,
  sexWords,
} from '../../records/people/roster.ts'

/** 名册的一行 — the words of every column, as the exchange room takes them in again. */
export type RosterRow = Readonly<Record<RosterField, WrittenValue>>

/** 名单原文 — the same pupils of a county with their first guardians, in plain; only for a list a second person agreed to. */
export async function readExportedPupils(
  tx: Tx,
  vault: Vault,
  countyId: number,
  rows: readonly PupilRow[],
): Promise<RosterRow[]> {
  const children = await findByIds(
    tx,
    vault,
    countyId,
    rows.map(({ personId }) => personId),
  )
  const guardianIds = [...children.values()].flatMap(({ guardians }) => guardians[0]?.personId ?? [])
  const guardians = await findByIds(tx, vault, countyId, [...new Set(guardianIds)])
  const codes = await codesOf(tx, countyId)
  return rows.map((row) => {
    const child = children.get(row.personId) as KnownPerson
    const [link] = child.guardians
    const guardian = link && guardians.get(link.personId)
    return {
      ...childColumns(child),
      code: codes.get(row.institutionId) ?? null,
      name: row.institution,
      grade: gradeWords(row.grade),
      classNo: row.classNo,
      guardianName: guardian?.name ?? null,
      relation: guardian && link ? relationWords[link.relation][0] : null,
      guardianDocumentKind: guardian ? documentKindWords[guardian.documentKind][0] : null,
      guardianDocument: guardian?.document ?? null,
      guardianPhone: guardian?.phone ?? null,
    }
  })
}

function childColumns({ name, documentKind, document, sex, bornOn, phone, address }: KnownPerson) {
  return {
    pupilName: name,
    documentKind: documentKindWords[documentKind][0],
    document,
    sex: sex ? sexWords[sex] : null,
    bornOn: bornOn ?? null,
    phone: phone ?? null,
    address: address ?? null,
  }
}

async function codesOf(tx: Tx, countyId: number): Promise<Map<number, string>> {
  const { rows } = await sql<{ institutionId: number; code: string }>`
    select institution_id as "institutionId", code from book.institution_last where county_id = ${countyId}`.execute(
    tx,
  )
  return new Map(rows.map(({ institutionId, code }) => [institutionId, code]))
}
