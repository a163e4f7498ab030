import assert from 'node:assert/strict'
import { test } from 'node:test'
import { loadPlan } from '../../src/plan/index.ts'

const plan = loadPlan('plan', 'pingdingshan')

/**
 * Books that are written with `beginWriting` alone: a figure kept before one of them was entered into is told from one
 * that is still the books'. Before a further book is read by the plan its writers must do so, not begin with `beginNoting`.
 */
const countedBooks = [
  ...[
    'unit',
    'unit_dates',
    'unit_link_dates',
    'institution',
    'institution_dates',
    'premises_dates',
    'membership_dates',
  ],
  ...['enrolment', 'school_class', 'staff_count', 'population', 'filed', 'filed_dates', 'published'],
]

const statements = [
  ...[...plan.indicators.values()].map(({ id, sql = '' }) => [`indicator ${id}`, sql] as const),
  ...[...plan.coverage.values()].map(({ id, sql }) => [`duty ${id}`, sql] as const),
]

test('indicators and duties count only books whose every entry makes kept figures old', () => {
  assert.ok(statements.length > 50)
  for (const [what, statement] of statements) {
    const books = [...statement.matchAll(/\bbook\.([a-z_]+)/g)].map(([, book]) => book!)
    assert.deepEqual(
      books.filter((book) => !countedBooks.includes(book)),
      [],
      what,
    )
  }
})

test('what joins another book joins it within the county, or says that it looks across', () => {
  const across = [...plan.coverage.values()].filter(({ acrossCounties }) => acrossCounties)
  for (const [what, statement] of statements) {
    const joins = statement.split(/\bjoin (?=book\.)/).slice(1)
    const loose = joins.filter((join) => !/county_id/.test(join.split(/\b(?:join|where|group by)\b/)[0]!))
    const declared = across.some(({ id }) => what === `duty ${id}`)
    assert.equal(loose.length > 0, declared, `${what}: ${loose[0]?.slice(0, 120)}`)
  }
})

test('the moment, the hour and chance are no part of a figure: kept, it would be another', () => {
  for (const [what, statement] of statements)
    assert.doesNotMatch(statement, /\b(now|clock_timestamp|current_date|current_timestamp|random)\b/, what)
})
