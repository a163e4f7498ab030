import { type Grade, gradesOf, type Stage } from '../kernel/stage.ts'
import type { PupilFlow } from '../records/registry/pupil-flow.ts'
import { firstYear, schoolYears } from './city-rolls.ts'
import { type InstitutionDraft, pupilsIn, pupilsOf } from './institution-draft.ts'
import type { RandomStream } from './random-stream.ts'

/** Of a hundred pupils, about this many leave and as many come during a year without changing the count. */
const exchangedShare = 0.006
/** Of those a special school files, this share is new each year. */
const specialEntrants = 0.126

/**
 * 学生变动 — entrants, graduates and movements of a stage, such that they explain every change of the rolls:
 * this year = last year + entrants − graduates + moved in − moved out.
 *
 * Nothing for the first year (there is no year before it). An institution that closed during the year
 * reports its graduates and that all others moved out.
 */
export function pupilFlows(draft: InstitutionDraft, countyId: number, random: RandomStream): PupilFlow[] {
  return draft.stages.flatMap((stage) =>
    schoolYears
      .filter((year) => year > firstYear)
      .flatMap((schoolYear) => {
        const before = pupilsIn(draft, gradesOf[stage], schoolYear - 1)
        const now = pupilsIn(draft, gradesOf[stage], schoolYear)
        if (before === 0 && now === 0) return []
        const flow = stage === 'special' ? specialFlow(before, now) : gradeFlow(draft, stage, schoolYear)
        const net = now - before - flow.entrants + flow.graduates
        const exchanged = now === 0 ? 0 : Math.round(before * exchangedShare * random.between(0, 2))
        const movedIn = Math.max(net, 0) + exchanged
        const movedOut = Math.max(-net, 0) + exchanged
        return [{ countyId, institutionId: draft.id, schoolYear, stage, ...flow, movedIn, movedOut }]
      }),
  )
}

interface EnterAndLeave {
  readonly entrants: number
  readonly graduates: number
}

/** Entrants fill the first grade, graduates are last year's last grade of the stage (a teaching point may have none). */
function gradeFlow(draft: InstitutionDraft, stage: Stage, year: number): EnterAndLeave {
  const grades: readonly Grade[] = gradesOf[stage]
  return {
    entrants: pupilsOf(draft, grades[0]!, year),
    graduates: pupilsOf(draft, grades.at(-1)!, year - 1),
  }
}

function specialFlow(before: number, now: number): EnterAndLeave {
  const entrants = Math.round(now * specialEntrants)
  return { entrants, graduates: Math.max(0, before + entrants - now) }
}
