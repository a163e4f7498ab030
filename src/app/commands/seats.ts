import { parseArgs } from 'node:util'
import { type BoardAnswer, stageNames } from '../../features/seats/contract.ts'
import { readBoard } from '../../features/seats/read-board.ts'
import { isDay } from '../../kernel/is-day.ts'
import { type Stage, stages } from '../../kernel/stage.ts'
import { bookDay } from '../../records/books.ts'
import { openSite } from '../open-site.ts'
import { WrongUse } from '../wrong-use.ts'

const help = `用法：kuoyou seats --county CODE --stage STAGE --from Y --to Y [选项]
  --county CODE     县（市、区）六位代码，如 410422；全市用市代码
  --stage STAGE     幼儿园 小学 初中 普通高中 中等职业 特殊教育（或 ${stages.join(' ')}）
  --from Y --to Y   起止学年（开始的公历年）
  --scenario KEY    low 低方案、mid 中方案（默认）、high 高方案，或情景方案编号如 s3
  --basis BASIS     rooms 按教室（默认）、approved 按核定、smaller 取小
  --as-of DAY       台账截至日，默认为台账最后一天
  --data DIR        数据目录
  --json            以 JSON 输出`

/** 学位供需命令 — a county's townships and its own total, year by year, from the published computation. */
export async function seats(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      county: { type: 'string' },
      stage: { type: 'string' },
      from: { type: 'string' },
      to: { type: 'string' },
      scenario: { type: 'string' },
      basis: { type: 'string' },
      'as-of': { type: 'string' },
      data: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) {
    process.stdout.write(`${help}\n`)
    return 0
  }
  return tell(readWords(values), values)
}

interface Words {
  readonly unit: number
  readonly stage: Stage
  readonly from: number
  readonly to: number
  readonly scenario: string
  readonly basis: 'rooms' | 'approved' | 'smaller'
  readonly asOf?: string
}

function readWords(values: Readonly<Record<string, string | boolean | undefined>>): Words {
  const word = (name: string) => String(values[name] ?? '')
  const stage = stages.find((each) => each === word('stage') || stageNames[each] === word('stage'))
  const from = Number(word('from'))
  const to = Number(word('to'))
  check(/^\d{6}$/.test(word('county')), `--county 应是六位区划代码，如 410422，不能是“${word('county')}”。`)
  check(
    stage !== undefined,
    `--stage 只能是 ${Object.values(stageNames).join('、')}，不能是“${word('stage')}”。`,
  )
  check(isYear(word('from')) && isYear(word('to')), `--from 与 --to 应是学年开始的公历年，如 2024 与 2035。`)
  check(from <= to, `--from ${from} 晚于 --to ${to}，请把两者对调。`)
  const scenario = word('scenario') || 'mid'
  check(
    /^(low|mid|high|s[1-9]\d{0,9})$/.test(scenario),
    `--scenario 只能是 low、mid、high 或 s 加方案编号，不能是“${scenario}”。`,
  )
  const basis = word('basis') || 'rooms'
  check(
    ['rooms', 'approved', 'smaller'].includes(basis),
    `--basis 只能是 rooms、approved、smaller，不能是“${basis}”。`,
  )
  const asOf = word('as-of')
  check(asOf === '' || isDay(asOf), `--as-of 应是存在的日期，写作 2024-09-01，不能是“${asOf}”。`)
  return {
    unit: Number(word('county')),
    stage: stage as Stage,
    from,
    to,
    scenario,
    basis: basis as Words['basis'],
    ...(asOf && { asOf }),
  }
}

function check(fine: boolean, sentence: string): void {
  if (!fine) throw new WrongUse(sentence)
}

const isYear = (text: string) => /^(19|20|21)\d{2}$/.test(text)

async function tell(
  words: Words,
  { data, json }: { data?: string | undefined; json?: boolean },
): Promise<number> {
  const { books, close } = await openSite({ data })
  try {
    const { rows } = await books.db.pool.query('select county_id from registry.county')
    const found = await readBoard(
      books,
      rows.map((row) => row.county_id as number),
      { ...words, asOf: words.asOf ?? bookDay(books.site) },
    )
    if ('kind' in found)
      throw new WrongUse(
        `台账里没有代码为 ${words.unit} 的县（市、区）。请核对代码，或用 kuoyou export 查看机构与单位。`,
      )
    if (!found.ok) throw new WrongUse(found.refusal.text)
    if (!found.value.published) throw new WrongUse(found.value.answer)
    return print(found.value, words, json ?? false, books.site.synthetic)
  } finally {
    await close()
  }
}

function print(board: BoardAnswer, words: Words, json: boolean, synthetic: boolean): number {
  if (board.years.length === 0) {
    process.stdout.write(
      `${json ? JSON.stringify({ synthetic, ...shown(board), years: [], rows: [] }) : board.answer}\n`,
    )
    return 0
  }
  const inside = ({ year }: { year: number }) => words.from <= year && year <= words.to
  const years = board.years.filter((year) => inside({ year }))
  check(
    years.length > 0,
    `${words.from}—${words.to} 年不在测算期内（${board.years[0]}—${board.years.at(-1)}）。`,
  )
  const rows = board.rows.map((row) => ({
    unit: row.unit,
    words: row.words,
    cells: row.cells.filter(inside),
  }))
  const [first, last] = [board.years[0]!, board.years.at(-1)!]
  if (words.from < first || last < words.to)
    process.stderr.write(
      `测算期是 ${first}—${last} 年，所问的 ${words.from}—${words.to} 年只列出 ${years[0]}—${years.at(-1)} 年。\n`,
    )
  if (json) {
    process.stdout.write(`${JSON.stringify({ synthetic, ...shown(board), years, rows })}\n`)
    return 0
  }
  process.stdout.write(`${synthetic ? '【合成数据】' : ''}${board.answer}\n`)
  for (const { text } of board.notices) process.stderr.write(`提示：${text}\n`)
  process.stdout.write(`${['单位', ...years].join('\t')}\n`)
  for (const { unit, cells } of rows)
    process.stdout.write(`${[unit.name, ...cells.map(cellWords)].join('\t')}\n`)
  return 0
}

function shown({ parent, stage, scenario, basis, asOf, answer, notices, published }: BoardAnswer) {
  return { parent, stage, scenario, basis, asOf, answer, notices, published }
}

function cellWords({ sign, gap }: BoardAnswer['rows'][number]['cells'][number]): string {
  if (sign === 'missing') return '缺数据'
  if (sign === 'absent' || gap === null) return '—'
  const count = Math.abs(Math.round(gap)).toLocaleString('zh-CN')
  return sign === 'even' ? `≈${count}` : `${sign === 'shortage' ? '缺' : '余'}${count}`
}
