import type { BooksHome } from '../../records/books.ts'
import { listCopies } from '../../records/papers/paper-copy.ts'
import { paperAccess } from './access.ts'

/** 公文工作台 — papers that came from the city and nobody of the county has signed for. */
export const reportsHome: BooksHome = {
  may: paperAccess.receive,
  cards: [],
  gather: ({ context: { db }, visitor, scope }) =>
    db.transaction(scope, async (tx) => ({
      todos: (await listCopies(tx))
        .filter(({ countyId, receivedAt, voidedOn }) => {
          return visitor.counties.includes(countyId) && receivedAt === null && voidedOn === null
        })
        .map(({ countyId, paperId, title, docNumber, issuedOn }) => ({
          type: '签收',
          what: `${docNumber} ${title}`,
          source: `市里 ${issuedOn} 印发`,
          dueOn: null,
          light: 'yellow' as const,
          to: `/papers/received/${countyId}/${paperId}`,
        })),
    })),
}
