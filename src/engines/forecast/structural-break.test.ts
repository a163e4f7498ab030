import assert from 'node:assert/strict'
import { test } from 'node:test'
import { smallPanel } from './cases/small-panel.ts'
import { countCohortSteps } from './cohort-steps.ts'
import { gradeStanding, shareGoingOn } from './grade-standing.ts'
import { preparePanel } from './prepared-panel.ts'
import { findBreaks } from './structural-break.ts'

const steady = [[200], [200], [200]]

test('a unit that halves among steady ones is a jump, judged in its own year; opening and closing are named', () => {
  const rows = [steady, steady, [[400], [150], [150]], [null, [90], [90]], [[80], [80], null]]
  const panel = preparePanel(smallPanel(rows, [-1, -1, -1, -1, -1]))
  const { breaks, sound } = findBreaks(panel, countCohortSteps(panel))
  assert.deepEqual(breaks, [
    { unit: 2, year: 2021, kind: 'jump' },
    { unit: 3, year: 2021, kind: 'opened' },
    { unit: 4, year: 2022, kind: 'closed' },
  ])
  assert.equal(sound[2 * 3 + 1], 0)
})

test('a fall shared by all units is no break', () => {
  const rows = [1, 2, 3].map((scale) => [[300 * scale], [180 * scale], [170 * scale]])
  const panel = preparePanel(smallPanel(rows, [-1, -1, -1]))
  assert.deepEqual(findBreaks(panel, countCohortSteps(panel)).breaks, [])
})

test('a new school grows on upwards where most schools do; an old end grade stays the end', () => {
  const whole = [
    [50, 50, 50],
    [50, 50, 50],
    [50, 50, 50],
  ]
  const growing = [
    [30, 0, 0],
    [30, 30, 0],
    [30, 30, 0],
  ]
  const panel = preparePanel(smallPanel([whole, whole, growing], [-1, -1, -1]))
  const standing = (origin: number): string => gradeStanding(panel, origin, 2, 2, shareGoingOn(panel, origin))
  assert.equal(standing(1), 'opening')
  assert.equal(standing(2), 'shut')
})
