import { crowd, judge, type LoadGround } from './load-ground.ts'

const crowds = [10, 25, 50, 100, 200, 400]

/** L8 爬坡 — from 10 people at once to 400: the last crowd is served nearly as fast as the best. */
export async function trialRamp(ground: LoadGround): Promise<string[]> {
  const seconds = ground.option('seconds', 30)
  ground.say(`L8 爬坡：${crowds.join('、')} 人同时不停地用，各 ${seconds} 秒`)
  await crowd(ground, crowds[0] as number, 5)
  const rates: number[] = []
  let p99 = 0
  let failures = 0
  for (const users of crowds) {
    const figures = await crowd(ground, users, seconds)
    rates.push(figures.perSecond)
    p99 = figures.all.p99
    const failed = Object.entries(figures.failures)
    failures += failed.reduce((sum, [, count]) => sum + count, 0)
    ground.say(
      `  ${users} 人：每秒 ${figures.perSecond.toFixed(1)} 个，p95 ${Math.round(figures.all.p95)}，p99 ${Math.round(p99)} 毫秒；请走 ${figures.turnedAway}，出错 ${failed.map(([kind, count]) => `${kind} ${count}`).join('，') || '0'}`,
    )
  }
  const ratio = (rates.at(-1) as number) / Math.max(...rates)
  return [
    ...judge(ground, '400 人与最高之比', ratio, '不低于 0.80', ratio >= 0.8),
    ...judge(ground, '400 人的 p99 毫秒', p99, '不超过 10000', p99 <= 10_000),
    ...judge(ground, '出错的请求', failures, '为 0', failures === 0),
  ]
}
