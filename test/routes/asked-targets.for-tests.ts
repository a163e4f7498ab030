import type { ServedHamlet } from './served-hamlet.ts'

/** The day the boards are asked for. */
export const day = '2024-09-01'

/** 问目标 — the board of a served hamlet, its cells, a target's page and what lies under a figure. */
export function askedTargets(hamlet: () => ServedHamlet) {
  const board = async (account = 'city', asOf = day) =>
    (await hamlet().ask(account, 'GET', `/api/targets?asOf=${asOf}`)).body
  const cell = (
    found: { targets: { targetId: string; cells: { unitId: number }[] }[] },
    id: string,
    unit: number,
  ) =>
    found.targets
      .find(({ targetId }) => targetId === id)
      ?.cells.find(({ unitId }) => unitId === unit) as never as {
      sign: string
      words: string
      sentence: string
      year: number
      differs: boolean
    }
  const detail = async (id: string, account = 'city') =>
    (await hamlet().ask(account, 'GET', `/api/targets/${id}?asOf=${day}`)).body
  const provenance = (id: string, unit: number, more: string, account = 'city') =>
    hamlet().ask(account, 'GET', `/api/targets/${id}/provenance?asOf=${day}&unit=${unit}&${more}`)
  return { board, cell, detail, provenance }
}
