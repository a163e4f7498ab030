import { judge, type LoadGround } from './load-ground.ts'
import type { Caller } from './load-scenario.ts'
import { filing, filingNumber } from './load-scripts.ts'
import { runLoad } from './run-load.ts'
import { type LoadFigures, tellFigures } from './tally.ts'

/**
 * L4 截止日 — every school files its yearly table once, 40 % of them in the last quarter of an hour.
 *
 * `schools` and `seconds` may be given. The last quarter of an hour is compressed into the last third of the run and
 * the working day before it into the first two: with 2,500 schools in 900 s that is three times the rate of life at
 * the end, and far more than that before.
 */
export async function trialDeadline(ground: LoadGround): Promise<string[]> {
  const schools = ground.option('schools', 2_500)
  const seconds = ground.option('seconds', 900)
  const clerks = ground.clerks.slice(0, schools)
  ground.say(
    `L4 截止日：${clerks.length} 所学校各报一次，${seconds} 秒；四成在最后三分之一时间（相当于最后 15 分钟压成 ${Math.round(seconds / 3)} 秒）`,
  )
  const figures = await runLoad(ground.address, {
    name: '截止日',
    arrivals: { atMs: momentsBefore(clerks.length, seconds) },
    caller: (number) => clerks[number] as Caller,
    script: filing,
  })
  for (const line of tellFigures(figures)) ground.say(line)
  const { lost, doubled } = await onceEach(ground, clerks)
  return [
    ...judge(ground, '交表 p95 毫秒', p95(figures, '交表'), '不超过 500', p95(figures, '交表') <= 500),
    ...judge(ground, '确认 p95 毫秒', p95(figures, '确认'), '不超过 500', p95(figures, '确认') <= 500),
    ...judge(ground, '没报成的学校', figures.unfinished, '为 0', figures.unfinished === 0),
    ...judge(ground, '被请走的请求', figures.turnedAway, '为 0', figures.turnedAway === 0),
    ...judge(ground, '台账里没有的报表', lost, '为 0', lost === 0),
    ...judge(ground, '登记了不止一次的报表', doubled, '为 0', doubled === 0),
  ]
}

export function p95(figures: LoadFigures, step: string): number {
  return figures.steps[step]?.p95 ?? Number.POSITIVE_INFINITY
}

/** 来报时刻 — 40 % of them in the last third. */
export function momentsBefore(count: number, seconds: number): number[] {
  const late = Math.round(count * 0.4)
  const turn = (seconds * 2) / 3
  return Array.from({ length: count }, (_, index) =>
    index < count - late ? Math.random() * turn * 1_000 : (turn + Math.random() * (seconds - turn)) * 1_000,
  )
}

/** Looks in the books themselves: one act for each school's document, and one receipt. */
export async function onceEach(
  { owner }: Pick<LoadGround, 'owner'>,
  clerks: readonly Caller[],
): Promise<{ lost: number; doubled: number }> {
  const { rows } = await owner.pool.query<{ number: string; acts: number; receipts: number }>(
    `select doc_number as number, count(*)::int as acts,
            (select count(*)::int from exchange.receipt r where r.doc_number = a.doc_number) as receipts
       from registry.act a where kind = 'import' and doc_number = any ($1) group by doc_number`,
    [clerks.map(({ own }) => filingNumber(String(own.institution)))],
  )
  return {
    lost: clerks.length - rows.length,
    doubled: rows.filter(({ acts, receipts }) => acts !== 1 || receipts !== 1).length,
  }
}
