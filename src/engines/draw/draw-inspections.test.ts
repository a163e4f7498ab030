import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type DrawInspector, type DrawSchool, drawInspections } from './draw-inspections.ts'

/** Stands in for SHA-256, which an engine is lent: different words, different digests, in no order of the words. */
function digest(text: string): string {
  let mixed = 2_166_136_261
  for (const letter of text) mixed = Math.imul(mixed ^ letter.charCodeAt(0), 16_777_619)
  for (let round = 0; round < 3; round += 1) mixed = Math.imul(mixed ^ (mixed >>> 15), 2_246_822_519)
  return `${(mixed >>> 0).toString(16).padStart(8, '0')} ${text}`
}

const schoolOf = (id: number, stratum: string): DrawSchool => ({
  id,
  code: String(2_141_000_000 + id),
  name: `第${id}小学`,
  stratum,
})
const schools = fc
  .uniqueArray(fc.integer({ min: 1, max: 400 }), { maxLength: 60 })
  .map((ids) => ids.map((id) => schoolOf(id, id % 3 === 0 ? '叶县 初中' : '叶县 小学')))
const inspectors = fc
  .array(fc.array(fc.integer({ min: 1, max: 400 }), { maxLength: 30 }), { maxLength: 8 })
  .map((ties): DrawInspector[] => ties.map((related, at) => ({ id: at + 1, name: `督学${at + 1}`, related })))
const rule = fc.record({
  share: fc.double({ min: 0.01, max: 1, noNaN: true }),
  inspectorsEach: fc.integer({ min: 1, max: 3 }),
})
const asked = fc.record({ seed: fc.string({ minLength: 1 }), rule, schools, inspectors })

test('the same seed and lists give the same draw, in whatever order they are listed', () => {
  fc.assert(
    fc.property(asked, (given) => {
      const turned = {
        ...given,
        schools: given.schools.toReversed(),
        inspectors: given.inspectors.toReversed(),
      }
      assert.deepEqual(drawInspections(turned, digest), drawInspections(given, digest))
    }),
  )
})

/** A share counts in parts per million. */
const nearly = 1e-6

test('every stratum gives its share, rounded up, and each school is drawn once at most', () => {
  fc.assert(
    fc.property(asked, (given) => {
      const { strata, drawn } = drawInspections(given, digest)
      const stratumOf = new Map(given.schools.map(({ id, stratum }) => [id, stratum]))
      assert.equal(new Set(drawn.map(({ id }) => id)).size, drawn.length)
      for (const { stratum, schools: of, drawn: count } of strata) {
        const [enough, oneLess] = [count, count - 1].map((each) => each - of * given.rule.share)
        assert.ok(enough! > -of * nearly && oneLess! < of * nearly, `${count} of ${of}`)
        assert.equal(drawn.filter(({ id }) => stratumOf.get(id) === stratum).length, count)
      }
      assert.equal(
        strata.reduce((sum, { schools: of }) => sum + of, 0),
        given.schools.length,
      )
    }),
  )
})

test('a share in whole percent gives the number that anybody works out on paper', () => {
  const of = Array.from({ length: 100 }, (_, at) => schoolOf(at + 1, '叶县 小学'))
  const drawnOf = (share: number) =>
    drawInspections({ seed: '1', rule: { share, inspectorsEach: 1 }, schools: of, inspectors: [] }, digest)
      .drawn.length
  for (let percent = 1; percent <= 100; percent += 1) assert.equal(drawnOf(percent / 100), percent)
  assert.equal(drawnOf(0.070001), 8)
})

test('nobody is sent to a school to which he has ties, nor twice to one; too few are not made up', () => {
  fc.assert(
    fc.property(asked, (given) => {
      for (const { id, inspectors: sent } of drawInspections(given, digest).drawn) {
        const free = given.inspectors.filter(({ related }) => !related.includes(id))
        assert.ok(sent.every((each) => free.some((one) => one.id === each)))
        assert.equal(new Set(sent).size, sent.length)
        assert.equal(sent.length, Math.min(free.length, given.rule.inspectorsEach))
      }
    }),
  )
})

test('a school more changes no other lot, and without ties the work is shared evenly', () => {
  const of = Array.from({ length: 40 }, (_, at) => schoolOf(at + 1, '叶县 小学'))
  const free = [1, 2, 3].map((id) => ({ id, name: `督学${id}`, related: [] }))
  const given = { seed: '20241128', rule: { share: 1, inspectorsEach: 1 }, inspectors: free }
  const all = drawInspections({ ...given, schools: of }, digest)
  const lotOf = new Map(all.drawn.map(({ id, lot }) => [id, lot]))
  const fewer = drawInspections({ ...given, schools: of.slice(1) }, digest)
  assert.ok(fewer.drawn.every(({ id, lot }) => lotOf.get(id) === lot))
  const loads = free.map(({ id }) => all.drawn.filter(({ inspectors: sent }) => sent.includes(id)).length)
  assert.ok(Math.max(...loads) - Math.min(...loads) <= 1)
  const other = drawInspections({ ...given, seed: '20241129', schools: of }, digest)
  assert.notDeepEqual(
    other.drawn.map(({ id }) => id),
    all.drawn.map(({ id }) => id),
  )
})
