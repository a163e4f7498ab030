import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { applyTerms } from '../../src/app/apply-terms.ts'
import { sealedComplaints } from '../../src/features/supervision/complaints/sealed-complaints.ts'
import { supervision } from '../../src/features/supervision/index.ts'
import { addNewKeys, reseal } from '../../src/platform/vault/rotate-keys.ts'
import { bookDay } from '../../src/records/books.ts'
import { forUpkeep } from '../../src/records/people/for-upkeep.ts'
import { complaintDesk, type Kindergarten, kindergartensIn, words } from './complaint-desk.for-tests.ts'
import { type ServedHamlet, servedHamlet } from './served-hamlet.ts'

let hamlet: ServedHamlet
let gardens: readonly Kindergarten[]
let garden: Kindergarten
let officer: string

before(async () => {
  hamlet = await servedHamlet(supervision.routes)
  gardens = await kindergartensIn(hamlet)
  garden = gardens[0]!
  officer = `county-${garden.county}`
})
after(() => hamlet.close())

const { handIn, status, listed, step, withEntered } = complaintDesk(
  () => hamlet,
  () => garden.county,
)

test('new keys seal it anew and it still opens', async () => {
  await handIn()
  const counties = [garden.county]
  const sealed = () =>
    hamlet.owner.query(
      'select words_sealed as sealed from complaints.complaint order by complaint_id limit 1',
    )
  const old = (await sealed()).rows[0].sealed
  await addNewKeys(hamlet.books.vault, ['C3'])
  const { values } = await reseal(forUpkeep(hamlet.books.db), hamlet.books.vault, { counties }, [
    sealedComplaints,
  ])
  assert.ok(values >= 3)
  assert.notDeepEqual((await sealed()).rows[0].sealed, old)
  const { complaintId: id } = (await listed(officer)).rows.at(-1)
  assert.equal((await hamlet.ask(officer, 'GET', `/api/complaints/${id}`)).body.words, words)
})

test('what was written is erased for good once its term after the end is over, and only where somebody entered one', async () => {
  const today = bookDay(hamlet.books.site)
  const { receipt } = (await handIn()).body
  const { complaintId: id } = (await listed(officer, '?stand=received')).rows.at(-1)
  await step(officer, id, 'take')
  await step(officer, id, 'close', { says: '查无实据' })
  const open = (await handIn({ words: '还没有办结的' })).body.receipt
  const terms = (day: string) => applyTerms(hamlet.books, [garden.county, gardens.at(-1)!.county], day)
  const inYears = (years: number) => `${Number(today.slice(0, 4)) + years}${today.slice(4)}`
  assert.equal((await terms(inYears(90))).complaints, undefined, 'nobody entered how long they are kept')
  await withEntered('complaint.keep-years', 3, async () => {
    assert.equal((await terms(`${inYears(2).slice(0, 4)}-12-31`)).complaints, 0)
    const { total, open: left } = await listed('city-supervision')
    assert.equal((await terms(inYears(3))).complaints, total - left)
    assert.equal((await terms(inYears(3))).complaints, 0, 'a second run erases nothing')
  })
  const { rows } = await hamlet.owner.query(
    'select school_sealed, words_sealed, contact_sealed, erased_on from complaints.complaint where complaint_id = $1',
    [id],
  )
  assert.deepEqual(rows, [
    { school_sealed: null, words_sealed: null, contact_sealed: null, erased_on: inYears(3) },
  ])
  const shown = (await hamlet.ask(officer, 'GET', `/api/complaints/${id}`)).body
  assert.deepEqual([shown.words, shown.school, shown.contact, shown.erasedOn], [null, null, null, inYears(3)])
  assert.deepEqual(
    shown.steps.map(({ act }: { act: string }) => act),
    ['take', 'close'],
    'what was done stays',
  )
  assert.equal((await status(receipt)).body.stand, 'close')
  const still = (await listed(officer, '?stand=received')).rows.at(-1)
  assert.equal(
    (await hamlet.ask(officer, 'GET', `/api/complaints/${still.complaintId}`)).body.words,
    '还没有办结的',
  )
  assert.equal((await status(open)).body.stand, 'received')
})
