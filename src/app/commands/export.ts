import { existsSync } from 'node:fs'
import { userInfo } from 'node:os'
import { dirname, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { type ExportFormat, exportFormats } from '../../features/exchange/export/export-file.ts'
import { exportKind } from '../../features/exchange/export/export-kind.ts'
import { importKinds } from '../../features/exchange/tables/import-table.ts'
import { Fault } from '../../kernel/fault.ts'
import { isDay } from '../../kernel/is-day.ts'
import { bookDay } from '../../records/books.ts'
import { countiesAskedFor } from '../counties-asked-for.ts'
import { kindOfWord } from '../kind-of-word.ts'
import { openSite } from '../open-site.ts'
import { writeBytes } from '../write-bytes.ts'
import { WrongUse } from '../wrong-use.ts'

const help = `用法：kuoyou export <种类> --out 文件 [选项]
  种类：${importKinds.join('、')}
  --out 文件        写到哪里
  --format 格式     ${exportFormats.join('、')}，默认 xlsx（csv 为 UTF-8）
  --county CODE     只导出这个县（6 位代码），默认全市
  --as-of DAY       按哪一天的台账，默认今天（演示城市为生成到的那天）
  --school-year Y   在校生的学年，默认为该日所在学年
  --data DIR        数据目录
  --json            行数和校验值以 JSON 写到标准输出
写出全部行；文件里写明行数和校验值，再导入不会有任何改动。`

/** 导出命令 — writes a register to a file, all of it. */
export async function exportCommand(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      out: { type: 'string' },
      format: { type: 'string', default: 'xlsx' },
      county: { type: 'string' },
      'as-of': { type: 'string' },
      'school-year': { type: 'string' },
      data: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) {
    process.stdout.write(`${help}\n`)
    return 0
  }
  const kind = kindOfWord(positionals[0])
  const { out, format } = values
  if (!out) throw new WrongUse('没有写导出到哪里。请写 --out 文件。')
  if (!isFormat(format))
    throw new WrongUse(`没有“${format}”这种格式。--format 只能是 ${exportFormats.join('、')}。`)
  const schoolYear = wholeYear(values['school-year'])
  const given = values['as-of'] && day(values['as-of'])
  const place = dirname(resolve(out))
  if (!existsSync(place)) throw new Fault(`没有 ${place} 这个文件夹，写不出 ${out}。请核对 --out。`)
  const { books, close } = await openSite({ data: values.data })
  try {
    const counties = await countiesAskedFor(books, values.county)
    const visitor = { account: `cli:${userInfo().username}`, role: 'operator', counties }
    const asOf = given ?? bookDay(books.site)
    const county = values.county ? counties[0] : undefined
    const file = await exportKind(books, visitor, { kind, county, asOf, schoolYear, format })
    if (!file.ok) throw new Fault(file.refusal.text)
    const { content, rows, sha256 } = file.value
    await writeBytes(out, content)
    const told = { file: out, rows, sha256 }
    process.stdout.write(
      values.json ? `${JSON.stringify(told)}\n` : `已导出 ${rows} 行到 ${out}，数据行 SHA-256 ${sha256}。\n`,
    )
    return 0
  } finally {
    await close()
  }
}

function isFormat(word: string): word is ExportFormat {
  return (exportFormats as readonly string[]).includes(word)
}

function day(text: string): string {
  if (isDay(text)) return text
  throw new WrongUse(`--as-of 应写成 2026-09-01 这样的日期，不能是“${text}”。`)
}

function wholeYear(text: string | undefined): number | undefined {
  if (text === undefined || /^(19|20)\d{2}$/.test(text)) return text === undefined ? undefined : Number(text)
  throw new WrongUse(`--school-year 应写成 2024 这样的年份，不能是“${text}”。`)
}
