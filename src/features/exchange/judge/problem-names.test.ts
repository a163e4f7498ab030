import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { problemNames } from './problem-names.ts'

const here = fileURLToPath(new URL('.', import.meta.url))
const families = [...new Set(Object.keys(problemNames).map((code) => code.split('.')[0]))].join('|')
const coded = new RegExp(`'((?:${families})\\.[a-z0-9-]+)'`, 'g')

/** Every code that reading or judging can tell, as its source writes it. */
function codesIn(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.ts') && !/test|problem-names/.test(name))
    .flatMap((name) => [...readFileSync(join(folder, name), 'utf8').matchAll(coded)].map(([, code]) => code!))
}

test('every code that can be told has a Chinese name, and no name stands for nothing', () => {
  const told = new Set([...codesIn(here), ...codesIn(join(here, '../../../platform/sheets'))])
  assert.deepEqual([...told].sort(), Object.keys(problemNames).sort())
  assert.equal(new Set(Object.values(problemNames)).size, Object.keys(problemNames).length)
})
