import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import type { TestDatabase } from '../../../test/house/database-for-tests.ts'
import { beginWriting, holdBooksStill } from './begin-writing.ts'
import { readEnrolment } from './reads/read-filings.ts'
import { recordAct } from './record-act.ts'
import { all, basis, lushan, smallWorld, yexian } from './small-world.for-tests.ts'
import { correctEnrolment } from './write-enrolment.ts'

let world: TestDatabase
before(async () => {
  world = await smallWorld()
})
after(() => world.close())

const firstGrade = { institutionIds: [1], schoolYears: [2023] }

/** Corrects one figure, and before it commits waits for `until`. */
function correcting(pupils: number, until: Promise<unknown> = Promise.resolve(), reached = () => {}) {
  return world.db.transaction(all, async (tx) => {
    const moment = await beginWriting(tx, yexian)
    const [first] = await readEnrolment(tx, firstGrade)
    const act = await recordAct(tx, { ...basis('2024-09-10'), kind: 'correct' })
    await correctEnrolment(tx, act, [{ ...first!, pupils }])
    reached()
    await until
    return moment
  })
}

function gate() {
  let open = () => {}
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  return { opened, open }
}

test('a publication waits for a slow writer, sees its entry, and recomputes to the same', async () => {
  const written = gate()
  const release = gate()
  const writer = correcting(501, release.opened, written.open)
  await written.opened
  let said = false
  const publication = world.db.transaction(all, async (tx) => {
    const knownAt = await holdBooksStill(tx, [yexian, lushan])
    said = true
    return { knownAt, pupils: (await readEnrolment(tx, firstGrade))[0]!.pupils }
  })
  await sleep(100)
  const saidEarly = said
  release.open()
  const knownFrom = await writer
  const { knownAt, pupils } = await publication
  assert.equal(saidEarly, false, 'the publication may not speak while a writer is at work')
  assert.equal(pupils, 501)
  assert.ok(knownFrom < knownAt)
  await correcting(502)
  const again = await world.db.transaction({ ...all, knownAt }, (tx) => readEnrolment(tx, firstGrade))
  assert.equal(again[0]!.pupils, pupils)
})

test('a writer waits for a publication, and its entry is left out of the recomputation', async () => {
  const read = gate()
  const release = gate()
  const publication = world.db.transaction(all, async (tx) => {
    const knownAt = await holdBooksStill(tx, [yexian])
    const before = await readEnrolment(tx, firstGrade)
    read.open()
    await release.opened
    return { knownAt, before, after: await readEnrolment(tx, firstGrade) }
  })
  await read.opened
  let wrote = false
  const writer = correcting(503, undefined, () => {
    wrote = true
  })
  await sleep(100)
  const wroteEarly = wrote
  release.open()
  const { knownAt, before, after } = await publication
  assert.equal(wroteEarly, false, 'nobody may write while a publication reads')
  assert.deepEqual(after, before)
  assert.ok((await writer) > knownAt)
  const again = await world.db.transaction({ ...all, knownAt }, (tx) => readEnrolment(tx, firstGrade))
  assert.deepEqual(again, before)
  const now = await world.db.transaction(all, (tx) => readEnrolment(tx, firstGrade))
  assert.equal(now[0]!.pupils, 503)
})

test('two publications may read side by side, and another county may be written meanwhile', async () => {
  await world.db.transaction(all, async (one) => {
    await holdBooksStill(one, [yexian])
    await world.db.transaction(all, async (other) => {
      await holdBooksStill(other, [yexian])
    })
    await world.db.transaction(all, async (writer) => {
      await beginWriting(writer, lushan)
    })
  })
})
