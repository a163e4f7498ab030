import { isMissing } from '../../kernel/missing.ts'
import { granted, type Result } from '../../kernel/result.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import type { Books } from '../../records/books.ts'
import { classSizesIn } from './class-sizes.ts'
import type { InstitutionsAnswer } from './contract.ts'
import { readInstitutions } from './read-institutions.ts'
import type { SeatsRead } from './read-seats.ts'
import { rulingSupply, totalSupply } from './seat-supply.ts'

/** 辖区机构 — each institution of a stage in a township (or county) with its pupils and its seats in both counts. */
export async function institutionsAnswer(
  tx: Tx,
  books: Books,
  read: SeatsRead,
): Promise<Result<InstitutionsAnswer>> {
  const { asked, parent, outset } = read
  const sizes = classSizesIn(books.plan, outset.now, asked.asOf, read.classSize)
  if (!sizes.ok) return sizes
  const found = await readInstitutions(tx, { unit: parent }, asked.stage, outset.now)
  return granted({
    unit: parent,
    schoolYear: outset.now,
    institutions: found.map((each) => {
      const supply = totalSupply([each], sizes.value)
      const seats = rulingSupply(supply, outset.basis, outset.hasNorm)
      return {
        institutionId: each.institutionId,
        name: each.institution,
        kind: each.kind,
        pupils: each.pupils,
        pupilsYear: each.pupilsYear,
        rooms: each.rooms,
        seatsByRooms: isMissing(supply.rooms) ? null : supply.rooms,
        approved: each.approved,
        free: isMissing(seats) || each.pupils === null ? null : seats - each.pupils,
      }
    }),
  })
}
