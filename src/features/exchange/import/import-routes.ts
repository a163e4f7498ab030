import Type from 'typebox'
import { chinaDay } from '../../../kernel/china-moment.ts'
import { granted, refused } from '../../../kernel/result.ts'
import type { Tx } from '../../../platform/db/transaction-client.ts'
import { notFound } from '../../../platform/http/route.ts'
import { runInWorker } from '../../../platform/jobs/run-in-worker.ts'
import { type Books, type BooksRoute, bookDay, booksRoute } from '../../../records/books.ts'
import { exchangeAccess } from '../access.ts'
import {
  CorrectionsShape,
  DecisionShape,
  FindingQuery,
  FindingsShape,
  ImportPath,
  ImportShape,
  MappingShape,
  PageQuery,
  PendingShape,
  ReceiptShape,
  StartedShape,
} from '../contract.ts'
import { problemNames } from '../judge/problem-names.ts'
import { importTables, isImportKind } from '../tables/all-tables.ts'
import type { ImportKind } from '../tables/import-table.ts'
import { notJudged } from './apply-import.ts'
import { cannotConfirm } from './decide.ts'
import { startApplying, startJudging } from './import-jobs.ts'
import { admitToKind } from './importer.ts'
import { wantedTable } from './judge-file.ts'
import { allFindings, countFindings, listCorrections, listFindings } from './store-findings.ts'
import { findPending, listPending, type PendingImport, setMapping } from './store-pending.ts'
import { findReceipt, listReceipts } from './store-receipts.ts'
import { takeUpload } from './take-upload.ts'
import { uploadedBytes } from './uploaded-bytes.ts'

/** The tables of this room belong to no county. */
const noCounty = { counties: [] }

const upload = booksRoute({
  method: 'POST',
  path: '/api/exchange/imports',
  summary: '上传一个要导入的文件（表单：kind 和文件），开始读取与核对',
  may: exchangeAccess.import,
  upload: true,
  answer: StartedShape,
  handle: async ({ upload: file, visitor, context }) => {
    const kind = file?.fields.kind ?? ''
    if (!file || !isImportKind(kind))
      return refused({
        code: 'exchange.no-file',
        text: '没有收到文件，或没有说明是哪种数据—请在页面上选好数据种类和文件，再上传。',
      })
    const importer = admitToKind(visitor, kind, 'import')
    return importer ? takeUpload(context, importer, kind, file) : notYourKind(kind)
  },
})

const list = booksRoute({
  method: 'GET',
  path: '/api/exchange/imports',
  summary: '我的导入',
  may: exchangeAccess.import,
  answer: Type.Array(PendingShape),
  handle: ({ visitor, context }) =>
    context.db.transaction(noCounty, (tx) => listPending(tx, visitor.account)) as never,
})

const receipts = booksRoute({
  method: 'GET',
  path: '/api/exchange/receipts',
  summary: '我的导入回执',
  may: exchangeAccess.import,
  answer: Type.Array(ReceiptShape),
  handle: async ({ visitor, context }) =>
    (await context.db.transaction(noCounty, (tx) => listReceipts(tx, visitor.account))) as never,
})

const look = booksRoute({
  method: 'GET',
  path: '/api/exchange/imports/{importId}',
  summary: '一次导入的进展',
  may: exchangeAccess.import,
  params: ImportPath,
  answer: ImportShape,
  handle: async ({ params: { importId }, visitor, context }) =>
    context.db.transaction(noCounty, async (tx) => {
      const pending = await findPending(tx, visitor.account, importId)
      if (!pending) return notFound
      const receipt = (await findReceipt(tx, importId)) ?? null
      return { ...pending, findings: await namedFindings(tx, importId), receipt } as never
    }),
})

const findings = booksRoute({
  method: 'GET',
  path: '/api/exchange/imports/{importId}/problems',
  summary: '逐行结果：错误、存疑、提示，带单元格地址',
  may: exchangeAccess.import,
  params: ImportPath,
  query: FindingQuery,
  answer: FindingsShape,
  handle: async ({ params: { importId }, query, visitor, context }) =>
    context.db.transaction(noCounty, async (tx) =>
      (await findPending(tx, visitor.account, importId)) ? listFindings(tx, importId, query) : notFound,
    ),
})

const corrections = booksRoute({
  method: 'GET',
  path: '/api/exchange/imports/{importId}/corrections',
  summary: '更正清单：台账原来的数和文件里的数',
  may: exchangeAccess.import,
  params: ImportPath,
  query: PageQuery,
  answer: CorrectionsShape,
  handle: async ({ params: { importId }, query, visitor, context }) =>
    context.db.transaction(noCounty, async (tx) =>
      (await findPending(tx, visitor.account, importId)) ? listCorrections(tx, importId, query) : notFound,
    ),
})

const map = booksRoute({
  method: 'PUT',
  path: '/api/exchange/imports/{importId}/mapping',
  summary: '指定哪一列是什么，重新核对；下次同样的表头自动照用',
  may: exchangeAccess.import,
  params: ImportPath,
  body: MappingShape,
  answer: StartedShape,
  handle: async ({ params: { importId }, body, visitor, context }) => {
    const pending = await pendingOf(context, visitor.account, importId)
    const importer = pending && admitToKind(visitor, pending.kind, 'import')
    if (!importer) return notFound
    if (pending.state === 'confirmed') return notJudged()
    const known = new Set(importTables[pending.kind].columns.map(({ key }) => key))
    const unknown = Object.keys(body).filter((key) => !known.has(key))
    if (unknown.length > 0)
      return refused({
        code: 'exchange.mapping-unknown-field',
        text: `对应列里有不认识的项 ${unknown.join('、')}—可用的项见数据种类的说明—请改正后再提交。`,
      })
    const jobId = await context.db.transaction(noCounty, async (tx) => {
      await setMapping(tx, importId, body)
      return startJudging(tx, importer, pending)
    })
    return granted({ importId, jobId })
  },
})

const judgeAgain = booksRoute({
  method: 'POST',
  path: '/api/exchange/imports/{importId}/judging',
  summary: '按现在的台账重新核对',
  may: exchangeAccess.import,
  params: ImportPath,
  answer: StartedShape,
  handle: async ({ params: { importId }, visitor, context }) => {
    const pending = await pendingOf(context, visitor.account, importId)
    const importer = pending && admitToKind(visitor, pending.kind, 'import')
    if (!importer) return notFound
    if (pending.state === 'confirmed') return notJudged()
    const jobId = await context.db.transaction(noCounty, (tx) => startJudging(tx, importer, pending))
    return granted({ importId, jobId })
  },
})

const confirm = booksRoute({
  method: 'POST',
  path: '/api/exchange/imports/{importId}/confirmation',
  summary: '确认导入：默认全部导入或一行不进，也可明确只导入通过行',
  may: exchangeAccess.import,
  params: ImportPath,
  body: DecisionShape,
  answer: StartedShape,
  handle: async ({ params: { importId }, body, visitor, context, note }) => {
    const pending = await pendingOf(context, visitor.account, importId)
    const importer = pending && admitToKind(visitor, pending.kind, 'import')
    if (!importer) return notFound
    const { kind, sha256, counts } = pending
    note({
      counties: importer.counties,
      object: { kind: 'import', id: importId },
      facts: { kind, sha256, counts },
    })
    if (pending.state !== 'judged' || !pending.counts) return notJudged()
    const no = cannotConfirm(pending.counts, body, {
      today: chinaDay(new Date()),
      bookDay: bookDay(context.site),
    })
    if (no) return { ok: false as const, refusal: no }
    const jobId = await context.db.transaction(noCounty, (tx) =>
      startApplying(tx, importer, pending, { decision: body, today: chinaDay(new Date()) }),
    )
    return granted({ importId, jobId })
  },
})

const errorFile = booksRoute({
  method: 'GET',
  path: '/api/exchange/imports/{importId}/error-workbook',
  summary: '错误回填：自己的文件，错格标红，末列写明原因',
  may: exchangeAccess.import,
  traced: true,
  params: ImportPath,
  handle: async ({ params: { importId }, visitor, context }) => {
    const pending = await pendingOf(context, visitor.account, importId)
    if (!pending) return notFound
    const bytes = await uploadedBytes(context, visitor.account, importId)
    if (!bytes.ok) return bytes
    const problems = await context.db.transaction(noCounty, (tx) => allFindings(tx, importId))
    const content = await runInWorker<object, Uint8Array | undefined>(
      new URL('../../../platform/sheets/compute-error-workbook.ts', import.meta.url),
      { bytes: bytes.value, wanted: wantedTable(pending.kind, pending.fileName), problems },
      () => {},
    )
    if (!content)
      return refused({
        code: 'exchange.unreadable',
        text: '这个文件读不出表格，没有格子可以标红—原因见逐行结果—请照说明另存后重新上传。',
      })
    return {
      kind: 'file' as const,
      name: `问题回填-${pending.fileName.replace(/\.[^.]*$/, '')}.xlsx`,
      type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      content: Buffer.from(content),
    }
  },
})

function notYourKind(kind: ImportKind) {
  return refused({
    code: 'exchange.not-your-kind',
    text: `您的角色不能导入“${importTables[kind].name}”—学校数据员只填报本校在校生，分管部分学段的只导入本学段的机构和在校生，学生名册只由县教体局和学校导入—请与县教体局联系。`,
  })
}

async function namedFindings(tx: Tx, importId: string) {
  const found = await countFindings(tx, importId)
  return found.map((each) => ({ ...each, name: problemNames[each.code] ?? each.code }))
}

function pendingOf(context: Books, account: string, importId: string): Promise<PendingImport | undefined> {
  return context.db.transaction(noCounty, (tx) => findPending(tx, account, importId))
}

/** 导入接口 — upload, match, judge, confirm, look back. */
export const importRoutes: readonly BooksRoute[] = [
  upload,
  list,
  receipts,
  look,
  findings,
  corrections,
  map,
  judgeAgain,
  confirm,
  errorFile,
]
