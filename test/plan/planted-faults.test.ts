import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkPlan, numberParameter, overdueParameters, readPlan } from '../../src/plan/index.ts'
import { copiedPlan } from './written-plan.ts'

/** What the checks say about the city's plan in a folder, one sentence per problem. */
function said(root: string, asOf = '2026-11-24'): string[] {
  const { plan, problems } = readPlan(root, 'pingdingshan')
  assert.ok(plan)
  const found = [
    ...problems,
    ...checkPlan(plan).flatMap((each) => each.problems),
    ...overdueParameters(plan, asOf),
  ]
  return found.map(({ text }) => text)
}

const m07 = 'pingdingshan/measures/m07-expand-quality-schools.yaml'

test('the copy without a fault says nothing', (t) => {
  assert.deepEqual(said(copiedPlan(t).root), [])
})

test('(a) a changed quotation is found, and leaves its clause unplaced', (t) => {
  const files = copiedPlan(t)
  files.change(m07, '在不产生大班额情况下', '在不产生大班额的情况下')
  const problems = said(files.root)
  assert.ok(problems.some((text) => /M7\.6 的引文.*原文该节中找不到/.test(text)))
  assert.ok(problems.some((text) => /措施任务项 175 条，引文核对通过 174 条/.test(text)))
  assert.ok(problems.some((text) => /语句没有归位：“2025年至2027年/.test(text)))
})

test('(b) a removed item is missed by the count and by its sentence', (t) => {
  const files = copiedPlan(t)
  const last = `  - id: M7.8
    quote: 对于新建学校,采取“优质校+新校”的办学模式,迅速提升新建学校的办学水平和社会认可度,加大优质学位供给
    type: [W]
    owners: [county, school]
    carriedBy: tracked
`
  files.change(m07, last, '')
  const problems = said(files.root)
  assert.ok(problems.some((text) => /措施任务项 175 条，引文核对通过 174 条/.test(text)))
  assert.ok(problems.some((text) => /语句没有归位：“对于新建学校/.test(text)))
  const serving = problems.filter((text) => /serves 没有任务项 M7\.8/.test(text))
  assert.ok(serving.length > 0, 'the forms and rules made for it have nothing to serve')
  assert.equal(problems.length - serving.length, 2)
})

test('(c) an expired parameter is named, and stops a computation that asks for it', (t) => {
  const files = copiedPlan(t)
  const size = 'national/standards/class-size-primary.yaml'
  files.change(size, 'reviewBy: 2027-08-31', 'reviewBy: 2026-08-31')
  assert.ok(said(files.root).some((text) => /“小学标准班额”已过复核日/.test(text)))
  const { plan } = readPlan(files.root, 'pingdingshan')
  assert.ok(plan)
  const found = numberParameter(plan, 'class-size.primary', { on: '2030-09-01', asOf: '2026-11-24' })
  assert.ok('ok' in found && !found.ok)
  assert.equal(found.refusal.code, 'plan.parameter-review-overdue')
  assert.match(found.refusal.text, /小学标准班额/)
})

test('a changed word of the paper itself is seen by its hash', (t) => {
  const files = copiedPlan(t)
  files.change('pingdingshan/papers/pds-2024-35.txt', '60%以上', '50%以上')
  assert.ok(said(files.root).some((text) => /正文与登记的 SHA-256 不符/.test(text)))
})

test('a quotation of another section, and one that stands twice, are not accepted', (t) => {
  const files = copiedPlan(t)
  files.change(m07, 'quote: 明确工作措施、责任人及完成时限', 'quote: 原则上每3年调整一次')
  files.change(m07, 'quote: 合理制定挖潜扩容工作方案,指导各县(市、区)', 'quote: 合理制定挖潜扩容工作方案')
  const problems = said(files.root)
  assert.ok(problems.some((text) => /M7\.4 的引文.*找不到/.test(text)))
  assert.ok(problems.some((text) => /M7\.1 的引文.*出现 2 次/.test(text)))
})

test('a parameter that quotes the paper wrongly, or the wrong item, is found', (t) => {
  const files = copiedPlan(t)
  files.change('pingdingshan/standards/public-enrolment-share-target.yaml', 'item: T5', 'item: T9')
  files.change(
    'pingdingshan/standards/senior-gross-enrolment-ratio-target.yaml',
    '达到96%以上',
    '达到98%以上',
  )
  const problems = said(files.root)
  assert.ok(problems.some((text) => /public-enrolment-share\.target 的引文/.test(text)))
  assert.ok(problems.some((text) => /senior-gross-enrolment-ratio\.target 的引文/.test(text)))
})

test('a no-act sentence that is not in the paper does not pass as placed', (t) => {
  const files = copiedPlan(t)
  files.change(
    'pingdingshan/papers/pds-2024-35.no-act.yaml',
    'quote: 以教育家精神为引领',
    'quote: 以科学家精神为引领',
  )
  const problems = said(files.root)
  assert.ok(problems.some((text) => /no-act.*找不到/.test(text)))
  assert.ok(problems.some((text) => /语句没有归位：“以教育家精神为引领/.test(text)))
})

test('(d) a duty of coverage that points to no form, or to no item, is named', (t) => {
  const files = copiedPlan(t)
  const duty = 'pingdingshan/coverage/digital-campus.yaml'
  files.change(duty, 'keptIn: [recognition]', 'keptIn: [recognitions]')
  files.change(duty, 'item: M21.1', 'item: M21.99')
  const problems = said(files.root)
  assert.ok(problems.some((text) => /没有报表 recognitions/.test(text)))
  assert.ok(problems.some((text) => /没有任务项 M21\.99/.test(text)))
})

test('(e) an indicator counted from a form there is not, or from a question nobody is asked, is named', (t) => {
  const files = copiedPlan(t)
  const folder = 'pingdingshan/indicators'
  files.change(`${folder}/myopia-rate.yaml`, 'form: pupil-health', 'form: pupils-health')
  files.change(`${folder}/fitness-good-share.yaml`, "answers->>'good'", "answers->>'goods'")
  const problems = said(files.root)
  assert.ok(problems.some((text) => /没有报表 pupils-health/.test(text)))
  assert.ok(problems.some((text) => /报表 pupil-health 没有字段 goods/.test(text)))
})

test('(f) a rule that rests on a figure nobody can tell, and lines that show what is no list of theirs, are named', (t) => {
  const files = copiedPlan(t)
  const [checks, returns] = ['pingdingshan/checks', 'pingdingshan/returns']
  files.change(`${checks}/pupil-health-tested-pupils.yaml`, 'institution.pupils', 'institution.children')
  files.change(`${checks}/quality-evaluation-fitness.yaml`, 'pupil-health.tested', 'research-ticket.question')
  files.change(
    `${checks}/platform-usage-teachers.yaml`,
    'severity: doubt',
    'serves: [M17.9]\nseverity: doubt',
  )
  files.change(`${returns}/timetable.yaml`, 'shows: institution.class-list', 'shows: institution.classes')
  files.change(
    `${returns}/school-education-year.yaml`,
    'shows: institution.grade-list }',
    'shows: institution.pupils }',
  )
  const problems = said(files.root)
  for (const words of [
    /institution\.children 既不是本表填报对象的已有数据/,
    /research-ticket\.question 既不是.*也不是其他按期报表中的字段/,
    /不能引用表外数据/,
    /班级数不是一份清单/,
    /各行只能展示 lines\.shows 所指的清单/,
  ])
    assert.ok(
      problems.some((text) => words.test(text)),
      String(words),
    )
  assert.equal(problems.length, 5)
})
