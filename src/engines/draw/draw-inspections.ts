/** 抽查底册 — one school that may be drawn; `stratum` is its county and stage in words. */
export interface DrawSchool {
  readonly id: number
  /** Its ten-digit code, on which its lot rests. */
  readonly code: string
  readonly name: string
  readonly stratum: string
}

/** 督学底册 — one inspector who may be sent, and the schools to which he has ties. */
export interface DrawInspector {
  readonly id: number
  readonly name: string
  /** Schools where he works or has a relative: to these he is never sent. */
  readonly related: readonly number[]
}

/** 抽取规则 — what is fixed before the seed is known. */
export interface DrawRule {
  /** Of each stratum this share is drawn, rounded up: from one millionth, the finest that counts, to 1. */
  readonly share: number
  /** So many inspectors go to each drawn school. */
  readonly inspectorsEach: number
}

/** 抽中学校 — with its lot and who goes there; fewer than the rule asks for when too few have no ties. */
export interface DrawnSchool {
  readonly id: number
  readonly lot: string
  readonly inspectors: readonly number[]
}

/** 抽取结果 — each stratum's count and the drawn schools, by stratum and then by lot. */
export interface InspectionDraw {
  readonly strata: readonly { readonly stratum: string; readonly schools: number; readonly drawn: number }[]
  readonly drawn: readonly DrawnSchool[]
}

/** A share is counted in whole parts per million: of 100 schools 7 % are 7, which 100 × 0.07 is not. */
const perMillion = 1_000_000

/**
 * 双随机抽取 — draws schools from every stratum and inspectors for each, by a published seed alone.
 *
 * A school's lot is the digest of `seed|code`; of each stratum the lowest lots are drawn. An inspector's lot for a
 * school is the digest of `seed|code|inspector's number`; among those without ties to it whoever has fewest schools so
 * far goes, the lowest lot first. The order in which schools and inspectors are listed changes nothing, and one school
 * more or less changes no other's lot. `digest` is SHA-256 in hexadecimal, which anybody can compute again by hand.
 *
 * Why not the repeatable stream of the forecast: its 32-bit seed can be searched for a wanted outcome.
 */
export function drawInspections(
  given: {
    readonly seed: string
    readonly rule: DrawRule
    readonly schools: readonly DrawSchool[]
    readonly inspectors: readonly DrawInspector[]
  },
  digest: (text: string) => string,
): InspectionDraw {
  const { seed, rule, schools, inspectors } = given
  const byStratum = [...Map.groupBy(schools, ({ stratum }) => stratum)].sort(([one], [other]) =>
    one < other ? -1 : 1,
  )
  const strata: InspectionDraw['strata'][number][] = []
  const lots: { school: DrawSchool; lot: string }[] = []
  for (const [stratum, of] of byStratum) {
    const drawn = Math.ceil((of.length * Math.round(rule.share * perMillion)) / perMillion)
    strata.push({ stratum, schools: of.length, drawn })
    lots.push(
      ...of
        .map((school) => ({ school, lot: digest(`${seed}|${school.code}`) }))
        .sort((one, other) => (one.lot < other.lot ? -1 : 1))
        .slice(0, drawn),
    )
  }
  const load = new Map<number, number>()
  const drawn = lots.map(({ school, lot }) => {
    const free = inspectors
      .filter(({ related }) => !related.includes(school.id))
      .map(({ id }) => ({ id, load: load.get(id) ?? 0, lot: digest(`${seed}|${school.code}|${id}`) }))
      .sort((one, other) => one.load - other.load || (one.lot < other.lot ? -1 : 1))
      .slice(0, rule.inspectorsEach)
    for (const { id } of free) load.set(id, (load.get(id) ?? 0) + 1)
    return { id: school.id, lot, inspectors: free.map(({ id }) => id) }
  })
  return { strata, drawn }
}
