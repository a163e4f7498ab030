import { actsAllowed, mayActFor } from '../../platform/access/policy.ts'
import { type Call, type NotFound, notFound } from '../../platform/http/route.ts'
import { type Books, type BooksRoute, bookDay, booksRoute } from '../../records/books.ts'
import { isUnderFourteen, noticeOn } from '../../records/people/children-notice.ts'
import { isNamedUser } from '../../records/people/conditions.ts'
import { listConsents } from '../../records/people/consents.ts'
import { subjectHash } from '../../records/people/erase-subject.ts'
import { listPupils } from '../../records/people/find-people.ts'
import { listSchoolsWithPupils } from '../../records/people/list-schools.ts'
import { findPerson, readField } from '../../records/people/read-person.ts'
import { listAccesses, recordAccess, recordListed } from '../../records/people/record-access.ts'
import { peopleAccess } from './access.ts'
import { auditPack } from './audit-pack.ts'
import {
  AccessesAnswer,
  AsOfQuery,
  PersonAnswer,
  PersonPath,
  PupilSearch,
  PupilsAnswer,
  PupilsQuery,
} from './contract.ts'

const pageSize = 100
const workbookType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** 对象 — how a person stands in the trace: a digest of the number in the book, no name. */
const subject = (countyId: number, personId: number) => subjectHash(countyId, personId).toString('hex')

type Asked = Omit<PupilSearch, 'text'> & { readonly text?: string }

async function answerList(
  {
    context,
    visitor,
    scope,
    note,
  }: Pick<Call<unknown, unknown, unknown, Books>, 'context' | 'visitor' | 'scope' | 'note'>,
  { county, institution, grade, classNo, text, page = 1, asOf = bookDay(context.site) }: Asked,
): Promise<PupilsAnswer | NotFound> {
  if (county !== undefined && !mayActFor(visitor, [county])) return notFound
  return context.db.transaction(scope({ asOf }), async (tx) => {
    const asked = { countyId: county, institutionId: institution, grade, classNo, text }
    const offset = (page - 1) * pageSize
    const listed = await listPupils(tx, context.vault, { ...asked, limit: pageSize, offset })
    await recordListed(tx, visitor, listed.rows)
    note({ subjects: listed.rows.map((row) => subject(row.countyId, row.personId)) })
    const may = actsAllowed(peopleAccess, visitor, {})
    return {
      asOf,
      ...listed,
      page,
      pageSize,
      schools: await listSchoolsWithPupils(tx, county),
      mayExport: may.includes('export'),
      mayDecide: may.includes('approve-export'),
    }
  })
}

const pupils = booksRoute({
  method: 'GET',
  path: '/api/people/pupils',
  summary: '学生名单（证件号已遮蔽）：按县、学校、年级、班级筛选',
  may: peopleAccess.read,
  traced: true,
  query: PupilsQuery,
  answer: PupilsAnswer,
  handle: (call) => answerList(call, call.query),
})

const search = booksRoute({
  method: 'POST',
  path: '/api/people/pupils/search',
  anyDay: true,
  summary: '查找学生：完整证件号、完整姓名，或姓名拼音首字母',
  may: peopleAccess.read,
  traced: true,
  secret: true,
  body: PupilSearch,
  answer: PupilsAnswer,
  handle: (call) => answerList(call, call.body),
})

const person = booksRoute({
  method: 'GET',
  path: '/api/people/pupils/{personId}',
  summary: '一人一档（已遮蔽）：学籍、监护人、同意书；每次打开都有记录',
  may: peopleAccess.read,
  traced: true,
  params: PersonPath,
  query: AsOfQuery,
  answer: PersonAnswer,
  handle: ({ context, visitor, params: { personId }, query, scope, note }) =>
    context.db.transaction(scope({ asOf: query.asOf ?? bookDay(context.site) }), async (tx) => {
      const file = await findPerson(tx, context.vault, personId)
      if (!file) return notFound
      const { countyId } = file
      note({ counties: [countyId], subjects: [subject(countyId, personId)] })
      await recordAccess(tx, visitor, { countyId, personIds: [personId], act: 'view' })
      const day = query.asOf ?? bookDay(context.site)
      const born = (await readField(tx, context.vault, personId, 'birth'))?.plain
      const notice = noticeOn(day)
      return {
        ...file,
        records: [...file.records],
        guardians: [...file.guardians],
        underFourteen: born === undefined ? null : isUnderFourteen(born, day),
        notice: notice ? { version: notice.version, text: notice.text } : null,
        consents: await listConsents(tx, countyId, personId),
        mayReadConditions: await isNamedUser(tx, countyId),
        may: actsAllowed(peopleAccess, visitor, { counties: [countyId] }),
      }
    }),
})

const accesses = booksRoute({
  method: 'GET',
  path: '/api/people/pupils/{personId}/accesses',
  summary: '谁看过这个孩子：每次查看的人、时间、看了什么、事由',
  may: peopleAccess.read,
  traced: true,
  params: PersonPath,
  answer: AccessesAnswer,
  handle: ({ context, params: { personId }, scope, note }) =>
    context.db.transaction(scope(), async (tx) => {
      const found = await readField(tx, context.vault, personId, 'name')
      if (!found) return notFound
      note({ counties: [found.countyId], subjects: [subject(found.countyId, personId)] })
      return listAccesses(tx, found.countyId, personId)
    }),
})

const pack = booksRoute({
  method: 'GET',
  path: '/api/people/audit-pack',
  summary: '个人信息保护合规审计包：字段清单、未成年人人数、查看情况、同意书、到期清理',
  may: peopleAccess['audit-pack'],
  traced: true,
  query: AsOfQuery,
  handle: async ({ context, query, scope }) => {
    const asOf = query.asOf ?? bookDay(context.site)
    const content = await context.db.transaction(scope({ asOf }), (tx) =>
      auditPack(tx, context.vault, { asOf, synthetic: context.site.synthetic }),
    )
    const mark = context.site.synthetic ? '合成数据-' : ''
    return {
      kind: 'file' as const,
      name: `${mark}个人信息合规审计包-${asOf}.xlsx`,
      type: workbookType,
      content,
    }
  },
})

/** 查阅接口 — the list, a person, who looked, the audit pack. */
export const routes: readonly BooksRoute[] = [pupils, search, person, accesses, pack]
