import assert from 'node:assert/strict'
import { test } from 'node:test'
import { lostTests, readAsvs } from '../trust/asvs.ts'

const asvs = readAsvs()

test('every test the ASVS map names is there, under that name', () => {
  assert.ok(Object.keys(asvs.requirements).length > 80)
  for (const id of Object.keys(asvs.requirements)) assert.match(id, /^\d{1,2}\.\d{1,2}\.\d{1,2}$/)
  assert.deepEqual(lostTests(asvs), [])
})

test('a test renamed, moved or never written is missed', () => {
  const [file, name] = ['test/house/asvs.test.ts', 'no such test']
  assert.deepEqual(
    lostTests({ tests: { gone: { file, name } }, requirements: { '1.1.1': ['gone', 'never'] } }),
    [`gone: ${file} › ${name}`, '1.1.1: never'],
  )
})
