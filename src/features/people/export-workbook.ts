import { createHash } from 'node:crypto'
import { gradeWords } from '../../kernel/grade-words.ts'
import { csvLine } from '../../platform/sheets/write-csv.ts'
import { writeWorkbook } from '../../platform/sheets/write-workbook.ts'
import type { WrittenColumn, WrittenValue } from '../../platform/sheets/written-sheet.ts'
import { type RosterField, rosterHeaders } from '../../records/people/roster.ts'
import { documentKindNames, sexNames } from './contract.ts'
import type { ExportRequest } from './export-contract.ts'
import type { RosterRow } from './read-exported-pupils.ts'

/** 名单一行 — masked; a list in plain has the rows of a roster instead. */
export interface ExportedPupil {
  readonly name: string
  readonly sex: 'male' | 'female' | null
  readonly documentKind: keyof typeof documentKindNames
  readonly document: string
  readonly institution: string
  readonly grade: string
  readonly classNo: number | null
}

/** 名单内容 — masked rows, or in plain the very roster that can be taken in again. */
export type ExportedList =
  | { readonly masked: readonly ExportedPupil[] }
  | { readonly plain: readonly RosterRow[] }

const text = (header: string, width?: number): WrittenColumn => ({
  header,
  kind: 'text',
  ...(width && { width }),
})

/**
 * 写导出名单 — with who took it out, when and under which trace number on every page, in every row and in the file's
 * own properties: a photograph of a part, or a renamed copy, still tells.
 */
export async function exportWorkbook(
  request: Pick<ExportRequest, 'trace' | 'county' | 'institution' | 'asOf' | 'reason' | 'decidedName'>,
  list: ExportedList,
  by: { readonly account: string; readonly name: string; readonly at: string; readonly synthetic: boolean },
): Promise<{ content: Buffer; rows: number; sha256: string }> {
  const { columns, rows } = tableOf(list, request.trace)
  const hash = createHash('sha256')
  for (const row of rows) hash.update(`${csvLine(row)}\n`)
  const sha256 = hash.digest('hex')
  const watermark = `${by.name}（${by.account}）${by.at} 导出，追踪号 ${request.trace}，不得外传`
  const content = await writeWorkbook(
    [
      {
        name: '学生名单',
        captions: [
          ...(by.synthetic ? ['合成数据：仅供演示，不代表任何真实学生'] : []),
          `${request.county}${request.institution ?? ''}学生名单，截至 ${request.asOf}；事由：${request.reason}`,
          watermark,
          `${request.decidedName ? `审批：${request.decidedName}；` : ''}共 ${rows.length} 人；数据行校验值 SHA-256 ${sha256}`,
        ],
        columns: [...columns, text('追踪号', 14)],
        rows,
      },
    ],
    watermark,
  )
  return { content, rows: rows.length, sha256 }
}

function tableOf(list: ExportedList, trace: string): { columns: WrittenColumn[]; rows: WrittenValue[][] } {
  if ('plain' in list) {
    const fields = Object.keys(rosterHeaders) as RosterField[]
    return {
      columns: fields.map((field) =>
        field === 'classNo'
          ? { header: rosterHeaders.classNo, kind: 'integer' as const }
          : text(rosterHeaders[field], wide[field] ?? 14),
      ),
      rows: list.plain.map((row) => [...fields.map((field) => row[field]), trace]),
    }
  }
  return {
    columns: [
      text('姓名', 14),
      text('性别'),
      text('证件种类', 22),
      text('证件号', 24),
      text('学校', 30),
      text('年级'),
      text('班级'),
    ],
    rows: list.masked.map((pupil) => [
      pupil.name,
      pupil.sex && sexNames[pupil.sex],
      documentKindNames[pupil.documentKind],
      pupil.document,
      pupil.institution,
      gradeWords(pupil.grade),
      pupil.classNo === null ? '' : String(pupil.classNo),
      trace,
    ]),
  }
}

const wide: Readonly<Partial<Record<RosterField, number>>> = {
  documentKind: 22,
  document: 24,
  address: 30,
  name: 30,
  guardianDocumentKind: 22,
  guardianDocument: 24,
}
