import { sql } from 'kysely'
import Type from 'typebox'
import { attachmentRoutes } from '../../platform/files/attachment-routes.ts'
import type { Books, BooksRoute } from '../../records/books.ts'
import { papersOf } from '../../records/people/erase-subject.ts'
import { readField } from '../../records/people/read-person.ts'
import { recordAccess } from '../../records/people/record-access.ts'
import { countSeenAlone } from '../../records/people/seen-alone.ts'
import { peopleAccess } from './access.ts'
import { purposeNames } from './contract.ts'
import { maySeeAlone } from './export-rules.ts'

/** 签字件接口 — the signed consents of a child, photographed or scanned: sealed, opened for a purpose, every look on record. */
export const paperRoutes: readonly BooksRoute[] = attachmentRoutes<Books>({
  path: '/api/people/pupils/{personId}',
  zh: '监护人同意书签字件',
  id: Type.Integer({ minimum: 1 }),
  read: peopleAccess.unmask,
  keep: peopleAccess.record,
  accepts: ['jpeg', 'png', 'webp', 'pdf'],
  personal: {
    purposes: Object.keys(purposeNames),
    opened: async (tx, visitor, { thing, purpose }) => {
      const { countyId } = thing
      const personId = Number(thing.id)
      const may = maySeeAlone(await countSeenAlone(tx, visitor.account, [{ countyId, personId }]))
      if (may.ok)
        await recordAccess(tx, visitor, {
          countyId,
          personIds: [personId],
          act: 'unmask',
          field: 'papers',
          purpose,
        })
      return may
    },
  },
  find: async (tx, { vault }, id) => {
    const personId = Number(id)
    const found = await readField(tx, vault, personId, 'name')
    if (!found) return undefined
    const { rows } = await sql<{ institutionId: number }>`
      select institution_id as "institutionId" from people.enrolment_record
       where county_id = ${found.countyId} and person_id = ${personId} order by lower(valid) desc limit 1`.execute(
      tx,
    )
    return { ...papersOf(found.countyId, personId), institutionId: rows[0]?.institutionId }
  },
})
