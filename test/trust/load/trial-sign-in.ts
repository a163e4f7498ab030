import { judge, type LoadGround, officerOf } from './load-ground.ts'
import type { Caller } from './load-scenario.ts'
import { glance, signingIn } from './load-scripts.ts'
import { runLoad } from './run-load.ts'
import { tellFigures } from './tally.ts'

/** 登录与查阅 — password hashes fill the processors; who is reading meanwhile must not starve. */
export async function trialSignIn(ground: LoadGround): Promise<string[]> {
  const seconds = ground.option('seconds', 30)
  const perSecond = ground.option('reads', 10)
  ground.say(`登录：先每秒查阅 ${perSecond} 次 ${seconds} 秒，再与 16 人不停登录一起 ${seconds} 秒`)
  const reading = () =>
    runLoad(ground.address, {
      name: '查阅',
      arrivals: { perSecond, seconds },
      caller: officerOf(ground),
      script: glance,
    })
  await reading()
  const alone = await reading()
  const [beside, signIns] = await Promise.all([
    reading(),
    runLoad(ground.address, {
      name: '登录',
      arrivals: { users: 16, seconds },
      caller: (number) => strangerAt(ground, number),
      script: signingIn,
    }),
  ])
  for (const figures of [alone, beside, signIns]) for (const line of tellFigures(figures)) ground.say(line)
  const ratio = beside.all.p95 / alone.all.p95
  const failures = [beside, signIns]
    .flatMap(({ failures }) => Object.values(failures))
    .reduce((sum, count) => sum + count, 0)
  ground.say(`  每秒登录 ${signIns.perSecond.toFixed(1)} 次；查阅 p95 为单独时的 ${ratio.toFixed(2)} 倍`)
  return [
    ...judge(ground, '登录时查阅 p95 毫秒', beside.all.p95, '不超过 300', beside.all.p95 <= 300),
    ...judge(ground, '出错的请求', failures, '为 0', failures === 0),
  ]
}

/** Someone with an account who has not signed in yet. */
function strangerAt({ clerks }: LoadGround, number: number): Caller {
  const { cookie: _, ...stranger } = clerks[number % clerks.length] as Caller
  return stranger
}
