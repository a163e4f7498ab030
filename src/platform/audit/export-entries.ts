import { createHash } from 'node:crypto'
import type pg from 'pg'
import { granted, type Result, refused } from '../../kernel/result.ts'
import { csvLine } from '../sheets/write-csv.ts'
import { writeWorkbook } from '../sheets/write-workbook.ts'
import type { WrittenColumn, WrittenValue } from '../sheets/written-sheet.ts'
import type { AuditFilter, AuditRow } from './audit-contract.ts'
import type { ActNames } from './audit-desk.ts'
import { listEntries } from './list-entries.ts'
import { outcomeNames } from './outcome-names.ts'

/** 审计导出 — the workbook, with how many rows it holds and their check value, both also in its last lines. */
export interface AuditExport {
  readonly name: string
  readonly content: Buffer
  readonly rows: number
  readonly sha256: string
}

const rowLimit = 100_000

const fields: readonly (readonly [header: string, width: number, of: (row: AuditRow) => WrittenValue])[] = [
  ['序号', 12, ({ seq }) => String(seq)],
  ['时间（北京）', 22, ({ at }) => chinaMoment(at)],
  ['账号', 16, ({ account }) => account || '未登录'],
  ['角色', 18, ({ roleName }) => roleName],
  ['事项', 30, ({ actName }) => actName],
  ['接口', 30, ({ act }) => act],
  ['结果', 10, ({ outcome }) => outcomeNames[outcome as keyof typeof outcomeNames] ?? outcome],
  ['县（市、区）', 16, ({ countyIds }) => countyIds.join('、')],
  ['对象', 14, ({ objectKind }) => objectKind],
  ['对象编号', 14, ({ objectId }) => objectId],
  ['涉及人员（盲编号）', 24, ({ subjects }) => subjects.join('、')],
  ['用途', 20, ({ purpose }) => purpose],
  ['网络地址', 16, ({ network }) => network],
  ['附记', 30, ({ facts }) => (Object.keys(facts).length > 0 ? JSON.stringify(facts) : null)],
  ['受谁委托', 14, ({ delegatedBy }) => delegatedBy],
  ['追踪号', 38, ({ trace }) => trace],
]

/**
 * 导出审计 — every entry that matches, newest first, or a refusal; never a part. The check value is over the rows as CSV lines.
 *
 * `generated`: of a demonstration, which its file says.
 */
export async function exportEntries(
  pool: pg.Pool,
  filter: AuditFilter,
  names: ActNames,
  generated: boolean,
): Promise<Result<AuditExport>> {
  const entries = await listEntries(pool, filter, names, { limit: rowLimit + 1 })
  if (entries.length > rowLimit)
    return refused({
      code: 'audit.too-many-rows',
      text: `符合条件的审计超过 ${rowLimit} 条—一个表装下会很慢，平台也不会悄悄截断—请缩小日期范围，分几次导出。`,
    })
  const rows = entries.map((entry) => fields.map(([, , of]) => of(entry)))
  const hash = createHash('sha256')
  for (const row of rows) hash.update(`${csvLine(row)}\n`)
  const sha256 = hash.digest('hex')
  const days = [filter.from ?? '最早', filter.to ?? '最新'].join('至')
  const content = await writeWorkbook([
    {
      name: '审计',
      captions: [...(generated ? ['合成数据：演示站点的审计'] : []), `审计记录，${days}`],
      columns: fields.map(([header, width]): WrittenColumn => ({ header, width, kind: 'text' })),
      rows: [...rows, [`共 ${rows.length} 行`], [`数据行校验值 SHA-256 ${sha256}`]],
    },
  ])
  return granted({
    name: `${generated ? '合成数据-' : ''}审计-${days}.xlsx`,
    content,
    rows: rows.length,
    sha256,
  })
}

function chinaMoment(at: string): string {
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone: 'Asia/Shanghai',
    dateStyle: 'short',
    timeStyle: 'medium',
  })
  return format.format(new Date(at))
}
