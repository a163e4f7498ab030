import { addClerks, addFillers, addOfficers } from './load-people.ts'
import type { Caller, Step } from './load-scenario.ts'
import { everyday } from './load-scripts.ts'
import { type PlatformUnderLoad, platformUnderLoad } from './platform-under-load.ts'
import { runLoad } from './run-load.ts'
import type { LoadFigures } from './tally.ts'

/** 试验场 — a platform and its people, lent to one trial after another. */
export interface LoadGround extends PlatformUnderLoad {
  readonly officers: readonly Caller[]
  readonly clerks: readonly Caller[]
  readonly fillers: readonly Caller[]
  readonly say: (line: string) => void
  /** A figure as asked for on the command line (`seconds=600`), else the catalogue's. */
  option(name: string, otherwise: number): number
  /** The most requests a second this platform answers on this machine, measured once. */
  peak(): Promise<number>
}

/** 搭试验场 — starts the platform and signs its people in. */
export async function layGround(
  size: 'hamlet' | 'city',
  people: { readonly officers: number; readonly clerks: number; readonly fillers: number },
  say: (line: string) => void,
  options: Readonly<Record<string, number>> = {},
): Promise<LoadGround> {
  const platform = await platformUnderLoad(size)
  try {
    const officers = await addOfficers(platform.owner, people.officers)
    const clerks = await addClerks(platform.owner, people.clerks, officers.length)
    const fillers = await addFillers(platform.owner, people.fillers, officers.length + clerks.length)
    let measured: Promise<number> | undefined
    const ground: LoadGround = {
      ...platform,
      officers,
      clerks,
      fillers,
      say,
      option: (name, otherwise) => options[name] ?? otherwise,
      peak: () => {
        measured ??= measurePeak(ground)
        return measured
      },
    }
    return ground
  } catch (error) {
    await platform.close()
    throw error
  }
}

const crowdOfPeak = 32

async function measurePeak(ground: LoadGround): Promise<number> {
  const seconds = ground.option('peakSeconds', 20)
  await crowd(ground, crowdOfPeak, 5)
  const { perSecond } = await crowd(ground, crowdOfPeak, seconds)
  ground.say(
    `  日常负载的最高处理能力：每秒 ${perSecond.toFixed(1)} 个请求（${crowdOfPeak} 人不停地用，${seconds} 秒）`,
  )
  return perSecond
}

/** 人群 — so many people at once who do not stop to think. */
export function crowd(ground: LoadGround, users: number, seconds: number): Promise<LoadFigures> {
  return runLoad(ground.address, {
    name: `${users} 人`,
    arrivals: { users, seconds },
    caller: officerOf(ground),
    script: withoutThinking(everyday),
  })
}

/** 日常来客 — everyday visits, so many requests a second. */
export function everydayVisits(
  ground: LoadGround,
  requestsPerSecond: number,
  seconds: number,
): Promise<LoadFigures> {
  return runLoad(ground.address, {
    name: '日常',
    arrivals: { perSecond: requestsPerSecond / everyday.length, seconds },
    caller: officerOf(ground),
    script: everyday,
  })
}

export const officerOf = (ground: LoadGround) => (number: number) =>
  ground.officers[number % ground.officers.length] as Caller

function withoutThinking(script: readonly Step[]): Step[] {
  return script.map(({ thinkMs: _, ...step }) => step)
}

/** 判定 — says a figure beside its limit; what was missed is told at the end. */
export function judge(ground: LoadGround, what: string, seen: number, limit: string, met: boolean): string[] {
  const told = `${what}：${Number.isInteger(seen) ? seen : seen.toFixed(2)}（应${limit}）${met ? '' : '，未达到'}`
  ground.say(`  ${told}`)
  return met ? [] : [told]
}
