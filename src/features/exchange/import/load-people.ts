import type { Tx } from '../../../platform/db/transaction-client.ts'
import type { Sheet } from '../../../platform/sheets/sheet.ts'
import type { Books } from '../../../records/books.ts'
import {
  type DocumentKind,
  documentKinds,
  readIdentityDocument,
} from '../../../records/people/identity/identity-document.ts'
import { findByDocuments } from '../../../records/people/read-roster.ts'
import type { KnownPerson } from '../../../records/people/roster.ts'
import type { Judging } from '../judge/judge-import.ts'
import type { KnownBooks } from '../judge/known-books.ts'
import type { Mapping } from '../judge/match-columns.ts'
import { tidyText } from '../judge/tidy-text.ts'

/** 在册的人 — those of the file's documents, pupils' and guardians', whom the book holds already. */
export async function loadPeople(
  tx: Tx,
  from: {
    readonly sheet: Sheet
    readonly mapping: Mapping
    readonly site: Books['site']
    readonly vault: Books['vault']
    readonly onProgress: Judging
  },
): Promise<KnownBooks['people']> {
  const { sheet, mapping, vault, onProgress } = from
  const documents = new Set<string>()
  for (const column of [mapping.document, mapping.guardianDocument]) {
    if (column === undefined) continue
    for (const { cells } of sheet.rows) {
      const cell = cells[column - 1]
      if (cell?.kind === 'text')
        for (const number of numbersOf(cell.text, from.site.synthetic)) documents.add(number)
    }
  }
  return findByDocuments(tx, vault, [...documents], onProgress) as Promise<ReadonlyMap<string, KnownPerson>>
}

/** As any kind of document would write it: the kind stands in another cell, which may be wrong. */
function numbersOf(text: string, synthetic: boolean): string[] {
  const given = tidyText(text).text
  return (Object.keys(documentKinds) as DocumentKind[]).flatMap((kind) => {
    const read = readIdentityDocument(kind, given, '9999-12-31', synthetic)
    return read.ok ? [read.value.number] : []
  })
}
