import { createHash } from 'node:crypto'
import { csvLine } from '../../platform/sheets/write-csv.ts'
import { writeWorkbook } from '../../platform/sheets/write-workbook.ts'
import type { WrittenColumn, WrittenValue } from '../../platform/sheets/written-sheet.ts'
import { documentKindNames, sexNames } from './contract.ts'
import type { ExportRequest } from './export-contract.ts'

/** 名单一行 — phone only in a list with plain numbers. */
export interface ExportedPupil {
  readonly name: string
  readonly sex: 'male' | 'female' | null
  readonly documentKind: keyof typeof documentKindNames
  readonly document: string
  readonly phone?: string | undefined
  readonly institution: string
  readonly grade: string
  readonly classNo: number | null
}

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
  request: Pick<
    ExportRequest,
    'plain' | 'trace' | 'county' | 'institution' | 'asOf' | 'reason' | 'decidedName'
  >,
  pupils: readonly ExportedPupil[],
  by: { readonly account: string; readonly name: string; readonly at: string; readonly synthetic: boolean },
): Promise<{ content: Buffer; rows: number; sha256: string }> {
  const rows = pupils.map((pupil) => rowOf(pupil, request.plain, request.trace))
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
        columns: [
          text('姓名', 14),
          text('性别'),
          text('证件种类', 22),
          text('证件号', 24),
          ...(request.plain ? [text('联系电话', 16)] : []),
          text('学校', 30),
          text('年级'),
          text('班级'),
          text('追踪号', 14),
        ],
        rows,
      },
    ],
    watermark,
  )
  return { content, rows: rows.length, sha256 }
}

function rowOf(pupil: ExportedPupil, plain: boolean, trace: string): WrittenValue[] {
  return [
    pupil.name,
    pupil.sex && sexNames[pupil.sex],
    documentKindNames[pupil.documentKind],
    pupil.document,
    ...(plain ? [pupil.phone ?? ''] : []),
    pupil.institution,
    pupil.grade,
    pupil.classNo === null ? '' : String(pupil.classNo),
    trace,
  ]
}
