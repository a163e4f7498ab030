import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { CompiledQuery } from 'kysely'
import { loadDemoFilings } from '../../src/demo/demo-filings.ts'
import { judgeFiling } from '../../src/engines/filing/judge-filing.ts'
import { rulesOf } from '../../src/features/filing/form-checks.ts'
import { filing } from '../../src/features/filing/index.ts'
import type { FiledAnswers } from '../../src/kernel/filed-answers.ts'
import { schoolYearOf } from '../../src/kernel/school-year.ts'
import { bindPlanSql, checkParameters, fieldsOf } from '../../src/plan/index.ts'
import type { Tx } from '../../src/platform/db/transaction-client.ts'
import { type ServedHamlet, servedHamlet } from './served-hamlet.ts'

let hamlet: ServedHamlet
let today: string
let filings: number

before(async () => {
  hamlet = await servedHamlet(filing.routes)
  today = hamlet.books.site.generatedUntil!
  filings = await loadDemoFilings(hamlet.books.db, hamlet.books.plan, hamlet.city.seed, today)
})
after(() => hamlet.close())

// biome-ignore lint/suspicious/noExplicitAny: rows of statements made here
async function rows(statement: string): Promise<any[]> {
  return (await hamlet.owner.query(statement)).rows
}

test('every form of the plan has filings, the last year’s are approved and in the books', async () => {
  assert.ok(filings > 0)
  const filed = await rows('select distinct form_id from returns.filing')
  const missing = [...hamlet.books.plan.forms.keys()].filter((id) => !filed.some((row) => row.form_id === id))
  assert.deepEqual(missing, [], 'forms nobody files in the demonstration')
  const year = schoolYearOf(today)
  const open = await rows(
    `select distinct form_id, phase from returns.filing where due_on is not null and period not like '${year}%' and phase <> 'approved'`,
  )
  assert.deepEqual(open, [])
  const states = await rows(`select distinct phase from returns.filing where period like '${year}%'`)
  assert.ok(states.length >= 2, 'this year’s stand at different places')
})

test('no approved filing of the demonstration breaks a rule that stops a filing', async () => {
  const entries = await rows(
    'select filing_id, form_id, line, answers from returns.entry order by filing_id, line',
  )
  const broken = [...Map.groupBy(entries, (row) => row.filing_id).values()].flatMap((of) => {
    const form = hamlet.books.plan.forms.get(of[0].form_id)!
    const filed: FiledAnswers = {
      once: of.find(({ line }) => line === 0)?.answers ?? {},
      lines: of.filter(({ line }) => line > 0),
    }
    const rules = rulesOf(hamlet.books.plan, form.id)
    const papers = new Set(
      fieldsOf(form).flatMap(({ id, type, shows }) => (type === 'file' || shows ? [id] : [])),
    )
    return judgeFiling(form, rules, filed, { parameters: checkParameters(hamlet.books.plan, rules, today) })
      .filter(({ severity, fields }) => severity === 'error' && !fields.some((id) => papers.has(id)))
      .map(({ says }) => `${form.id}: ${says}`)
  })
  assert.deepEqual([...new Set(broken)], [])
})

/** Of its nineteen questions five are about this very year (meals, self-evaluation, art, assessment): no year before helps. */
const shortForms: Readonly<Record<string, number>> = { 'special-school': 70 }

test('of the running year of every kind of institution, and of the counties, at least 80 % is there already for who filed before', async () => {
  const { kinds } = (await hamlet.ask('city', 'GET', '/api/filing-load')).body
  const there = await rows(
    `select distinct kind from registry.institution where valid @> '${today}'::date and known_to = 'infinity'`,
  )
  assert.deepEqual(
    kinds.map(({ kind }: { kind: string }) => kind).sort(),
    [...there.map(({ kind }) => kind), 'county'].sort(),
  )
  const all = { fields: 0, there: 0 }
  for (const { kind, zh, again } of kinds) {
    assert.ok(again, `no ${zh} filed last year`)
    const { forms, fields, shown, offered } = again.mean
    const share = (100 * (shown + offered)) / fields
    console.log(
      `${zh}: ${again.subjects} filed before, ${forms.toFixed(1)} forms, ${fields.toFixed(1)} fields, ` +
        `${shown.toFixed(1)} from the books, ${offered.toFixed(1)} from the period before, ${share.toFixed(1)} %`,
    )
    assert.ok(share >= (shortForms[kind] ?? 80), `${zh} ${share}`)
    all.fields += again.subjects * fields
    all.there += again.subjects * (shown + offered)
  }
  assert.ok(all.there / all.fields >= 0.8)
})

test('a school and a kindergarten read of themselves what is there already and the minutes it saves', async () => {
  for (const account of ['school', 'kindergarten']) {
    const { own, seconds } = (await hamlet.ask(account, 'GET', '/api/filing-load')).body
    assert.equal(own.length, 1, account)
    const { fields, shown, offered, minutes } = own[0].load
    assert.ok((shown + offered) / fields >= 0.8, `${account} ${shown}+${offered}/${fields}`)
    assert.ok(minutes < (fields * seconds.write) / 60)
  }
})

test('every figure over what is filed can be counted from the demonstration’s last year', async () => {
  const counties = (await rows('select county_id as id from registry.county')).map(({ id }) => id)
  const empty: string[] = []
  for (const {
    id,
    sql,
    serves,
    countedReadings,
    denominator: over,
  } of hamlet.books.plan.indicators.values()) {
    if (!serves || !sql) continue
    const asked = {
      year: schoolYearOf(today) - 1,
      day: today,
      asOf: today,
      reading: countedReadings?.[0] ?? '',
    }
    const bound = bindPlanSql(hamlet.books.plan, sql, asked)
    assert.ok('text' in bound, JSON.stringify(bound))
    const counted = await hamlet.books.db.transaction({ counties, asOf: today }, (tx: Tx) =>
      tx.executeQuery<{ numerator: unknown; denominator: number }>(
        CompiledQuery.raw(bound.text, [...bound.values]),
      ),
    )
    const says = (row: { numerator: unknown; denominator: number }) =>
      row.numerator !== null && Number(over ? row.denominator : row.numerator) > 0
    if (!counted.rows.some(says)) empty.push(id)
  }
  // the steps of 2025 to 2027 begin after the demonstration's last year; no county of a hamlet has two senior high schools
  assert.deepEqual(empty.sort(), ['entrusted-agreements-in-force', 'expansion-seats-added'])
})

test('an agreement that has run out no longer helps its school', async () => {
  const ended = await rows(
    `select 1 from returns.entry where form_id = 'pairing-agreement' and upper(valid) <= '${today}'`,
  )
  const running = await rows(
    `select 1 from returns.entry where form_id = 'pairing-agreement' and valid @> '${today}'::date`,
  )
  assert.ok(ended.length > 0 && running.length > 0)
})
