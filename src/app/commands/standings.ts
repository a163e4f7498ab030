import { parseArgs } from 'node:util'
import { bookDay } from '../../records/books.ts'
import { checkStandings } from '../../records/standings/check-standings.ts'
import { keepNow } from '../../records/standings/keep-due.ts'
import { keepStandings } from '../../records/standings/keep-standings.ts'
import { noteRun, operator } from '../on-record.ts'
import { openSite } from '../open-site.ts'

const help = `用法：kuoyou standings keep [--day DAY] [--data DIR]     现在就留存当日（或某日）还没有留存的县的全部指标和覆盖计数（平台每天自动留存）
      kuoyou standings check [--day DAY] [--data DIR]    用当时的台账再算一遍，逐县核对留存的数是否一字不差`

/** 留存命令 — keeps the figures of a day now, or computes kept ones again and compares. */
export async function standings(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { data: { type: 'string' }, day: { type: 'string' }, help: { type: 'boolean' } },
  })
  const [act] = positionals
  if (values.help || (act !== 'keep' && act !== 'check')) {
    process.stdout.write(`${help}\n`)
    return values.help ? 0 : 2
  }
  const { books, close } = await openSite(values)
  try {
    const { rows } = await books.db.pool.query<{ id: number }>('select county_id as id from registry.county')
    const seen = rows.map(({ id }) => id)
    const asOf = values.day ?? bookDay(books.site)
    noteRun({ facts: { asOf } })
    if (act === 'check') return tell(await checkStandings(books, seen, asOf), asOf)
    const counties = await keepNow(books, asOf, (due) => keepStandings(books, due, operator()))
    process.stdout.write(
      counties === 0
        ? `${asOf} 各县的指标和覆盖计数都已留存，台账此后没有变动，不再重复留存。\n`
        : `已留存 ${asOf} 的指标和覆盖计数：${counties} 个县（含全市）。\n`,
    )
    return 0
  } finally {
    await close()
  }
}

function tell(checked: Awaited<ReturnType<typeof checkStandings>>, asOf: string): number {
  if (checked.length === 0) process.stdout.write(`${asOf} 没有留存过。请先运行 kuoyou standings keep。\n`)
  for (const { title, parts, otherPlan } of checked) {
    const differing = parts.filter(({ matches }) => !matches).map(({ countyId }) => countyId)
    const found =
      differing.length === 0 ? '与再算的一致' : `与再算的不一致：${differing.join('、')}，请查台账是否被改动`
    if (parts.length > 0) process.stdout.write(`${title}：${parts.length} 个县（含全市），${found}。\n`)
    if (otherPlan.length > 0)
      process.stdout.write(
        `${title}：${otherPlan.join('、')} 按另一版规划数据或程序留存，请用那一版程序核对。\n`,
      )
  }
  const whole =
    checked.length > 0 &&
    checked.every(({ otherPlan, parts }) => otherPlan.length === 0 && parts.every(({ matches }) => matches))
  return whole ? 0 : 1
}
