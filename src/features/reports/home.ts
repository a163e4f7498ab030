import type { HomeCard, HomeTodo } from '../../kernel/home-part.ts'
import { limitsOf } from '../../platform/access/limits-of.ts'
import { admit } from '../../platform/access/policy.ts'
import type { BooksHome, HomeAsking } from '../../records/books.ts'
import { listCopies } from '../../records/papers/paper-copy.ts'
import { listPapers } from '../../records/papers/read-papers.ts'
import { paperAccess } from './access.ts'
import { mayWrite } from './draft-paper.ts'
import { tellStand } from './flow.ts'

/** 公文工作台 — papers that came from the city and nobody of the county has signed for; how the month's report stands. */
export const reportsHome: BooksHome = {
  may: paperAccess.read,
  cards: ['papers.monthly'],
  gather: async (asking) => ({ cards: await monthlyCard(asking), todos: await toSign(asking) }),
}

async function toSign({ context: { db }, visitor, today }: HomeAsking): Promise<HomeTodo[]> {
  const receiver = admit(paperAccess.receive, visitor)
  if (!receiver) return []
  const copies = await db.transaction({ ...limitsOf(receiver), asOf: today }, (tx) => listCopies(tx))
  return copies
    .filter(({ countyId, receivedAt, voidedOn }) => {
      return receiver.counties.includes(countyId) && receivedAt === null && voidedOn === null
    })
    .map(({ countyId, paperId, title, docNumber, issuedOn }) => ({
      type: '签收',
      what: `${docNumber} ${title}`,
      source: `市里 ${issuedOn} 印发`,
      dueOn: null,
      light: 'yellow' as const,
      to: `/papers/received/${countyId}/${paperId}`,
    }))
}

/** For whoever may draft it: whether there is one of this month, and how the last one stands. */
async function monthlyCard({ context, visitor, scope, today }: HomeAsking): Promise<HomeCard[]> {
  const { db, plan, site } = context
  const template = plan.templates.get('monthly-report')
  if (!template || !mayWrite(visitor, template, site.cityId)) return []
  const reports = (await db.transaction(scope, (tx) => listPapers(tx))).filter(
    (paper) => paper.template === template.id && paper.voidedOn === null,
  )
  const ofMonth = reports.filter(({ asOf }) => asOf.startsWith(today.slice(0, 7))).length
  const [last] = reports
  return [
    {
      id: 'papers.monthly',
      zh: `本月${template.zh}`,
      count: ofMonth,
      unit: '份',
      change: last ? `最近一份数据截至 ${last.asOf}，${tellStand(last)}` : `还没有拟过${template.zh}`,
      light: 'none',
      act: { zh: `生成${template.zh}`, to: `/papers?template=${template.id}` },
    },
  ]
}
