import type { Answers, FiledAnswers } from '../kernel/filed-answers.ts'
import { censusDay, schoolYearOf } from '../kernel/school-year.ts'
import type { Plan, ReturnForm } from '../plan/index.ts'
import type { Database } from '../platform/db/open-database.ts'
import type { Tx } from '../platform/db/transaction-client.ts'
import { listSubjects } from '../records/returns/list-subjects.ts'
import { publishForms } from '../records/returns/publish-forms.ts'
import { periodsBegun, type ReturnPeriod } from '../records/returns/return-period.ts'
import type { Subject } from '../records/returns/subject.ts'
import { commandLines, isSilent } from './command-lines.ts'
import { type AnswerGround, demoAnswers } from './demo-answers.ts'
import { type DemoCounty, type DemoTime, readCounty } from './demo-county.ts'
import { demoEntries } from './demo-entries.ts'
import { type Outcome, writeFiling } from './demo-filing.ts'
import { demoLines } from './demo-lines.ts'
import { randomStream } from './random-stream.ts'

/** Counties are written this many at a time, as the city itself is. */
const connections = 2

/**
 * 演示填报（合成数据） — last year's filings, approved, and this year's, opened with what last year said.
 *
 * One county of four files late and one never files its own returns; of this year's some are handed in, returned or
 * approved. The books kept by event get a few entries, agreements among them that have run out.
 */
export async function loadDemoFilings(
  db: Database,
  plan: Plan,
  seed: number,
  today: string,
): Promise<number> {
  await publishForms(db.pool, plan)
  const { rows } = await db.pool.query<{ id: number }>(
    "select county_id as id from registry.county where kind = 'county' order by county_id",
  )
  let filings = 0
  const time = { today, year: schoolYearOf(today) }
  const waiting = rows.entries()
  const fileNext = async (): Promise<void> => {
    for (const [index, { id }] of waiting)
      await db.transaction({ counties: [id], asOf: today }, async (tx) => {
        const county = await readCounty(tx, plan, { id, index, seed, year: time.year })
        for (const form of plan.forms.values()) {
          const written = await fileForm(tx, form, county, time)
          filings += written
        }
      })
  }
  await Promise.all(Array.from({ length: connections }, fileNext))
  return filings
}

async function fileForm(tx: Tx, form: ReturnForm, county: DemoCounty, time: DemoTime): Promise<number> {
  if (form.rhythm.kind === 'event') return demoEntries(tx, form, county, time)
  const periods = periodsOf(form, time)
  const subjects = (await listSubjects(tx, form.subject, time.today)).filter(
    ({ countyId, kind, id }) => countyId === county.id && (kind === 'county' || county.filers.has(id)),
  )
  const keys = (form.lines?.owed && county.plan.known.get(form.lines.shows ?? '')?.line) || []
  let filings = 0
  for (const subject of subjects) {
    let before: FiledAnswers | undefined
    for (const period of periods) {
      const outcome = outcomeOf(form, period, county, time, subject)
      if (outcome === 'none') continue
      before = await writeFiling(tx, form, period, subject, {
        outcome,
        before,
        keys,
        today: time.today,
        answers: answersOf(form, period, subject, county),
      })
      filings++
    }
  }
  return filings
}

/** The periods of last year and of this one, the earlier first; the demonstration was rehearsed a year before forms were owed. */
function periodsOf(form: ReturnForm, { today, year }: DemoTime): ReturnPeriod[] {
  const rehearsed = form.from <= today ? { ...form, from: censusDay(year - 1) } : form
  return periodsBegun(rehearsed, today)
    .filter(({ from }) => schoolYearOf(from) >= year - 1)
    .reverse()
}

/**
 * Last year is done with; this year's stand differently from county to county. The first county's wait for their clerks, but
 * for a school in the country whose filings wait at its township centre.
 */
function outcomeOf(
  form: ReturnForm,
  period: ReturnPeriod,
  county: DemoCounty,
  time: DemoTime,
  subject: Subject,
): Outcome | 'none' {
  const { index } = county
  if (commandLines[form.id]) return isSilent(county) ? 'none' : 'approved'
  const ofCounty = form.filledBy === 'county'
  if (ofCounty && index % 4 === 3) return 'none'
  if (schoolYearOf(period.from) < time.year) return ofCounty && index % 4 === 2 ? 'approved-late' : 'approved'
  if (index === 0) return isSchoolInTheCountry(county, subject) ? 'submitted' : 'draft'
  return (['submitted', 'returned', 'approved', 'draft'] as const)[index % 4]!
}

/** Not the first of its kind: at that people try out how a form is filled. */
function isSchoolInTheCountry({ institutions }: DemoCounty, { id }: Subject): boolean {
  const school = institutions.find((each) => each.id === id)
  if (!school?.rural || school.kind === 'kindergarten') return false
  return institutions.find(({ kind }) => kind === school.kind)?.id !== id
}

function answersOf(
  form: ReturnForm,
  period: ReturnPeriod,
  subject: Subject,
  county: DemoCounty,
): FiledAnswers {
  const stream = randomStream(county.seed, `filing ${form.id} ${period.id} ${subject.id}`)
  const ground: AnswerGround = {
    stream,
    name: namedOutside(subject, county),
    sizes: sizesOf(subject, county),
    given: givenOf(form, subject, county),
    day: period.from,
    institutions: county.institutions.map(({ id }) => id),
    units: county.townships,
    lines: demoLines(form, subject.id, county, period.from),
  }
  return demoAnswers(form, ground)
}

function sizesOf({ id }: Subject, { classes, teachers }: DemoCounty) {
  const own = classes.filter(({ institutionId }) => institutionId === id)
  const sum = (of: 'classes' | 'pupils') => own.reduce((total, each) => total + each[of], 0)
  return { pupils: sum('pupils'), classes: sum('classes'), teachers: teachers.get(id) }
}

/**
 * In the second and third county kindergartens report something unsafe; in the second one of them has mended it. Whether a
 * school boards its pupils the registry knows.
 */
function givenOf({ id }: ReturnForm, subject: Subject, { index, institutions }: DemoCounty): Answers {
  if (id === 'kindergarten-conditions' && (index === 1 || index === 2))
    return { 'has-hazard': 'yes', 'hazard-grade': 'general', 'hazard-what': '围墙开裂（合成数据）' }
  const school = institutions.find((each) => each.id === subject.id)
  return id === 'boarding-conditions' && school ? { boards: school.boarding ? 'yes' : 'no' } : {}
}

/** In the first county kindergartens call themselves more than they were approved as: something to be found. */
function namedOutside({ name }: Subject, { index }: DemoCounty): string {
  return index === 0 ? name.replace(/幼儿园$/, '国际幼儿园') : name
}
