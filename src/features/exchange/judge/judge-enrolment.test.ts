import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  closed,
  fileOf,
  goodRow,
  judgeBytes,
  kindergarten,
  known,
  problemsOf,
  type Row,
} from './known-world.for-tests.ts'

const grade = 'enrolment-by-grade'

/** Columns: A 学年 B 标识码 C 名称 D 年级 E 班数 F 男 G 女 H 在校生 I 最大班额; the row is row 2. */
const classes: Readonly<Record<string, readonly [Row, string]>> = {
  'a code of nine digits': [{ code: '214100001' }, 'code.length B2 error'],
  'a code with letters': [{ code: '21410O0001' }, 'code.not-digits B2 error'],
  'a code kept as a number': [{ code: 2141000001 }, 'code.as-number B2 error'],
  'an 18-digit number that lost its last digits': [
    { code: 4.10422201609011e17 },
    'code.precision-lost B2 error',
  ],
  'a code in scientific notation': [{ code: '2.141E+09' }, 'code.precision-lost B2 error'],
  'a category that does not exist': [{ code: '9941000001' }, 'institution.code-category B2 error'],
  'a university': [{ code: '4141000001' }, 'institution.code-other-category B2 error'],
  'another province': [{ code: '2142000001' }, 'institution.code-province B2 error'],
  'a code the book does not know': [{ code: '2141999999' }, 'institution.unknown B2 error'],
  'a school closed before that day': [{ code: closed, name: '任店小学' }, 'institution.not-open B2 error'],
  'a grade of a stage not run': [
    { code: kindergarten, name: '叶县第一幼儿园' },
    'enrolment.stage-not-run D2 error',
  ],
  'a name that is not the code’s': [{ name: '叶县第二小学' }, 'institution.name-mismatch C2 doubt'],
  'a negative number': [{ pupils: -5 }, 'number.negative H2 error'],
  'a number in words': [{ pupils: '一百人' }, 'number.textual H2 error'],
  'a number with a unit': [{ classes: '4个' }, 'number.textual E2 error'],
  'a number with separators': [{ pupils: '1,195' }, 'number.separator H2 error'],
  decimals: [{ pupils: 195.5 }, 'number.decimals H2 error'],
  'a number that became a date': [
    { largestClass: new Date(Date.UTC(2024, 0, 2)) },
    'number.is-date I2 error',
  ],
  'a future school year': [{ schoolYear: 2025 }, 'school-year.future A2 error'],
  'a school year too old': [{ schoolYear: 1999 }, 'school-year.too-old A2 error'],
  'a school year that is none': [{ schoolYear: '去年' }, 'school-year.form A2 error'],
  'a school year of three years': [{ schoolYear: '2023-2026' }, 'school-year.span A2 error'],
  'boys and girls that do not add up': [{ boys: 99 }, 'figures.sum H2 error'],
  'pupils without a class': [{ classes: 0 }, 'enrolment.no-classes E2 error'],
  'classes without pupils': [
    { boys: 0, girls: 0, pupils: 0, largestClass: 0 },
    'enrolment.empty-classes H2 warning',
  ],
  'classes too full to be true': [{ classes: 2, largestClass: null }, 'enrolment.class-size E2 warning'],
  'a largest class above the grade': [{ largestClass: 300 }, 'enrolment.largest-above-pupils I2 error'],
  'a largest class below the mean': [{ largestClass: 20 }, 'enrolment.largest-below-mean I2 error'],
  'an unknown grade': [{ grade: '二年纪' }, 'choice.unknown D2 error'],
  'an empty required cell': [{ grade: ' ' }, 'cell.required D2 error'],
  'spaces and full-width digits': [{ code: ' ２１４１０００００１ ' }, 'cell.tidied B2 warning'],
  'a number kept as text': [{ classes: '4' }, 'cell.number-as-text E2 warning'],
  'pupils out of nowhere': [
    { boys: 200, girls: 195, pupils: 395, classes: 8 },
    'enrolment.stock-flow H2 doubt',
  ],
  'first grade far from the entrants on file': [
    { grade: '一年级', boys: 30, girls: 30, pupils: 60, classes: 2 },
    'enrolment.stock-flow H2 doubt',
  ],
  'a corrected sum without its parts': [
    { grade: '六年级', boys: null, girls: null, pupils: 91, classes: 2 },
    'figures.stale-parts H2 error',
  ],
}

for (const [name, [change, expected]] of Object.entries(classes))
  test(`${name}: ${expected}`, async () => {
    const bytes = await fileOf(grade, [{ ...goodRow[grade], ...change }])
    const { problems, entries } = await judgeBytes(grade, bytes)
    const told = problems.map(({ code, path, severity }) => `${code} ${path} ${severity}`)
    assert.ok(told.includes(expected), `${expected} not among ${told}`)
    assert.deepEqual(
      told.filter((each) => each !== expected && !each.includes('stock-flow')),
      [],
    )
    assert.equal(entries.length, expected.endsWith('error') ? 0 : 1)
    for (const { path, text } of problems) {
      assert.ok(text.startsWith(`${path} `))
      assert.ok(text.split('—').length >= 3, `${text}: 哪里错—为什么—怎么改`)
    }
  })

test('a good row is new, without a word', async () => {
  assert.deepEqual(await problemsOf(grade, {}), [])
  const { entries } = await judgeBytes(grade, await fileOf(grade, [goodRow[grade]]))
  assert.deepEqual(entries, [
    {
      row: 2,
      action: 'new',
      entry: {
        countyId: 410_422,
        institutionId: 2_141_000_001,
        schoolYear: 2024,
        grade: 'P2',
        pupils: 195,
        classes: 4,
        boys: 100,
        girls: 95,
        largestClass: 50,
      },
    },
  ])
})

test('an unknown code names the known one it is like, and the nearest word of a list is offered', async () => {
  const { problems } = await judgeBytes(
    grade,
    await fileOf(grade, [
      { ...goodRow[grade], code: '2141000005', name: '' },
      { ...goodRow[grade], grade: '2年级' },
    ]),
  )
  assert.match(problems[0]?.text ?? '', /“叶县第一小学”的标识码是 2141000001/)
  assert.match(problems[1]?.text ?? '', /您是不是想填“.年级”？/)
})

test('a row that stands twice: the later is refused; when they differ, both', async () => {
  assert.deepEqual(await problemsOf(grade, {}, {}), ['row.duplicate B3 error'])
  assert.deepEqual(await problemsOf(grade, {}, { boys: 101, pupils: 196 }), [
    'row.duplicate B2 error',
    'row.duplicate B3 error',
  ])
})

test('what the book says already is the same and asks nothing; another figure is a correction shown old to new', async () => {
  const row = {
    ...goodRow[grade],
    grade: '六年级',
    classes: null,
    largestClass: null,
    boys: 50,
    girls: 40,
    pupils: 90,
  }
  const same = await judgeBytes(grade, await fileOf(grade, [row]))
  assert.deepEqual(
    same.entries.map(({ action }) => action),
    ['same'],
  )
  assert.deepEqual([same.problems, same.corrections], [[], []])
  const other = await judgeBytes(grade, await fileOf(grade, [{ ...row, boys: 51, pupils: 91 }]))
  assert.deepEqual(
    other.entries.map(({ action }) => action),
    ['correct'],
  )
  assert.deepEqual(
    other.corrections.map(({ name, what, from, to }) => `${name} ${what} ${from}→${to}`),
    ['叶县第一小学 2024—2025 学年 六年级 男生 50→51', '叶县第一小学 2024—2025 学年 六年级 在校生数 90→91'],
  )
})

test('last year may stand in the same file', async () => {
  const [older, newer] = [
    { schoolYear: 2022, grade: '一年级', boys: 20, girls: 20, pupils: 40, classes: 1, largestClass: 40 },
    { schoolYear: 2023, grade: '二年级', boys: 50, girls: 50, pupils: 100, classes: 2, largestClass: 50 },
  ]
  assert.deepEqual(await problemsOf(grade, newer), [])
  assert.deepEqual(await problemsOf(grade, older, newer), ['enrolment.stock-flow H3 doubt'])
})

test('pupils moved in explain a larger grade', async () => {
  const key = '2141000001|2024|primary'
  const flow = { ...known.flows.get(key)!, movedIn: 60, movedOut: 0 }
  const rows = [{ ...goodRow[grade], boys: 125, girls: 115, pupils: 240, classes: 5 }]
  const judged = (world: typeof known) => fileOf(grade, rows).then((bytes) => judgeBytes(grade, bytes, world))
  assert.equal((await judged(known)).problems[0]?.code, 'enrolment.stock-flow')
  assert.deepEqual((await judged({ ...known, flows: new Map([[key, flow]]) })).problems, [])
})

test('a school’s clerk files the own school only, an officer of some stages only those', async () => {
  const counties = [...known.institutions.values()].flat().map(({ countyId }) => countyId)
  const filedBy = async (limits: { institutions?: number[]; stages?: string[] }) => {
    const filer = { counties, ...limits }
    const { problems } = await judgeBytes(grade, await fileOf(grade, [goodRow[grade]]), { ...known, filer })
    return problems.map(({ code, path }) => `${code} ${path}`)
  }
  assert.deepEqual(await filedBy({ institutions: [Number(kindergarten)] }), ['institution.not-yours B2'])
  assert.deepEqual(await filedBy({ stages: ['preschool', 'junior'] }), ['institution.stage-not-yours D2'])
  assert.deepEqual(await filedBy({ stages: ['primary'] }), [])
})
