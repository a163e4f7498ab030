import assert from 'node:assert/strict'
import fc from 'fast-check'
import { seats } from '../../src/features/seats/index.ts'
import { type Answer, type ServedHamlet, servedHamlet } from '../routes/served-hamlet.ts'
import { scenarioRequest } from './scenario-request.ts'

const officer = 'county-410422'
/** Histories tried at the same time, each on a scenario of its own. */
const together = 20

/** What was seen while several people changed the same record. */
export interface EditorFigures {
  readonly editors: number
  readonly rounds: number
  readonly histories: number
  /** Savings tried in the histories, and those turned away because somebody else had saved since. */
  readonly savings: number
  readonly turnedAway: number
  readonly seconds: number
}

/** What one of three editors does: look at the record, save what was looked at, or all save at once. */
type Step = { readonly does: 'look' | 'save'; readonly editor: number } | { readonly does: 'all save' }

/**
 * D6 — `editors` save the same revision at once, again and again; then random histories of three editors, against a
 * model. Throws unless exactly one saving succeeds per revision, every other is told the difference, and none is lost.
 */
export async function trustEditors(
  editors: number,
  rounds: number,
  histories: number,
): Promise<EditorFigures> {
  const hamlet = await servedHamlet(seats.routes)
  try {
    const started = performance.now()
    await allAtOnce(hamlet, editors, rounds)
    const scenarios = await Promise.all(
      Array.from({ length: together }, (_, n) => newScenario(hamlet, `多人改${n}`)),
    )
    const seen = { histories: 0, savings: 0, turnedAway: 0 }
    const group = fc.array(history, { minLength: 1, maxLength: together, size: 'max' })
    while (seen.histories < histories) {
      const check = fc.asyncProperty(group, async (each) => {
        await Promise.all(each.map((steps, n) => play(hamlet, scenarios[n] as number, steps, seen)))
        seen.histories += each.length
      })
      await fc.assert(check, { numRuns: 10, interruptAfterTimeLimit: 600_000 })
    }
    const seconds = Math.round((performance.now() - started) / 100) / 10
    return { editors, rounds, ...seen, seconds }
  } finally {
    await hamlet.close()
  }
}

const history = fc.array(
  fc.oneof(
    fc
      .tuple(fc.constantFrom('look' as const, 'save' as const), fc.constantFrom(0, 1, 2))
      .map(([does, editor]): Step => ({ does, editor })),
    fc.constant<Step>({ does: 'all save' }),
  ),
  { minLength: 1, maxLength: 8 },
)

async function allAtOnce(hamlet: ServedHamlet, editors: number, rounds: number): Promise<void> {
  const scenarioId = await newScenario(hamlet, '众人改')
  for (let revision = 1; revision <= rounds; revision++) {
    const notes = Array.from({ length: editors }, (_, n) => `第${revision}轮${n}`)
    const answers = await Promise.all(notes.map((note) => save(hamlet, scenarioId, revision, note)))
    const saved = notes.filter((_, n) => answers[n]?.status === 200)
    assert.equal(saved.length, 1, `${saved.length} of ${editors} saved revision ${revision}`)
    for (const [n, answer] of answers.entries())
      if (answer.status !== 200)
        toldTheDifference(answer, { revision: revision + 1, note: saved[0] as string }, notes[n] as string)
    assert.deepEqual(await standing(hamlet, scenarioId), { revision: revision + 1, note: saved[0] })
  }
}

interface Standing {
  readonly revision: number
  readonly note: string
}

/** Plays one history; the model is the revision and the note that must stand. */
async function play(
  hamlet: ServedHamlet,
  scenarioId: number,
  steps: readonly Step[],
  seen: { savings: number; turnedAway: number },
): Promise<void> {
  let model = await standing(hamlet, scenarioId)
  const looked = [model.revision, model.revision, model.revision]
  let written = 0
  const saveAs = async (editor: number, note: string): Promise<Answer> => {
    seen.savings += 1
    const answer = await save(hamlet, scenarioId, looked[editor] as number, note)
    if (answer.status !== 200) seen.turnedAway += 1
    return answer
  }
  for (const step of steps) {
    if (step.does === 'look') {
      assert.deepEqual(await standing(hamlet, scenarioId), model)
      looked[step.editor] = model.revision
      continue
    }
    const savers = step.does === 'save' ? [step.editor] : [0, 1, 2]
    const fresh = savers.some((editor) => looked[editor] === model.revision)
    const notes = savers.map((editor) => `${model.revision}版上${editor}号第${++written}笔`)
    const answers = await Promise.all(savers.map((editor, n) => saveAs(editor, notes[n] as string)))
    const winners = savers.filter((_, n) => answers[n]?.status === 200)
    assert.equal(winners.length, fresh ? 1 : 0, `${winners.length} savings of revision ${model.revision}`)
    const before = model
    if (fresh) {
      const winner = winners[0] as number
      assert.equal(looked[winner], model.revision, 'who saved had looked at what stood')
      model = { revision: model.revision + 1, note: notes[savers.indexOf(winner)] as string }
      looked[winner] = model.revision
    }
    for (const [n, answer] of answers.entries()) {
      if (answer.status === 200) continue
      // Who began from an old revision may have been answered before the winner of the moment.
      const behind = looked[savers[n] as number] !== before.revision
      const told = behind && answer.body.refusal?.facts?.revision === before.revision ? before : model
      toldTheDifference(answer, told, notes[n] as string)
    }
  }
  assert.deepEqual(await standing(hamlet, scenarioId), model, 'what was saved last stands')
}

function toldTheDifference({ status, body }: Answer, now: Standing, yours: string): void {
  assert.deepEqual([status, body.refusal?.code], [409, 'seats.changed-meanwhile'], JSON.stringify(body))
  assert.deepEqual(body.refusal.conflict, [{ path: 'note', now: now.note, yours }])
  assert.equal(body.refusal.facts.revision, now.revision)
  assert.match(body.text, /已改为第 \d+ 版，为免覆盖没有保存—请对照差别/)
}

async function newScenario({ ask }: ServedHamlet, name: string): Promise<number> {
  const { body } = await ask(officer, 'POST', '/api/seats/scenarios', scenarioRequest(name))
  return body.scenarioId
}

async function save(hamlet: ServedHamlet, scenarioId: number, basedOn: number, note: string) {
  const { rows } = await hamlet.owner.query('select name from seats.scenario where scenario_id = $1', [
    scenarioId,
  ])
  return hamlet.ask(officer, 'PUT', `/api/seats/scenarios/${scenarioId}`, {
    ...scenarioRequest(rows[0].name, note),
    basedOn,
  })
}

async function standing({ owner }: ServedHamlet, scenarioId: number): Promise<Standing> {
  const { rows } = await owner.query<Standing>(
    'select revision, note from seats.scenario where scenario_id = $1',
    [scenarioId],
  )
  return rows[0] as Standing
}
