import { setTimeout as sleep } from 'node:timers/promises'
import { everydayVisits, judge, type LoadGround } from './load-ground.ts'
import { tellFigures } from './tally.ts'
import { readVitals, type Vitals, watchVitals } from './watch-metrics.ts'

/** L7 久压 — half of what the platform can do for half an hour: memory stands still, nothing is left open. */
export async function trialSoak(ground: LoadGround): Promise<string[]> {
  const peak = await ground.peak()
  const seconds = ground.option('seconds', 1_800)
  ground.say(`L7 久压：每秒 ${(peak / 2).toFixed(1)} 个请求，${seconds} 秒`)
  const before = await settled(ground)
  const watching = watchVitals(ground.address)
  const figures = await everydayVisits(ground, peak / 2, seconds)
  const { readings, missed } = watching.stop()
  const after = await settled(ground)
  for (const line of tellFigures(figures)) ground.say(line)
  const [warm, late] = [middleRss(readings, 0.3, 0.5), middleRss(readings, 0.8, 1)]
  const growth = ((late - warm) / warm) * 100
  ground.say(
    `  内存：热身后 ${warm.toFixed(0)} MB，末尾 ${late.toFixed(0)} MB；读数 ${readings.length} 次，没读到 ${missed} 次`,
  )
  const busy = after.connections - after.idle
  return [
    ...judge(ground, '内存增长 %', growth, '小于 5', growth < 5),
    ...judge(ground, '事后仍占用的数据库连接', busy, '为 0', busy === 0),
    ...judge(ground, '事后多开的文件', leakedFiles(before, after), '为 0', leakedFiles(before, after) <= 0),
    ...judge(ground, '事后仍在办的请求', after.inFlight, '为 1（就是读数本身）', after.inFlight === 1),
    ...judge(ground, '没走完的访问', figures.unfinished, '为 0', figures.unfinished === 0),
  ]
}

/** Connections of the pool are files too: they may stay, idle. */
function leakedFiles(before: Vitals, after: Vitals): number {
  return after.openFiles - after.connections - (before.openFiles - before.connections)
}

/** Idle connections of the pool close after ten seconds, those of visitors after a few. */
async function settled(ground: LoadGround): Promise<Vitals> {
  await sleep(15_000)
  return readVitals(ground.address)
}

/** The middle of the readings between two shares of the run: a collection of garbage just past does not decide. */
function middleRss(readings: readonly Vitals[], from: number, to: number): number {
  const part = readings
    .slice(Math.floor(readings.length * from), Math.ceil(readings.length * to))
    .map(({ rssMb }) => rssMb)
    .sort((one, other) => one - other)
  return part[Math.floor(part.length / 2)] ?? Number.NaN
}
