import { type LoadGround, layGround } from './load-ground.ts'
import { trialBare } from './trial-bare.ts'
import { trialDeadline } from './trial-deadline.ts'
import { trialForms } from './trial-forms.ts'
import { trialNeighbour } from './trial-neighbour.ts'
import { trialOverload } from './trial-overload.ts'
import { trialRamp } from './trial-ramp.ts'
import { trialSignIn } from './trial-sign-in.ts'
import { trialSoak } from './trial-soak.ts'

/** 各项负载试验 — in the order they run; each tells what it missed. */
const trials: Readonly<Record<string, (ground: LoadGround) => Promise<string[]>>> = {
  bare: trialBare,
  'sign-in': trialSignIn,
  deadline: trialDeadline,
  forms: trialForms,
  ramp: trialRamp,
  overload: trialOverload,
  neighbour: trialNeighbour,
  soak: trialSoak,
}

/**
 * 负载试验 — all of them, or those named: `npm run trust -- load deadline schools=500 seconds=120`.
 *
 * Words with `=` are options of the trials named. Throws when a figure was missed or the platform logged a fault.
 */
export async function trustLoad(words: readonly string[], say: (line: string) => void): Promise<void> {
  const named = words.filter((word) => !word.includes('='))
  const unknown = named.filter((word) => !Object.hasOwn(trials, word))
  if (unknown.length > 0)
    throw new Error(`没有“${unknown.join('、')}”这种负载试验，可选：${Object.keys(trials).join('、')}`)
  const options = Object.fromEntries(
    words
      .filter((word) => word.includes('='))
      .map((word) => [word.split('=')[0], Number(word.split('=')[1])]),
  )
  const people = { officers: 400, clerks: options.schools ?? 2_500, fillers: options.fillers ?? 3_900 }
  const ground = await layGround('city', people, say, options)
  try {
    const missed: string[] = []
    for (const name of named.length > 0 ? named : Object.keys(trials))
      missed.push(...((await trials[name]?.(ground)) ?? []))
    const faults = ground.faults()
    if (faults.length > 0) missed.push(`平台日志里有 ${faults.length} 处出错，如 ${faults[0]?.slice(0, 500)}`)
    if (missed.length > 0) throw new Error(missed.join('；'))
  } finally {
    await ground.close()
  }
}
