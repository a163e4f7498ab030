import assert from 'node:assert/strict'
import { test } from 'node:test'
import { buildCity } from './build-city.ts'
import { copyCounty } from './copy-county.ts'

const hamlet = buildCity({ size: 'hamlet', seed: 3 })
const counties = [0, 1, 2].flatMap((copy) =>
  hamlet.counties.map((county, index) => (copy === 0 ? county : copyCounty(county, copy, index))),
)

test('copies have codes no real county has, and nothing of the original is left in them', () => {
  const copy = copyCounty(hamlet.counties[0]!, 2, 0)
  assert.equal(copy.division.code, 900_201)
  const text = JSON.stringify({ ...copy, division: { ...copy.division, outline: [] } })
  assert.doesNotMatch(text, /"[a-zA-Z]*(Id|code)":"?(1000000|2000)?410403/)
  assert.match(copy.division.name, /副本2/)
})

test('ids and codes of originals and copies are all different', () => {
  const of = (pick: (county: (typeof counties)[number]) => (number | string)[]) => {
    const perCounty = counties.map((county) => new Set(pick(county)))
    const all = new Set(perCounty.flatMap((set) => [...set]))
    assert.equal(
      all.size,
      perCounty.reduce((sum, set) => sum + set.size, 0),
    )
  }
  of((county) =>
    county.acts.flatMap(({ institutions }) => institutions.map(({ institutionId }) => institutionId)),
  )
  of((county) => county.acts.flatMap(({ institutions }) => institutions.map(({ code }) => code)))
  of((county) => county.acts.flatMap(({ units }) => units.map(({ unitId }) => unitId)))
  of((county) =>
    county.division.townships.flatMap(({ code, villages }) => [code, ...villages.map((one) => one.code)]),
  )
})

test('institutions of a copy stand in its own villages, teaching points under its own schools', () => {
  const { division, acts } = copyCounty(hamlet.counties[1]!, 1, 1)
  const villages = new Set(
    division.townships.flatMap((township) => township.villages.map(({ code }) => code)),
  )
  const institutions = acts.flatMap((entries) => entries.institutions)
  const ids = new Set(institutions.map(({ institutionId }) => institutionId))
  assert.ok(institutions.every(({ unitId, countyId }) => villages.has(unitId) && countyId === division.code))
  const parents = institutions.flatMap(({ parentInstitutionId }) => parentInstitutionId ?? [])
  assert.ok(parents.length > 0 && parents.every((id) => ids.has(id)))
})
