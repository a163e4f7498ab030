import { readFile as readBytes } from 'node:fs/promises'
import { userInfo } from 'node:os'
import { basename } from 'node:path'
import { parseArgs } from 'node:util'
import { applyImport } from '../../features/exchange/import/apply-import.ts'
import { countsOf } from '../../features/exchange/import/counts.ts'
import { dataLimits } from '../../features/exchange/import/data-limits.ts'
import type { Decision } from '../../features/exchange/import/decide.ts'
import {
  type ImportFile,
  judgeOnRecord,
  judgingProgress,
  type ReadFile,
  readFile,
} from '../../features/exchange/import/judge-file.ts'
import type { Receipt } from '../../features/exchange/import/store-receipts.ts'
import type { Judgement } from '../../features/exchange/judge/judge-import.ts'
import { importKinds } from '../../features/exchange/tables/import-table.ts'
import { chinaDay } from '../../kernel/china-moment.ts'
import { Fault } from '../../kernel/fault.ts'
import { isDay } from '../../kernel/is-day.ts'
import type { Refusal } from '../../kernel/result.ts'
import { errorWorkbook } from '../../platform/sheets/error-workbook.ts'
import { type Books, bookDay } from '../../records/books.ts'
import { countiesAskedFor } from '../counties-asked-for.ts'
import { kindOfWord } from '../kind-of-word.ts'
import { noteRun, operator } from '../on-record.ts'
import { openSite } from '../open-site.ts'
import { printProgress } from '../print-progress.ts'
import { writeBytes } from '../write-bytes.ts'
import { WrongUse } from '../wrong-use.ts'

const help = `用法：kuoyou import <种类> <文件> --doc 文号 [选项]
  种类：${importKinds.join('、')}
  文件：.xlsx，或 UTF-8、GB18030 的 CSV；按内容识别，不看扩展名
  --doc 文号             批准或报送文件的文号（--dry-run 时可省）
  --decided-on DAY       文件日期，默认今天
  --effective-on DAY     机构变更从哪天起，默认为文件日期，不晚于台账截至日
  --only-good            仅导入通过行；默认有一行错误就整个不导入
  --accept-corrections   同意更正台账里已有的数
  --reason 文字          存疑行属实的原因
  --errors 文件.xlsx     写出错误回填表：原表标红，末列写明原因
  --dry-run              只核对，不写入
  --county CODE          只许写这个县（6 位代码）
  --data DIR             数据目录
  --json                 结果以 JSON 写到标准输出
退出码：0 已导入或核对无误；1 有错误，没有写入；2 用法不对`

const options = {
  doc: { type: 'string', default: '' },
  'decided-on': { type: 'string' },
  'effective-on': { type: 'string' },
  'only-good': { type: 'boolean', default: false },
  'accept-corrections': { type: 'boolean', default: false },
  reason: { type: 'string' },
  errors: { type: 'string' },
  'dry-run': { type: 'boolean', default: false },
  county: { type: 'string' },
  data: { type: 'string' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const

type Values = ReturnType<typeof parse>['values']

function parse(args: string[]) {
  return parseArgs({ args, options, allowPositionals: true })
}

/** 导入命令 — the same rules as the page, from a file on disk. */
export async function importCommand(args: string[]): Promise<number> {
  const { values, positionals } = parse(args)
  if (values.help) {
    process.stdout.write(`${help}\n`)
    return 0
  }
  const kind = kindOfWord(positionals[0])
  const path = positionals[1]
  if (!path) throw new WrongUse(`没有写要导入的文件。请写：kuoyou import ${kind} 文件 --doc 文号。`)
  for (const option of ['decided-on', 'effective-on'] as const)
    if (values[option] !== undefined && !isDay(values[option]))
      throw new WrongUse(`--${option} 应写成 2026-09-01 这样的日期，不能是“${values[option]}”。`)
  const file = { kind, fileName: basename(path), bytes: await bytesOf(path) }
  const { books, close } = await openSite({ data: values.data })
  try {
    return await run(books, file, values)
  } finally {
    await close()
  }
}

function bytesOf(path: string): Promise<Buffer> {
  return readBytes(path).catch((error: NodeJS.ErrnoException) => {
    throw new Fault(
      error.code === 'ENOENT'
        ? `没有 ${path} 这个文件。请检查路径。`
        : `读不了 ${path}（${error.code}）。请检查权限。`,
    )
  })
}

interface Outcome {
  readonly judgement?: Judgement<unknown>
  readonly receipt?: Receipt
  readonly refusal?: Refusal
}

async function run(books: Books, file: ImportFile, values: Values): Promise<number> {
  const name = `${userInfo().username}（命令行）`
  const counties = await countiesAskedFor(books, values.county)
  const importer = { account: operator(), name, role: 'operator', counties }
  const read = await readFile(file, printProgress)
  const outcome = await (values['dry-run'] ? judgeOnly : judgeAndWrite)(books, importer, file, read, values)
  if (values.errors && read.sheet) {
    const problems = outcome.judgement?.problems ?? read.problems
    await writeBytes(values.errors, await errorWorkbook(file.bytes, read.sheet, problems))
  }
  print(outcome, read, values)
  const clean = outcome.judgement !== undefined && outcome.judgement.rejectedRows.length === 0
  return (values['dry-run'] ? clean : outcome.receipt !== undefined) ? 0 : 1
}

type Work = (
  books: Books,
  importer: Parameters<typeof applyImport>[1],
  file: ImportFile,
  read: ReadFile,
  values: Values,
) => Promise<Outcome>

const judgeOnly: Work = async (books, importer, { kind }, read) => {
  const limits = dataLimits(books.plan, bookDay(books.site))
  if (!limits.ok) return { refusal: limits.refusal }
  const source = { kind, read, mapping: read.suggested, limits: limits.value }
  const judged = await books.db.transaction(
    { counties: importer.counties, asOf: bookDay(books.site) },
    (tx) => judgeOnRecord(tx, books, importer, source, judgingProgress(printProgress)),
  )
  return judged ? { judgement: judged.judgement } : {}
}

const judgeAndWrite: Work = async (books, importer, file, read, values) => {
  const { judgement, refusal } = await judgeOnly(books, importer, file, read, values)
  if (refusal || !judgement) return { ...(refusal && { refusal }) }
  const decision: Decision = {
    docNumber: values.doc,
    decidedOn: values['decided-on'] ?? chinaDay(new Date()),
    effectiveOn: values['effective-on'],
    onlyGood: values['only-good'],
    acceptCorrections: values['accept-corrections'],
    reason: values.reason,
  }
  const application = { file, read, mapping: read.suggested, decision, today: chinaDay(new Date()) }
  // The rows are judged again before they are written: that they were read once is enough to tell.
  const done = await applyImport(books, importer, application, (at, total, words) => {
    if (!words?.startsWith('逐行核对')) printProgress(at, total, words)
  })
  if (!done.ok) return { judgement, refusal: done.refusal }
  noteRun({ facts: { receipt: done.value.receiptNumber, sha256: done.value.sha256 } })
  return { judgement, receipt: done.value }
}

function print({ judgement, receipt, refusal }: Outcome, read: ReadFile, values: Values): void {
  const problems = judgement?.problems ?? read.problems
  const counts = judgement && countsOf(judgement)
  if (values.json) {
    const corrections = judgement?.corrections ?? []
    process.stdout.write(`${JSON.stringify({ counts, problems, corrections, receipt, refusal })}\n`)
    return
  }
  const words = { error: '错误', doubt: '存疑', warning: '提示' } as const
  for (const { severity, text } of problems) process.stdout.write(`${words[severity]}  ${text}\n`)
  for (const { row, name, what, from, to } of judgement?.corrections ?? [])
    process.stdout.write(`更正  第 ${row} 行 ${name} ${what} ${from} → ${to}\n`)
  if (counts)
    process.stdout.write(
      `共 ${counts.rows} 行：新增 ${counts.fresh}，更正 ${counts.corrected}，相同 ${counts.same}，有错误 ${counts.rejected}。\n`,
    )
  if (receipt)
    process.stdout.write(`已导入，回执号 ${receipt.receiptNumber}，文件 SHA-256 ${receipt.sha256}。\n`)
  if (refusal) process.stderr.write(`没有写入：${refusal.text}\n`)
  if (values.errors && read.sheet) process.stderr.write(`错误回填表已写到 ${values.errors}\n`)
}
