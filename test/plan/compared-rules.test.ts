import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Fact, judgeFiling } from '../../src/engines/filing/judge-filing.ts'
import type { Answer, Answers } from '../../src/kernel/filed-answers.ts'
import { checkParameters, factsOf, loadPlan } from '../../src/plan/index.ts'

const plan = loadPlan('plan', 'pingdingshan')
const day = '2024-09-01'

interface Filed {
  readonly once?: Answers
  readonly lines?: readonly Answers[]
  readonly last?: Answers
  /** What books and other returns say. */
  readonly facts?: Readonly<Record<string, Answer>>
}

/** Does this one check accuse the filing? */
function accused(checkId: string, { once = {}, lines = [], last, facts = {} }: Filed): boolean {
  const check = plan.checks.get(checkId)
  assert.ok(check, checkId)
  const filed = { once, lines: lines.map((answers, at) => ({ line: at + 1, answers })) }
  const told = Object.entries(facts).map(([key, value]) => [
    key,
    { value, says: `${key} ${value}` } satisfies Fact,
  ])
  return judgeFiling(plan.forms.get(check.form)!, [check], filed, {
    ...(last && { before: { once: last, lines: [] } }),
    facts: Object.fromEntries(told),
    parameters: checkParameters(plan, [check], day),
  }).some((remark) => remark.check === checkId)
}

/** Of each check that compares: a filing that breaks it, and the nearest that does not. */
const cases: Readonly<Record<string, readonly [breaks: Filed, holds: Filed]>> = {
  'kindergarten-conditions.capacity': beside('children', 'institution.capacity', [91, 90], 90),
  'kindergarten-conditions.mean-class': [
    { once: { children: 106, classes: 3 } },
    { once: { children: 105, classes: 3 } },
  ],
  'kindergarten-conditions.built-on-changed': [
    { once: { 'built-on': 2016 }, last: { 'built-on': 2015 } },
    { once: { 'built-on': 2015 }, last: { 'built-on': 2015 } },
  ],
  'kindergarten-conditions.outdoor-year': [
    { once: { 'outdoor-area': 1310 }, last: { 'outdoor-area': 1000 } },
    { once: { 'outdoor-area': 1300 }, last: { 'outdoor-area': 1000 } },
  ],
  'kindergarten-admission.capacity': beside('intake-planned', 'institution.capacity', [181, 180], 180),
  'kindergarten-admission.rooms': beside('classes-planned', 'institution.rooms', [7, 6], 6),
  'kindergarten-admission.after-hazard': [
    { once: { 'intake-planned': 30 }, facts: { 'kindergarten-conditions.hazard-grade': 'serious' } },
    { once: { 'intake-planned': 30 }, facts: { 'kindergarten-conditions.hazard-grade': 'general' } },
  ],
  'village-kindergarten.registered-centre': [
    { once: { place: 'centre' }, facts: { 'institution.township-central': 'no' } },
    { once: { place: 'centre' }, facts: { 'institution.township-central': 'yes' } },
  ],
  'laboratory-teaching.teachers': beside('teachers', 'institution.teachers', [41, 40], 40),
  'laboratory-teaching.fewer-rooms': [
    { once: { rooms: 3 }, last: { rooms: 4 } },
    { once: { rooms: 4 }, last: { rooms: 4 } },
  ],
  'laboratory-teaching.owed-year': [
    { once: { owed: 131 }, last: { owed: 100 } },
    { once: { owed: 130 }, last: { owed: 100 } },
  ],
  'pupil-health.tested-pupils': beside('tested', 'institution.pupils', [401, 400], 400),
  'pupil-health.screened-pupils': beside('screened', 'institution.pupils', [401, 400], 400),
  'pupil-health.arts-pupils': beside('arts-assessed', 'institution.pupils', [401, 400], 400),
  'pupil-health.counsellors': [
    { once: { counsellors: 2, 'part-time': 3 }, facts: { 'institution.teachers': 4 } },
    { once: { counsellors: 2, 'part-time': 2 }, facts: { 'institution.teachers': 4 } },
  ],
  'platform-usage.teachers': beside('teachers-registered', 'institution.teachers', [41, 40], 40),
  'boarding-conditions.registered': [
    { once: { boards: 'no' }, facts: { 'institution.boarding': 'yes' } },
    { once: { boards: 'yes' }, facts: { 'institution.boarding': 'yes' } },
  ],
  'boarding-conditions.boarders-pupils': beside('boarders', 'institution.pupils', [401, 400], 400),
  'boarding-conditions.beds': beside('boarders', 'institution.beds', [121, 120], 120),
  'senior-development.switched': [
    { once: { switched: 41, 'pilot-pupils': 40 } },
    { once: { switched: 40, 'pilot-pupils': 40 } },
  ],
  'senior-development.pilot-pupils': beside('pilot-pupils', 'institution.pupils', [401, 400], 400),
  'senior-development.pilot-classes': beside('pilot-classes', 'institution.classes', [13, 12], 12),
  'quality-evaluation.hazard-found': [
    { once: { weaknesses: 0 }, facts: { 'kindergarten-conditions.has-hazard': 'yes' } },
    { once: { weaknesses: 1 }, facts: { 'kindergarten-conditions.has-hazard': 'yes' } },
  ],
  'quality-evaluation.fitness': [
    { once: { weaknesses: 0 }, facts: { 'pupil-health.tested': 0 } },
    { once: { weaknesses: 0 }, facts: { 'pupil-health.tested': 1 } },
  ],
  'school-education-year.class-committees': ofGrade('class-committees', 'grade-classes'),
  'school-education-year.art-pupils': ofGrade('art-pupils', 'grade-pupils'),
  'school-education-year.assessed': ofGrade('assessed', 'grade-pupils'),
  'school-education-year.assessment-locked': [
    { lines: [{ assessed: 0 }], facts: { 'quality-evaluation.assessment-locked': 'yes' } },
    { lines: [{ assessed: 0 }, { assessed: 1 }], facts: { 'quality-evaluation.assessment-locked': 'yes' } },
  ],
  'special-education-support.special-teachers': beside('teachers', 'county.special-teachers', [29, 30], 30),
  'special-education-support.visits-priced': [
    { once: { visits: 1, 'visits-due': 0 } },
    { once: { visits: 1, 'visits-due': 100 } },
  ],
  'teacher-training.chosen-teachers': [
    { lines: [{ chosen: 10 }, { chosen: 3001 }], facts: { 'county.teachers': 3000 } },
    { lines: [{ chosen: 2900 }, { chosen: 3000 }], facts: { 'county.teachers': 3000 } },
  ],
  'education-works.courses-sent': [
    { once: { 'courses-sent': 1 }, lines: [{ kind: 'course' }, { kind: 'civics-course' }] },
    { once: { 'courses-sent': 1 }, lines: [{ kind: 'course' }, { kind: 'resource' }] },
  ],
  'education-works.resources-sent': [
    { once: { 'resources-sent': 0 }, lines: [{ kind: 'resource' }] },
    { once: { 'resources-sent': 0 }, lines: [{ kind: 'course' }] },
  ],
  'kindergarten-layout-plan.kindergartens': beside('kindergartens', 'county.kindergartens', [88, 89], 89),
}

/** A field against one figure from elsewhere: the first value breaks the check, the second does not. */
function beside(field: string, fact: string, [breaks, holds]: readonly [number, number], value: number) {
  const filed = (answer: number): Filed => ({ once: { [field]: answer }, facts: { [fact]: value } })
  return [filed(breaks), filed(holds)] as const
}

function ofGrade(field: string, whole: string) {
  const filed = (answer: number): Filed => ({ lines: [{ [field]: answer, [whole]: 40 }] })
  return [filed(41), filed(40)] as const
}

for (const [id, [breaks, holds]] of Object.entries(cases))
  test(`${id} accuses what breaks it, not the nearest that does not, and nobody of whom it knows too little`, () => {
    assert.equal(accused(id, breaks), true)
    assert.equal(accused(id, holds), false)
    const { facts: _, last: __, ...alone } = breaks
    const comparing = breaks.facts !== undefined || breaks.last !== undefined
    assert.equal(accused(id, alone), !comparing)
  })

test('every check that rests on a book or another return is tried above, and what it rests on can be told', () => {
  const resting = [...plan.checks.values()].filter((check) => factsOf(check).length > 0)
  assert.ok(resting.some((check) => factsOf(check).some((key) => plan.known.has(key))))
  assert.ok(resting.some((check) => factsOf(check).some((key) => plan.forms.has(key.split('.')[0]!))))
  assert.deepEqual(
    resting.map(({ id }) => id).filter((id) => !(id in cases)),
    [],
  )
  for (const check of resting) {
    const named = factsOf(check).filter((key) => !(key in (cases[check.id]![0].facts ?? {})))
    assert.deepEqual(named, [], check.id)
  }
})

test('the words name the figure compared with and whose it is', () => {
  const check = plan.checks.get('pupil-health.tested-pupils')!
  const [remark] = judgeFiling(
    plan.forms.get('pupil-health')!,
    [check],
    { once: { tested: 500 }, lines: [] },
    {
      facts: { 'institution.pupils': { value: 400, says: '在校生台账：在校（园）人数 400 人' } },
      parameters: {},
    },
  ).filter((each) => each.check !== undefined)
  assert.match(remark!.says, /^体测人数多于在校生（在校生台账：在校（园）人数 400 人）—.+—.+。$/)
})
