import assert from 'node:assert/strict'
import { test } from 'node:test'
import { judgeFiling } from '../../src/engines/filing/judge-filing.ts'
import { rulesOf } from '../../src/features/filing/form-checks.ts'
import type { Answers } from '../../src/kernel/filed-answers.ts'
import { checkParameters, loadPlan } from '../../src/plan/index.ts'

const plan = loadPlan('plan', 'pingdingshan')
const day = '2024-09-01'

/** The rules a filing breaks, with how severe each is, on the day the plan came into force. */
function broken(formId: string, once: Answers, lines: readonly Answers[] = []): string[] {
  const rules = rulesOf(plan, formId)
  const filed = { once, lines: lines.map((answers, at) => ({ line: at + 1, answers })) }
  return judgeFiling(plan.forms.get(formId)!, rules, filed, { parameters: checkParameters(plan, rules, day) })
    .filter(({ check }) => check !== undefined)
    .map(({ check, severity }) => `${severity} ${check}`)
    .sort()
}

const week = { lessons: 30, sport: 4, arts: 4, labour: 1, computing: 1, 'daily-sport': 60, complete: 'yes' }

test('no labour lesson is doubted (M18.3), an hour of sport a day is owed (M18.4), a daily lesson of it only invited (M18.2)', () => {
  assert.deepEqual(broken('timetable', {}, [{ ...week, sport: 3 }]), [])
  assert.deepEqual(broken('timetable', {}, [week, { ...week, labour: 0 }]), ['doubt timetable.labour'])
  assert.deepEqual(broken('timetable', {}, [{ ...week, 'daily-sport': 59 }]), ['doubt timetable.daily-sport'])
  assert.deepEqual(broken('timetable', {}, [{ ...week, complete: 'no' }]), ['doubt timetable.complete'])
  const naming = [...plan.checks.values()].filter(({ serves }) => serves?.includes('M18.2'))
  assert.deepEqual(naming, [], 'what is encouraged is counted, never doubted')
})

test('sport and the week have their lessons grade by grade (M18.1, M17.1); a grade that nobody named is judged by none', () => {
  const of = (grade: string, sport: number, lessons: number) =>
    broken('timetable', {}, [{ ...week, grade, sport, lessons, arts: 2 }])
  assert.deepEqual(of('p1', 4, 26), [])
  assert.deepEqual(of('p2', 3, 26), ['doubt timetable.sport'])
  assert.deepEqual(of('p3', 3, 30), [])
  assert.deepEqual(of('p3', 2, 26), ['doubt timetable.lessons', 'doubt timetable.sport'])
  assert.deepEqual(of('j2', 3, 34), [])
  assert.deepEqual(of('j2', 3, 36), ['doubt timetable.lessons'])
  assert.deepEqual(of('s3', 2, 35), [])
  assert.deepEqual(of('s3', 1, 35), ['doubt timetable.sport'])
  assert.deepEqual(broken('timetable', {}, [{ ...week, sport: 0, lessons: 40 }]), [])
})

test('what a subsystem lacks is doubted (M22.1), and a county senior high school below standard stays a finding (M12.2)', () => {
  const used = { pupils: 400, 'rolls-pupils': 400, 'after-class-pupils': 200, 'after-class-entered': 200 }
  const usage = (but: Answers) =>
    broken('platform-usage', { ...used, 'dropout-watched': 2, 'dropout-entered': 2, ...but })
  assert.deepEqual(usage({}), [])
  assert.deepEqual(usage({ 'rolls-pupils': 398 }), ['doubt platform-usage.rolls'])
  assert.deepEqual(usage({ 'dropout-entered': 1 }), ['doubt platform-usage.full-use'])
  assert.deepEqual(usage({ 'after-class-entered': 201 }), [
    'doubt platform-usage.full-use',
    'error platform-usage.parts',
  ])
  const senior = (but: Answers) => broken('senior-development', but)
  assert.deepEqual(senior({ 'county-senior': 'no' }), [])
  assert.deepEqual(senior({ 'county-senior': 'yes', 'not-met': 0 }), [])
  assert.deepEqual(senior({ 'county-senior': 'yes', 'not-met': 2 }), [
    'doubt senior-development.county-senior',
  ])
})

test('a growth plan of two years or six is refused (M8.5), three to five are not', () => {
  const cycle = (years: number) =>
    broken('growth-plan', {
      years,
      'begins-on': '2024-09-01',
      'midterm-on': '2026-03-01',
      'ends-on': '2029-08-31',
    })
  assert.deepEqual([2, 3, 5, 6].map(cycle), [
    ['error growth-plan.cycle'],
    [],
    [],
    ['error growth-plan.cycle'],
  ])
})

test('an expansion that ends in a class of 56 is refused (M7.6)', () => {
  const largest = (size: number) =>
    broken('expansion-steps', { schools: 1 }, [{ planned: 100, added: 100, 'largest-class': size }])
  assert.deepEqual([55, 56].map(largest), [[], ['error expansion-steps.large-class']])
})

test('a kindergarten may not plan more children than its classes hold (M4.1), nor use another name (M4.3)', () => {
  const plans = (intake: number, same: string) =>
    broken('kindergarten-admission', {
      'classes-planned': 2,
      'intake-planned': intake,
      'name-as-approved': same,
    })
  assert.deepEqual(plans(50, 'yes'), [])
  assert.deepEqual(plans(51, 'no'), [
    'doubt kindergarten-admission.name',
    'error kindergarten-admission.class-size',
  ])
})

test('a verification without all three departments stays doubtful (M8.1)', () => {
  const name = 'doubt quality-school-verification.three-departments'
  assert.deepEqual(broken('quality-school-verification', { 'development-on': day }), [name])
  assert.deepEqual(broken('quality-school-verification', { 'development-on': day, 'finance-on': day }), [])
})

test('a visit that was not paid and a poor child without aid are doubted (M14.1, M14.2); a part above its whole is refused', () => {
  const paid = { 'visits-due': 700, 'visits-paid': 600 }
  assert.deepEqual(broken('special-education-support', paid), ['doubt special-education-support.visits-paid'])
  const poor = (aided: number) => broken('special-education-support', { poor: 10, 'poor-aided': aided })
  assert.deepEqual(poor(9), ['doubt special-education-support.poor-aided'])
  assert.deepEqual(poor(11), [
    'doubt special-education-support.poor-aided',
    'error special-education-support.parts',
  ])
})

test('what is reported as done without a number or a paper is doubted', () => {
  const line = { item: 'm25.8', status: 'done', evidence: '已建成', day }
  assert.deepEqual(broken('item-progress', {}, [line]), ['doubt item-progress.done-with-paper'])
  assert.deepEqual(broken('item-progress', {}, [{ ...line, doc: '平教〔2024〕1号' }]), [])
})
