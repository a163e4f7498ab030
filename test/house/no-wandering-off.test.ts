import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { root } from '../../src/app/data-folder.ts'

const sources = globSync('src/**/*.{ts,tsx}', { cwd: root }).filter((path) => !/\.test\.ts$/.test(path))
const found = (pattern: RegExp) =>
  sources.flatMap((path) =>
    [...readFileSync(join(root, path), 'utf8').matchAll(pattern)].map(([text]) => `${path}: ${text}`),
  )

const known = [
  // The one door out: to the provider the site was set up with, whose address the platform itself gives.
  'src/app/web/identity/sign-in-page.tsx: window.location.assign(url)',
  // To the sign-in page, and from there back to the page asked for: of this origin alone (back-to.test.ts).
  'src/app/web/identity/sign-in-page.tsx: window.location.assign(onward)',
  'src/app/web/web.tsx: window.location.assign(doorFor(pathname + search)',
]

test('a browser is sent on to this platform’s own pages alone, or to the sign-in provider set up for it', () => {
  const goings = found(
    /(?:window\.)?location\.(?:assign|replace)\([^)]*\)|location\.href\s*=[^=].*|window\.open\(.*/g,
  )
  assert.ok(goings.length >= 5, goings.join('\n'))
  const own = /\((?:'\/[a-z-]*'|stage === 'full' \? '\/' : '\/sign-in')\)$/
  assert.deepEqual(goings.filter((line) => !own.test(line)).toSorted(), known.toSorted())
})

test('no answer of the server sends a browser elsewhere, and no page does by its head', () => {
  assert.deepEqual(found(/\.redirect\(|header\(\s*['"]location['"]|http-equiv="refresh"/gi), [])
})
