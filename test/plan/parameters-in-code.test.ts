import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { isSaidToBeUsed } from '../../src/features/parameters/not-compared.ts'
import { loadPlan } from '../../src/plan/index.ts'

const plan = loadPlan('plan', 'pingdingshan')

test('a parameter that a room reads by its name is said not to be compared when it is changed', () => {
  const files = globSync('src/{features,records,kernel}/**/*.ts').filter((file) => !file.includes('.test.'))
  const text = files.map((file) => readFileSync(file, 'utf8')).join('\n')
  const read = [...plan.standards.keys()].filter((key) => text.includes(`'${key}'`))
  assert.ok(read.length > 20)
  assert.deepEqual(
    read.filter((key) => !isSaidToBeUsed(key)),
    [],
  )
})
