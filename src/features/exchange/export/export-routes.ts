import Type from 'typebox'
import { granted } from '../../../kernel/result.ts'
import { schoolYearOf } from '../../../kernel/school-year.ts'
import type { Visitor } from '../../../platform/access/visitor.ts'
import { notFound } from '../../../platform/http/route.ts'
import { enqueue } from '../../../platform/jobs/enqueue.ts'
import { type BooksRoute, bookDay, booksRoute } from '../../../records/books.ts'
import { exchangeAccess } from '../access.ts'
import {
  ExportQuery,
  ExportRecordShape,
  JobStartedShape,
  KindInfoShape,
  KindPath,
  TemplateQuery,
} from '../contract.ts'
import { admitToKind } from '../import/importer.ts'
import { importTables } from '../tables/all-tables.ts'
import type { ImportKind } from '../tables/import-table.ts'
import { exporting } from './export-job.ts'
import { exportKind, listExportRecords, personsByListOnly } from './export-kind.ts'
import { prefillEnrolment } from './prefill-enrolment.ts'
import { isExportKind } from './read-rows-to-export.ts'
import { templateWorkbook } from './template.ts'

const workbookType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

const kinds = booksRoute({
  method: 'GET',
  path: '/api/exchange/kinds',
  summary: '可以导入导出的数据种类和它们的列',
  may: exchangeAccess.export,
  answer: Type.Array(KindInfoShape),
  handle: async ({ visitor }) =>
    Object.values(importTables).map(({ kind, name, doc, columns, personal }) => ({
      kind,
      name,
      doc,
      mayImport: admitToKind(visitor, kind, 'import') !== undefined,
      mayExport: admitToKind(visitor, kind, 'export') !== undefined,
      personal: personal ?? false,
      columns: columns.map(({ key, header, required, doc: told, choices }) => ({
        key,
        header,
        required,
        doc: told,
        ...(choices && { choices: choices.map(({ zh }) => zh) }),
      })),
    })),
})

const template = booksRoute({
  method: 'GET',
  path: '/api/exchange/templates/{kind}',
  summary: '下载模板；在校生可预填本县机构和上年数',
  may: exchangeAccess.export,
  params: KindPath,
  query: TemplateQuery,
  handle: async ({ params: { kind }, query: { prefill, county }, visitor, context, scope }) => {
    if (!exporterOf(visitor, kind, county)) return notFound
    const { synthetic } = context.site
    const name = `${synthetic ? '合成数据-' : ''}模板-${importTables[kind].name}.xlsx`
    const file = (content: Buffer) => ({ kind: 'file' as const, name, type: workbookType, content })
    if (!prefill || (kind !== 'enrolment-by-grade' && kind !== 'enrolment-by-class'))
      return file(await templateWorkbook(kind, { synthetic }))
    const counties = county ? [county] : visitor.counties
    const at = { ...scope({ asOf: bookDay(context.site) }), counties }
    const begun = await context.db.transaction(at, (tx) =>
      prefillEnrolment(tx, kind, schoolYearOf(bookDay(context.site))),
    )
    return file(await templateWorkbook(kind, { synthetic, prefill: begun }))
  },
})

const exported = booksRoute({
  method: 'GET',
  path: '/api/exchange/exports/{kind}',
  summary: '导出台账：全部行，写明行数和校验值；再导入不会有任何改动',
  may: exchangeAccess.export,
  params: KindPath,
  query: ExportQuery,
  handle: async ({ params: { kind }, query, visitor, context }) => {
    const exporter = exporterOf(visitor, kind, query.county)
    if (!exporter) return notFound
    const { county, schoolYear, asOf = bookDay(context.site), format = 'xlsx' } = query
    const file = await exportKind(context, exporter, { kind, county, schoolYear, asOf, format })
    if (!file.ok) return file
    const { name, type, content } = file.value
    return { kind: 'file' as const, name, type, content }
  },
})

const inBackground = booksRoute({
  method: 'POST',
  path: '/api/exchange/exports/{kind}',
  anyDay: true,
  summary: '后台导出台账：作为任务办理，行数超过一个表时分成几个文件，在“后台作业”里下载',
  may: exchangeAccess.export,
  params: KindPath,
  query: ExportQuery,
  answer: JobStartedShape,
  handle: async ({ params: { kind }, query, visitor, context }) => {
    const admitted = exporterOf(visitor, kind, query.county)
    if (!admitted) return notFound
    if (!isExportKind(kind)) return personsByListOnly
    const { county, schoolYear, asOf = bookDay(context.site), format = 'xlsx' } = query
    const { account, counties } = admitted
    const jobId = await context.db.transaction({ counties: [] }, (tx) =>
      enqueue(tx, exporting, {
        title: `导出${importTables[kind].name}`,
        owner: account,
        input: { exporter: { account, counties }, wish: { kind, county, schoolYear, asOf, format } },
      }),
    )
    return granted({ jobId })
  },
})

const records = booksRoute({
  method: 'GET',
  path: '/api/exchange/exports',
  summary: '我的导出',
  may: exchangeAccess.export,
  answer: Type.Array(ExportRecordShape),
  handle: ({ visitor, context }) =>
    context.db.transaction({ counties: [] }, (tx) => listExportRecords(tx, visitor.account)),
})

/** Own counties only; a clerk only what the own school files. */
function exporterOf(visitor: Visitor, kind: ImportKind, county: number | undefined): Visitor | undefined {
  const admitted = admitToKind(visitor, kind, 'export')
  return county === undefined || admitted?.counties.includes(county) ? admitted : undefined
}

/** 导出接口 — kinds, templates, exports. */
export const exportRoutes: readonly BooksRoute[] = [kinds, template, exported, inBackground, records]
