import { randomBytes } from 'node:crypto'
import Type from 'typebox'
import { granted } from '../../kernel/result.ts'
import { admit, mayActFor } from '../../platform/access/policy.ts'
import { notFound } from '../../platform/http/route.ts'
import { type BooksRoute, bookDay, booksRoute } from '../../records/books.ts'
import { subjectHash } from '../../records/people/erase-subject.ts'
import { listPupils } from '../../records/people/find-people.ts'
import { recordAccess } from '../../records/people/record-access.ts'
import { countSeenAlone, listTaken } from '../../records/people/seen-alone.ts'
import { peopleAccess } from './access.ts'
import { alonePersons } from './contract.ts'
import { DecisionBody, ExportBody, ExportPath, ExportRequest } from './export-contract.ts'
import {
  alreadyDecided,
  mayAsk,
  mayDecide,
  maySeeAlone,
  mayTake,
  mostPersons,
  needsSecondPerson,
} from './export-rules.ts'
import { decideExport, findExport, listExports, markTaken, saveExport } from './export-store.ts'
import { exportWorkbook } from './export-workbook.ts'
import { readExportedPupils } from './read-exported-pupils.ts'

const workbookType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** 追踪号 — 8 signs without the ones taken for each other: short enough to read off a photograph. */
function newTrace(): string {
  const signs = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'
  return [...randomBytes(10)].map((byte) => signs[byte % signs.length]).join('')
}

const ask = booksRoute({
  method: 'POST',
  path: '/api/people/exports',
  summary: '申请导出名单：100 人以内且证件号遮蔽的当即可取，其余须第二人审批',
  may: peopleAccess.export,
  traced: true,
  body: ExportBody,
  answer: ExportRequest,
  handle: ({ context, visitor, body, scope, note }) => {
    const { county, institution, grade, classNo, plain, reason } = body
    const asOf = bookDay(context.site)
    return context.db.transaction(scope({ asOf }), async (tx) => {
      if (!mayActFor(visitor, [county])) return notFound
      const filter = { countyId: county, institutionId: institution, grade, classNo, limit: alonePersons }
      const { total: persons, rows } = await listPupils(tx, context.vault, filter)
      const asked = mayAsk(persons)
      if (!asked.ok) return asked
      // What was seen alone today counts too: many short lists are one long one.
      const alone =
        !needsSecondPerson({ persons, plain }) &&
        maySeeAlone(await countSeenAlone(tx, visitor.account, rows)).ok
      const requestId = await saveExport(tx, {
        countyId: county,
        institutionId: institution,
        grade,
        classNo,
        plain,
        asOf,
        reason,
        persons,
        granted: alone,
        account: visitor.account,
        accountName: visitor.name,
        trace: newTrace(),
      })
      note({
        counties: [county],
        object: { kind: 'people-export', id: requestId },
        facts: { persons, plain },
      })
      return granted((await findExport(tx, requestId))!)
    })
  },
})

const list = booksRoute({
  method: 'GET',
  path: '/api/people/exports',
  summary: '导出申请：本人的；审批人还能看到本县域其他人的',
  may: peopleAccess.export,
  answer: Type.Array(ExportRequest),
  handle: ({ context, visitor, scope }) =>
    context.db.transaction(scope({ asOf: bookDay(context.site) }), (tx) =>
      listExports(tx, admit(peopleAccess['approve-export'], visitor) !== undefined),
    ),
})

const decide = booksRoute({
  method: 'POST',
  path: '/api/people/exports/{requestId}/decision',
  summary: '审批导出申请：不能审批自己的',
  may: peopleAccess['approve-export'],
  traced: true,
  params: ExportPath,
  body: DecisionBody,
  answer: ExportRequest,
  handle: ({ context, visitor, params: { requestId }, body: { grant }, scope, note }) =>
    context.db.transaction(scope({ asOf: bookDay(context.site) }), async (tx) => {
      const request = await findExport(tx, requestId)
      if (!request) return notFound
      note({
        counties: [request.countyId],
        object: { kind: 'people-export', id: requestId },
        facts: { grant },
      })
      const may = mayDecide(request)
      if (!may.ok) return may
      if (!(await decideExport(tx, requestId, grant, visitor))) return alreadyDecided
      return granted((await findExport(tx, requestId))!)
    }),
})

const take = booksRoute({
  method: 'GET',
  path: '/api/people/exports/{requestId}/file',
  summary: '下载获批的名单：带水印、人数和校验值；名单上每个人都留下记录',
  may: peopleAccess.export,
  traced: true,
  params: ExportPath,
  handle: async ({ context, visitor, params: { requestId }, scope, note }) => {
    const { vault, site, db } = context
    return db.transaction(scope({ asOf: bookDay(site) }), async (tx) => {
      const request = await findExport(tx, requestId)
      if (!request?.own) return notFound
      const may = mayTake(request, new Date())
      if (!may.ok) return may
      const { countyId, institutionId, grade, classNo } = request
      const { rows } = await listPupils(tx, vault, {
        countyId,
        institutionId: institutionId ?? undefined,
        grade: grade ?? undefined,
        classNo: classNo ?? undefined,
        limit: mostPersons,
      })
      const alone = request.decidedAt === null
      if (alone) {
        const may = maySeeAlone(await countSeenAlone(tx, visitor.account, rows))
        if (!may.ok) return may
      }
      const list = request.plain
        ? { plain: await readExportedPupils(tx, vault, countyId, rows) }
        : { masked: rows }
      const at = new Date().toLocaleString('zh-CN', { timeZone: 'Asia/Shanghai', hour12: false })
      const file = await exportWorkbook(request, list, { ...visitor, at, synthetic: site.synthetic })
      const personIds = rows.map(({ personId }) => personId)
      await recordAccess(tx, visitor, {
        countyId,
        personIds,
        act: 'export',
        field: alone ? listTaken.alone : listTaken.agreed,
        purpose: request.reason,
      })
      await markTaken(tx, requestId, file.rows, file.sha256)
      note({
        counties: [countyId],
        object: { kind: 'people-export', id: requestId },
        subjects: personIds.map((id) => subjectHash(countyId, id).toString('hex')),
        facts: { rows: file.rows, sha256: file.sha256, trace: request.trace },
      })
      const mark = site.synthetic ? '合成数据-' : ''
      const name = `${mark}学生名单-${request.institution ?? request.county}-${request.asOf}-${request.trace}.xlsx`
      return { kind: 'file' as const, name, type: workbookType, content: file.content }
    })
  },
})

/** 导出接口 — ask, list, decide, take. */
export const exportRoutes: readonly BooksRoute[] = [ask, list, decide, take]
