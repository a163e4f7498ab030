import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { parameters } from '../../src/features/parameters/index.ts'
import { publishForms } from '../../src/records/returns/publish-forms.ts'
import { type ServedHamlet, servedHamlet } from './served-hamlet.ts'

let hamlet: ServedHamlet
let county: number
let wild: { id: number; name: string }

interface Flip {
  readonly rule: string
  readonly unitId: number
  readonly subject: string
  readonly subjectId: string
  readonly before: string | null
  readonly after: string | null
}

const formId = 'kindergarten-conditions'
/** How many neighbours have filled the form, ten square metres apart: the median stands at the seventh of thirteen. */
const neighbours = 12
const median = 1060
const medianDistance = 30
/** So many of these the one kindergarten stands from the rest. */
const distances = 8

before(async () => {
  hamlet = await servedHamlet(parameters.routes)
  await publishForms(hamlet.owner, hamlet.books.plan)
  county = hamlet.city.counties[0]!.division.code
  const { rows } = await hamlet.owner.query<{ id: number; name: string }>(
    `select institution_id as id, name from registry.institution
      where county_id = $1 and kind = 'kindergarten' and upper_inf(valid) and known_to = 'infinity'
      order by institution_id limit 1`,
    [county],
  )
  wild = rows[0]!
  for (let at = 0; at < neighbours; at += 1) await fill(9_000_000 + at, 1000 + 10 * at)
  await fill(wild.id, median + distances * medianDistance)
})
after(() => hamlet.close())

async function fill(kindergarten: number, area: number): Promise<void> {
  await hamlet.owner.query(
    `with filing as (
       insert into returns.filing (county_id, form_id, version, period, subject_kind, subject_id, institution_id, opened_by)
       values ($1, $2, $3, '2024', 'institution', $4, $4, 'x') returning county_id, filing_id, institution_id)
     insert into returns.answer (county_id, filing_id, institution_id, field, value, origin, written_by)
     select county_id, filing_id, institution_id, 'outdoor-area', to_jsonb($5::integer), 'hand', 'x' from filing`,
    [county, formId, hamlet.books.plan.forms.get(formId)!.version, kindergarten, area],
  )
}

const trial = async (value: number) =>
  (
    await hamlet.ask(
      'city',
      'GET',
      `/api/parameters/data.outlier-distance/impact?from=2024-09-01&asOf=2024-09-01&value=${value}`,
    )
  ).body
const rule = 'check.kindergarten-conditions.outdoor-outlier'

test('a wider bound of a check over all filings clears the kindergarten it doubted, by name, and its county’s count', async () => {
  const { flips, judged } = await trial(distances + 1)
  const here = flips.filter((flip: Flip) => flip.unitId === county && flip.rule === rule)
  assert.deepEqual(
    here.map(({ subjectId }: Flip) => subjectId),
    ['county', `doubt ${wild.id} outdoor-area`],
  )
  const [counted, own] = here as [Flip, Flip]
  assert.deepEqual([counted.before, counted.after], ['存疑 1 处', '存疑 0 处'])
  assert.equal(own.subject, wild.name)
  assert.match(own.before!, /^存疑：本园 \d+，本县中位数/)
  assert.equal(own.after, null)
  assert.ok(judged > 0)
})

test('a bound that still doubts it flips nothing there, and what is not judged again is said', async () => {
  const { flips, notCompared } = await trial(distances - 1)
  assert.deepEqual(
    flips.filter(({ subjectId }: Flip) => subjectId === `doubt ${wild.id} outdoor-area`),
    [],
  )
  assert.ok(notCompared.some((each: string) => /^导入时的核对也可能用到/.test(each)))
  const unread = await hamlet.ask(
    'city',
    'GET',
    '/api/parameters/forecast.draws/impact?from=2024-09-01&asOf=2024-09-01&value=10',
  )
  assert.deepEqual(unread.body.flips, [])
  assert.match(unread.body.notCompared.join(''), /都不读取这个参数，没有可比较的判断。学位测算也可能用到/)
})

test('the lines beside a target’s own are judged: raising one lists the counties that no longer reach it', async () => {
  const { body } = await hamlet.ask(
    'city',
    'GET',
    '/api/parameters/public-enrolment-share.assessment-line/impact?from=2024-09-01&asOf=2024-09-01&value=0.01',
  )
  const told = body.flips.filter(({ rule: of }: Flip) => of.startsWith('line.T5.'))
  assert.ok(told.length > 0, JSON.stringify(body.flips).slice(0, 300))
  for (const { before, after } of told) {
    assert.match(before, /距 50\.00%/)
    assert.match(after, /已达 1\.00%/)
  }
})
