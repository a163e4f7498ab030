import { sql } from 'kysely'
import { refusalOf } from '../../../kernel/refused-midway.ts'
import { granted, refused } from '../../../kernel/result.ts'
import type { Visitor } from '../../../platform/access/visitor.ts'
import type { Scope } from '../../../platform/db/scope.ts'
import { fileAnswer } from '../../../platform/files/file-answer.ts'
import type { Upload } from '../../../platform/http/route.ts'
import { notFound } from '../../../platform/http/route.ts'
import { type Books, type BooksRoute, bookDay, booksRoute } from '../../../records/books.ts'
import { findPeriod } from '../../../records/returns/return-period.ts'
import { filingAccess } from '../access.ts'
import { compareFilings } from '../compare-filings.ts'
import { readFormSheet } from '../form-sheet.ts'
import { MarkedPath, WorkbookImported, WorkbookQuery } from '../workbook-contract.ts'
import { importFormWorkbook, readWorkbookOf } from './import-form-workbook.ts'
import { keepMarked } from './keep-marked.ts'
import { writeFormWorkbook } from './write-form-workbook.ts'

/** Of the problems, as many as a page lists; all stand in the marked file. */
const shown = 200

/** 填报表格接口 — the form as a workbook: taken out, handed back, and the own file with its faults marked. */
export const workbookRoutes: readonly BooksRoute[] = [
  booksRoute({
    method: 'GET',
    path: '/api/filing-workbooks',
    summary: '下载填报表格：一个单位的，或一个县全部单位的，已有的数都在里面',
    may: filingAccess.read,
    query: WorkbookQuery,
    handle: async ({ context, visitor, query, scope }) => {
      const { db, plan, site } = context
      const today = bookDay(site)
      const form = plan.forms.get(query.form)
      const period = form && findPeriod(form, query.period, today)
      if (!form || !period) return notFound
      const { county, subject } = query
      const content = await db.transaction(scope({ asOf: today }), async (tx) => {
        const lines = await readFormSheet(tx, plan, { form, period }, { visitor, county, subject })
        const { rows } = await sql<{ now: string }>`select clock_timestamp() as now`.execute(tx)
        const takenAt = rows[0]!.now
        return writeFormWorkbook({ form, period, takenAt, synthetic: site.synthetic }, lines)
      })
      const name = `${site.synthetic ? '合成数据-' : ''}${form.zh}-${period.zh}.xlsx`
      return { kind: 'file' as const, name, type: workbookType, content }
    },
  }),
  booksRoute({
    method: 'POST',
    path: '/api/filing-workbooks',
    summary: '传回填报表格（表单：form、period 和文件）：全部写入，或一格不写、原表标红退回',
    may: filingAccess.write,
    upload: true,
    answer: WorkbookImported,
    handle: ({ context, visitor, upload, scope }) => takeBack(context, visitor, upload, scope),
  }),
  booksRoute({
    method: 'GET',
    path: '/api/filing-workbooks/{fileId}',
    summary: '下载标红退回的填报表格：错格标红，末列写明原因',
    may: filingAccess.write,
    params: MarkedPath,
    handle: async ({ context: { files }, visitor, params: { fileId } }) => {
      const opened = await files.open(
        fileId,
        ({ owner, purpose }) => owner === visitor.account && purpose === 'filing.marked',
      )
      if (!opened) return notFound
      return opened.ok ? granted(fileAnswer(opened.value)) : opened
    },
  }),
]

const workbookType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

type ScopeAt = (at: { asOf: string }) => Scope

async function takeBack(books: Books, visitor: Visitor, upload: Upload | undefined, scope: ScopeAt) {
  const { db, plan, site } = books
  const today = bookDay(site)
  const form = plan.forms.get(upload?.fields.form ?? '')
  const period = form && findPeriod(form, upload?.fields.period ?? '', today)
  if (!upload || !form || !period)
    return refused({
      code: 'filing.no-file',
      text: '没有收到文件，或没有说明是哪张报表、哪一期—请在该报表的名单页上选择文件上传。',
    })
  const file = await readWorkbookOf(form, upload)
  const done = await db
    .transaction(scope({ asOf: today }), (tx) =>
      importFormWorkbook(tx, plan, visitor, { form, period }, file),
    )
    .catch(refusalOf)
  if (!done.ok) return done
  const { filings, cells, problems } = done.value
  const marked = await keepMarked(books, visitor, form, upload, problems)
  if (!marked.ok) return marked
  const own = new Set(done.value.subjects)
  const compared = cells > 0 ? await compareFilings(books, form, period.from, visitor.counties) : []
  return granted({
    filings,
    cells,
    problems: problems.slice(0, shown).map(({ problem: { path, text } }) => ({ path, text })),
    total: problems.length,
    doubts: compared.filter(({ countyId, subjectId }) => own.has(`${countyId} ${subjectId}`)).length,
    markedFileId: marked.value,
  })
}
