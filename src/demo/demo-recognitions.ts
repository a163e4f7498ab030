import type { Answers } from '../kernel/filed-answers.ts'
import type { DemoCounty, DemoTime } from './demo-county.ts'

/** 有普通高中部的机构类别 — kinds of institution that teach regular senior high pupils. */
export const seniorKinds = ['senior-high', 'complete-secondary', 'twelve-year-school']
const features = ['featured-technology', 'featured-humanities', 'featured-languages', 'featured-arts-sports']

/** Of a county's schools in town, so many at most are recognised as good. */
const recognisedInTown = 4

/**
 * 演示学校认定（合成数据） — schools in town recognised one a year, one in the country this spring; of two senior high
 * schools the stronger for its subjects. In every third county one recognition has run out.
 */
export function demoRecognitions({ index, institutions }: DemoCounty, { year }: DemoTime): Answers[] {
  const schools = institutions.filter(({ kind }) => kind === 'primary-school' || kind === 'junior-school')
  const inTown = schools.filter(({ rural }) => !rural).slice(0, recognisedInTown)
  const inCountry = schools.find(({ rural }) => rural)
  const [strong, weak] = institutions.filter(({ kind }) => seniorKinds.includes(kind))
  const special = institutions.find(({ kind }) => kind === 'special-school')
  const since = (ago: number) => ({ from: `${year - ago}-09-01` })
  return [
    ...inTown.map(({ id }, at) => ({
      ...{ school: id, kind: 'quality-compulsory', level: at === 0 ? 'province' : 'city', ...since(6 - at) },
      ...(at === 3 && index % 3 === 2 && { to: `${year}-08-31` }),
    })),
    ...(inCountry
      ? [{ school: inCountry.id, kind: 'new-quality', level: 'city', from: `${year}-03-01` }]
      : []),
    ...(inTown[0]
      ? [
          { school: inTown[0].id, kind: 'digital-campus', level: 'province', ...since(2) },
          { school: inTown[0].id, kind: 'smart-campus', level: 'city', ...since(1) },
        ]
      : []),
    ...(strong
      ? [
          { school: strong.id, kind: 'quality-senior', level: 'province', ...since(7) },
          { school: strong.id, kind: 'programme-1256', level: 'province', ...since(2) },
          ...(index === 0
            ? [{ school: strong.id, kind: 'early-talent-pilot', level: 'city', ...since(1) }]
            : []),
          { school: strong.id, kind: features[index % features.length]!, level: 'province', ...since(2) },
        ]
      : []),
    ...(weak ? [{ school: weak.id, kind: 'weak-county-senior', level: 'city', ...since(2) }] : []),
    ...(special ? [{ school: special.id, kind: 'special-standard', level: 'province', ...since(3) }] : []),
  ]
}
