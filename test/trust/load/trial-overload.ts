import { everydayVisits, judge, type LoadGround } from './load-ground.ts'
import { tellFigures } from './tally.ts'

/** L5 超载 — three times what the platform can do: those let in finish, those sent away are told when to come back. */
export async function trialOverload(ground: LoadGround): Promise<string[]> {
  const peak = await ground.peak()
  const seconds = ground.option('seconds', 60)
  ground.say(`L5 超载三倍：每秒 ${(3 * peak).toFixed(1)} 个请求，${seconds} 秒`)
  const figures = await everydayVisits(ground, 3 * peak, seconds)
  for (const line of tellFigures(figures)) ground.say(line)
  const goodput = figures.perSecond / peak
  const failures = Object.values(figures.failures).reduce((sum, count) => sum + count, 0)
  return [
    ...judge(ground, '办成的请求与最高能力之比', goodput, '不低于 0.80', goodput >= 0.8),
    ...judge(
      ground,
      '被请走而没说何时再来',
      figures.withoutRetryAfter,
      '为 0',
      figures.withoutRetryAfter === 0,
    ),
    ...judge(ground, '没走完的访问', figures.unfinished, '为 0', figures.unfinished === 0),
    ...judge(ground, '出错的请求', failures, '为 0', failures === 0),
  ]
}
