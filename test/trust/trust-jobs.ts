import { type KilledImport, type Mould, mouldOfHamlet } from './killed-imports.ts'

/** What an official may expect after a worker is killed: someone else goes on within this time. */
const resumeWithinMs = 10_000

/** 杀进程试验的结果 — over all kills. */
export interface KillFigures {
  readonly steps: number
  readonly kills: number
  readonly slowestResumeMs: number
  readonly looks: number
}

/**
 * 导入中途杀进程 — kills the worker at so many steps spread over an import, from its first to its last, and compares.
 *
 * Throws when one of the imports ends with other books than an undisturbed one, is seen half, or waits longer than
 * ten seconds for another worker.
 */
export async function killAtSteps(kills: number, rows: number, atOnce: number): Promise<KillFigures> {
  const mould = await mouldOfHamlet(rows)
  try {
    const whole = await mould.trial(0)
    if (whole.steps < kills)
      throw new Error(`only ${whole.steps} steps for ${kills} kills: give it more rows`)
    const steps = Array.from({ length: kills }, (_, index) =>
      Math.round(1 + (index * (whole.steps - 1)) / Math.max(1, kills - 1)),
    )
    const trials = await inTurns(mould, steps, atOnce)
    const misses = [whole, ...trials].flatMap((each) => missOf(each, whole.hash))
    if (misses.length > 0) throw new Error(misses.join('\n'))
    return {
      steps: whole.steps,
      kills: trials.filter(({ killed }) => killed).length,
      slowestResumeMs: Math.max(...trials.map(({ resumedMs }) => resumedMs ?? 0)),
      looks: trials.reduce((sum, { looks }) => sum + looks, 0),
    }
  } finally {
    await mould.close()
  }
}

async function inTurns(mould: Mould, steps: readonly number[], atOnce: number): Promise<KilledImport[]> {
  const left = [...steps]
  const done: KilledImport[] = []
  const turn = async () => {
    for (let step = left.shift(); step !== undefined; step = left.shift()) done.push(await mould.trial(step))
  }
  await Promise.all(Array.from({ length: atOnce }, turn))
  return done
}

function missOf(trial: KilledImport, whole: string): string[] {
  const at = `killed at step ${trial.step}`
  return [
    ...(trial.step > 0 && !trial.killed ? [`${at}: the worker was not killed`] : []),
    ...(trial.hash !== whole ? [`${at}: other books\n${trial.hash}\ninstead of\n${whole}`] : []),
    ...(trial.halfSeen > 0 ? [`${at}: half an import was seen ${trial.halfSeen} times`] : []),
    ...(trial.looks < 10 ? [`${at}: looked at only ${trial.looks} times`] : []),
    ...((trial.resumedMs ?? 0) > resumeWithinMs ? [`${at}: went on only after ${trial.resumedMs} ms`] : []),
  ]
}

/** D3 — an import of 12,000 rows, its worker killed at 36 steps. */
export async function trustJobs(): Promise<void> {
  const { steps, kills, slowestResumeMs, looks } = await killAtSteps(36, 12_000, 4)
  process.stdout.write(
    `D3 导入中途杀进程：全程 ${steps} 步，在 ${kills} 处 kill -9，台账校验值全部相同；${looks} 次旁观没有见到半截导入；接手最慢 ${(slowestResumeMs / 1000).toFixed(1)} 秒（不超过 10 秒）\n`,
  )
}

if (import.meta.main) await trustJobs()
