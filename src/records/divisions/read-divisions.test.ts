import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { areaOf } from './outline.ts'
import { readDivisions } from './read-divisions.ts'

const shipped = fileURLToPath(new URL('../../../data', import.meta.url))
const city = readDivisions(shipped)
const townships = city.counties.flatMap((county) => county.townships)
const villages = townships.flatMap((township) => township.villages)

test('the shipped city has 12 units, 148 townships and 2,828 villages', () => {
  assert.equal(city.code, 410400)
  assert.equal(city.counties.length, 12)
  assert.equal(townships.length, 148)
  assert.equal(villages.length, 2828)
  assert.equal(new Set(villages.map(({ code }) => code)).size, 2828)
})

test('codes nest: 6 digits, 9 digits, 12 digits', () => {
  for (const county of city.counties) {
    for (const township of county.townships) {
      assert.equal(Math.floor(township.code / 1e3), county.code)
      for (const village of township.villages) assert.equal(Math.floor(village.code / 1e3), township.code)
    }
  }
})

test('86 towns and townships, as the bureau counts them', () => {
  const rural = townships.filter(({ kind }) => kind === 'town' || kind === 'township')
  assert.equal(rural.length, 86)
  assert.equal(townships.filter(({ kind }) => kind === 'other').length, 1)
})

test('the 114 villages without a class have a derived one, marked', () => {
  assert.equal(villages.filter(({ derived }) => derived).length, 114)
  assert.ok(villages.every(({ urbanRural }) => urbanRural.length === 3))
})

test('every township has an area and a county is divided without loss', () => {
  for (const county of city.counties) {
    const areas = county.townships.map(({ cell }) => areaOf(cell))
    assert.ok(areas.every((area) => area > 0))
    const sum = areas.reduce((one, other) => one + other, 0)
    assert.ok(Math.abs(sum / areaOf(county.outline) - 1) < 0.002, county.name)
  }
})

test('all outlines together stay under 500 KB', () => {
  const outlines = city.counties.map(({ outline, townships: own }) => [outline, own.map(({ cell }) => cell)])
  assert.ok(JSON.stringify(outlines).length < 500_000)
})

test('seats that are not known are not invented', () => {
  assert.equal(townships.filter(({ seat }) => seat === undefined).length, 41)
})

test('a county without an outline is a fault that names it', (context) => {
  const folder = mkdtempSync(join(tmpdir(), 'divisions-'))
  context.after(() => rmSync(folder, { recursive: true }))
  mkdirSync(join(folder, 'divisions'))
  mkdirSync(join(folder, 'boundaries'))
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text)
  write('divisions/counties.csv', 'code,name,kind\n990000,某市,city\n990001,某县,county\n')
  write('divisions/townships.csv', 'code,name,type,county,lng_wgs84,lat_wgs84\n')
  write('divisions/villages.csv', 'code,name,type,urban_rural_2016\n')
  write('boundaries/counties-wgs84.geojson', '{"type":"FeatureCollection","features":[]}')
  assert.throws(() => readDivisions(folder), /990001/)
})
