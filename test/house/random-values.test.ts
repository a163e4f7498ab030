import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { root } from '../../src/app/data-folder.ts'

const sources = globSync('{src,bootstrap}/**/*.{ts,tsx,mjs}', { cwd: root }).filter(
  (path) => !/\.(test|slow\.test|for-tests)\.tsx?$/.test(path) && !/\.pg\.test\.ts$/.test(path),
)
const linesOf = (pattern: RegExp) =>
  sources.flatMap((path) =>
    readFileSync(join(root, path), 'utf8')
      .split('\n')
      .flatMap((line) =>
        pattern.test(line) && !line.startsWith('import') ? [`${path}: ${line.trim()}`] : [],
      ),
  )

/** Drawn short on purpose: none of them opens anything by itself. */
const shortOnes: Readonly<Record<string, string>> = {
  'src/platform/vault/key-file.ts': 'the name of a key, written beside it',
  'src/platform/access/recovery-codes.ts':
    'ASVS 6.5.4 asks 20 bits of a code typed by hand; 80 here, five tries a quarter of an hour, kept hashed',
  'src/features/people/export-routes.ts': 'the number printed on a list, to be read off a photograph',
}
/** Numbers of things, not secrets: a UUID carries fewer than 128 bits. */
const numbersOfThings = /\b(trace|factorId|fileId|endpointId|beside|genReqId|draft|photo|fresh)\b/

test('nothing is drawn from what can be foreseen', () => {
  assert.ok(sources.length > 500, `${sources.length} sources`)
  assert.deepEqual(linesOf(/Math\.random|new Date\(\)\.getTime\(\)\.toString\(36\)/), [])
})

test('whatever must not be guessed is drawn by the system, with 128 bits or more', () => {
  const drawn = linesOf(/randomBytes\(|getRandomValues\(/)
  assert.ok(drawn.length >= 20, drawn.join('\n'))
  const short = drawn.filter((line) => {
    const bytes = [...line.matchAll(/(?:randomBytes\(|new Uint8Array\()(\d+|\w+)\)/g)].map(([, size]) =>
      Number(size),
    )
    return bytes.some((size) => size < 16) && !Object.keys(shortOnes).some((path) => line.startsWith(path))
  })
  assert.deepEqual(short, [])
  assert.deepEqual(
    linesOf(/randomUUID\(\)/).filter((line) => !numbersOfThings.test(line)),
    [],
    'a UUID is the number of a thing: secrets are drawn with randomBytes',
  )
  assert.deepEqual(linesOf(/randomInt\(|pseudoRandomBytes/), [])
})
