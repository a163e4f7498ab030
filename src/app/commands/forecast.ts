import { renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { EnrolmentPanel } from '../../engines/forecast/enrolment-panel.ts'
import { forecastPanel, type PanelForecast } from '../../engines/forecast/forecast-panel.ts'
import { chinaDay } from '../../kernel/china-moment.ts'
import { Fault } from '../../kernel/fault.ts'
import { isMissing } from '../../kernel/missing.ts'
import type { Problem } from '../../kernel/problem.ts'
import { loadPlan, numberParameter } from '../../plan/index.ts'
import { root } from '../data-folder.ts'
import { WrongUse } from '../wrong-use.ts'
import { backTestTable } from './forecast/back-test-table.ts'
import { problem, readCsv } from './forecast/csv-table.ts'
import { readBirths } from './forecast/read-births.ts'
import { readPanel } from './forecast/read-panel.ts'

const help = `用法：kuoyou forecast 面板.csv --as-of 年份 --horizons 1,3,5 --out 结果.csv [选项]

按单位和年级预测学生数，给出 80% 区间和回测。

面板列：unit,parent,year，然后按顺序是年级列（如 K,G1,G2…）；空格表示不知道；
parent 写上级单位，没有就留空；上级没有自己的行时取下级之和。

  --as-of 年份      站在哪一学年（只用这一年及以前的数据）
  --horizons 1,3,5  往后几年
  --births 文件     出生人口：unit,year,births（公历年，任何一级单位）
  --out 文件        结果：unit,grade,year,horizon,mean,lo80,hi80,method（含 TOTAL 合计行）
  --report 文件     回测与说明（JSON）
  --json            结果与回测以 JSON 写到标准输出
  --help            本说明
`

interface Request {
  readonly panel: string
  readonly asOf: number
  readonly horizons: readonly number[]
  readonly births?: string
  readonly out?: string
  readonly report?: string
  readonly json: boolean
}

/** 学生数预测命令 — reads the files, judges them whole, forecasts, and writes all or nothing. */
export async function forecast(args: string[]): Promise<number> {
  if (args.length === 0) throw new WrongUse('没有写要预测的表。用法见 kuoyou forecast --help。')
  const asked = readRequest(args)
  if ('help' in asked) {
    process.stdout.write(help)
    return 0
  }
  if ('problems' in asked) return refuse(asked.problems)
  const read = readInputs(asked.request)
  if ('problems' in read) return refuse(read.problems)
  const result = forecastPanel(read.panel, asked.request.asOf, asked.request.horizons)
  return publish(asked.request, result)
}

const options = {
  'as-of': { type: 'string' },
  horizons: { type: 'string' },
  births: { type: 'string' },
  out: { type: 'string' },
  report: { type: 'string' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const

function readRequest(args: string[]): { help: true } | { problems: Problem[] } | { request: Request } {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options })
  if (values.help) return { help: true }
  const { births, out, report, json } = values
  const asOf = values['as-of'] ?? ''
  const asked = values.horizons ?? ''
  const horizons = asked.split(',').map((part) => part.trim())
  const wrong: [boolean, string, string, string][] = [
    [
      positionals.length !== 1,
      '面板',
      'args.panel',
      '须给出一个面板 csv 文件。请写：kuoyou forecast 面板.csv …',
    ],
    [!/^\d{4}$/.test(asOf), '--as-of', 'args.as-of', `“${asOf}”不是四位年份。请写如 --as-of 2024。`],
    [
      !horizons.every(isHorizon),
      '--horizons',
      'args.horizons',
      `“${asked}”不是用逗号分开的正整数（1—30）。请写如 --horizons 1,3,5。`,
    ],
    [
      !out && !json,
      '--out',
      'args.out',
      '须说明结果写到哪里。请写 --out 结果.csv，或加 --json 写到标准输出。',
    ],
  ]
  const problems = wrong
    .filter(([bad]) => bad)
    .map(([, where, code, text]) => problem(where, undefined, code, text))
  if (problems.length > 0) return { problems }
  const years = [...new Set(horizons.map(Number))].sort((a, b) => a - b)
  return {
    request: { panel: positionals[0]!, asOf: Number(asOf), horizons: years, births, out, report, json },
  }
}

function isHorizon(part: string): boolean {
  return /^[1-9]\d?$/.test(part) && Number(part) <= 30
}

function readInputs(request: Request): { panel: EnrolmentPanel } | { problems: Problem[] } {
  const table = readCsv(request.panel)
  if ('problems' in table) return table
  const largest = largestCohort()
  const read = readPanel(request.panel, table.table, request.asOf, largest)
  if ('problems' in read || !request.births) return read
  const birthTable = readCsv(request.births)
  if ('problems' in birthTable) return birthTable
  const born = readBirths(request.births, birthTable.table, read.panel, request.asOf, largest)
  return 'problems' in born ? born : { panel: { ...read.panel, births: born.births } }
}

/** The most pupils a cell may say, from the national layer of the plan; one sentence when it cannot be had. */
function largestCohort(): number {
  const day = chinaDay(new Date())
  const found = numberParameter(loadPlan(join(root, 'plan'), 'national'), 'data.largest-cohort', {
    on: day,
    asOf: day,
  })
  if (isMissing(found)) throw new Fault(`参数“${found.of}”还没有录入，缺了它无法核查数据。`)
  if (!found.ok) throw new Fault(found.refusal.text)
  return found.value
}

const listed = 20

function refuse(problems: readonly Problem[]): number {
  const more = problems.length > listed ? [`……另有 ${problems.length - listed} 处问题。`] : []
  process.stderr.write(`${[...problems.slice(0, listed).map((found) => found.text), ...more].join('\n')}\n`)
  return 2
}

function publish(request: Request, result: PanelForecast): number {
  const { rows, ...record } = result
  const report = { asOf: request.asOf, horizons: request.horizons, ...record }
  const files: [string, string][] = []
  if (request.out) files.push([request.out, csvOf(result)])
  if (request.report) files.push([request.report, `${JSON.stringify(report, null, 2)}\n`])
  const failed = writeAll(files)
  if (failed)
    return refuse([
      problem(failed, undefined, 'out.unwritable', '写不进去——文件夹不存在或无权写。请换一个位置。'),
    ])
  if (request.json) process.stdout.write(`${JSON.stringify({ ...report, rows })}\n`)
  const notes = result.missing.map((gap) => `缺数据：${gap.where} ${gap.of}，不作预测（不当作 0）。`)
  process.stderr.write(`${[backTestTable(result, request.horizons), ...notes.slice(0, listed)].join('\n')}\n`)
  return 0
}

function csvOf(result: PanelForecast): string {
  const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
  const lines = result.rows.map((row) =>
    [
      quoted(row.unit),
      quoted(row.grade),
      row.year,
      row.horizon,
      row.mean,
      row.lo80,
      row.hi80,
      row.method,
    ].join(','),
  )
  return `${['unit,grade,year,horizon,mean,lo80,hi80,method', ...lines].join('\n')}\n`
}

/** Writes every file beside its place first, then moves all into place; names the one that failed. */
function writeAll(files: readonly [string, string][]): string | undefined {
  const drafts: string[] = []
  for (const [file, text] of files) {
    try {
      writeFileSync(`${file}.part`, text)
      drafts.push(file)
    } catch {
      for (const draft of drafts) rmSync(`${draft}.part`, { force: true })
      return file
    }
  }
  for (const draft of drafts) renameSync(`${draft}.part`, draft)
  return undefined
}
