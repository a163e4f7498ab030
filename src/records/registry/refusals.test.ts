import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { refusals, refuse } from './refusals.ts'

const room = new URL('.', import.meta.url)
const sources = readdirSync(room, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && file !== 'refusals.ts')
  .map((file) => readFileSync(new URL(file, room), 'utf8'))
  .join('\n')

test('every reason is given by some rule, and says what is wrong, why and what to do', () => {
  for (const [code, text] of Object.entries(refusals)) {
    assert.ok(sources.includes(`refuse('${code}'`), `${code} is never given`)
    assert.match(text, /。请|；请|。恢复/, code)
  }
})

test('the sentence names what was seen', () => {
  const { refusal } = refuse('registry.code-in-use', { code: '2141000007' })
  assert.match(refusal.text, /^标识码 2141000007 /)
  assert.deepEqual(refusal.facts, { code: '2141000007' })
})
