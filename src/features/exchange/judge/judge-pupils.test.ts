import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkDigit } from '../../../records/people/identity/resident-id.ts'
import { rosterKey } from '../../../records/people/read-roster.ts'
import type { KnownPerson } from '../../../records/people/roster.ts'
import {
  fileOf,
  goodRow,
  judgeBytes,
  kindergarten,
  known,
  primary,
  problemsOf,
  type Row,
} from './known-world.for-tests.ts'
import type { PupilEntry } from './pupil-entry.ts'

const pupil = goodRow.pupils
const document = String(pupil.document)

async function judged(rows: readonly Row[], people: readonly KnownPerson[] = []) {
  const world = {
    ...known,
    people: new Map(people.map((each) => [rosterKey(each.countyId, each.document), each])),
  }
  return judgeBytes('pupils', await fileOf('pupils', rows), world)
}

const inBook = (more: Partial<KnownPerson> = {}): KnownPerson => ({
  countyId: 410_422,
  personId: 1,
  documentKind: 'resident',
  document,
  name: '王小明',
  sex: 'female',
  bornOn: '2018-03-15',
  record: { institutionId: Number(primary), grade: 'P1', classNo: 1, from: '2024-09-01', to: null },
  guardians: [{ personId: 2, relation: 'father' }],
  ...more,
})
const father = (more: Partial<KnownPerson> = {}) =>
  inBook({
    personId: 2,
    document: String(pupil.guardianDocument),
    name: '王大明',
    phone: '10000000001',
    guardians: [],
    record: undefined,
    ...more,
  })

test('a good row is new; sex and birth come from the number; the same against the book is the same', async () => {
  const fresh = await judged([pupil])
  assert.deepEqual(fresh.problems, [])
  const entry = fresh.entries[0]!.entry as PupilEntry
  assert.deepEqual([entry.child.sex, entry.child.bornOn, entry.grade], ['female', '2018-03-15', 'P1'])
  assert.equal(fresh.entries[0]!.action, 'new')
  const again = await judged([pupil], [inBook(), father()])
  assert.deepEqual([again.entries[0]!.action, again.corrections], ['same', []])
})

test('every slip of a number is caught: one wrong digit, two swapped', async () => {
  const slips = new Set<string>()
  for (let at = 6; at < 17; at++) {
    for (let digit = 0; digit < 10; digit++)
      slips.add(`${document.slice(0, at)}${digit}${document.slice(at + 1)}`)
    slips.add(`${document.slice(0, at)}${document[at + 1]}${document[at]}${document.slice(at + 2)}`)
  }
  slips.delete(document)
  assert.ok(slips.size > 100)
  const { rejectedRows } = await judged([...slips].map((slip) => ({ ...pupil, document: slip })))
  assert.equal(rejectedRows.length, slips.size)
})

test('a number cell is refused, never guessed', async () => {
  assert.deepEqual(await problemsOf('pupils', { document: 990422201803150000 }), [
    'pupil.document-as-number C2 error',
  ])
})

test('fifteen digits, and the papers of Hong Kong, Macau, Taiwan and other countries', async () => {
  const old = '990422180315002'
  assert.equal((await judged([{ ...pupil, document: old }])).entries.length, 1)
  const longer = `${old.slice(0, 6)}19${old.slice(6)}`
  const entry = (await judged([{ ...pupil, document: old }])).entries[0]!.entry as PupilEntry
  assert.equal(entry.child.document, `${longer}${checkDigit(longer)}`)
  for (const [documentKind, number] of [
    ['港澳居民来往内地通行证', 'H12345678'],
    ['台胞证', '12345678'],
    ['护照', 'E12345678'],
    ['外国人永久居留身份证', 'USA110099010112'],
  ]) {
    const own = { ...pupil, documentKind, document: number, sex: '女', bornOn: '2018-03-15' }
    const { problems, entries } = await judged([own])
    assert.deepEqual(problems, [], documentKind)
    assert.equal((entries[0]!.entry as PupilEntry).child.document, number)
  }
  assert.deepEqual(await problemsOf('pupils', { documentKind: '护照', document: 'E1' }), [
    'pupil.document C2 error',
  ])
})

test('dots of names become U+00B7, and that is said without the name', async () => {
  for (const dot of '•・‧．') {
    const { entries, problems } = await judged([{ ...pupil, pupilName: `买买提${dot}艾力` }])
    assert.equal((entries[0]!.entry as PupilEntry).child.name, '买买提·艾力', dot)
    assert.ok(
      problems.some(
        ({ path, text, severity }) => path === 'A2' && /间隔号.*“·”/.test(text) && severity === 'warning',
      ),
      dot,
    )
    assert.ok(problems.every(({ text }) => !text.includes('买买提')))
  }
})

test('nothing that is told of a row repeats what stands in it', async () => {
  const { problems } = await judged([
    {
      ...pupil,
      bornOn: '20180399',
      sex: '1380000',
      guardianPhone: '打不通13800001234',
      address: '\u00a0路 ',
    },
    { ...pupil, document: '990422201803150021', grade: '990422201803150021' },
  ])
  assert.ok(problems.length >= 5)
  for (const { text } of problems)
    for (const said of ['20180399', '1380000', '13800001234', '990422201803150021'])
      assert.ok(!text.includes(said), text)
})

for (const [what, change, expected] of [
  ['another sex than the number says', { sex: '男' }, 'pupil.sex-differs D2 error'],
  ['another birthday', { bornOn: '2018-03-16' }, 'pupil.birth-differs E2 error'],
  ['half a guardian', { guardianDocument: null }, 'pupil.guardian-incomplete L2 error'],
  ['oneself as guardian', { guardianDocument: document }, 'pupil.guardian-self O2 error'],
  [
    'a school without that stage',
    { code: kindergarten, name: '叶县第一幼儿园' },
    'enrolment.stage-not-run J2 error',
  ],
  ['a class that cannot be', { classNo: 2024 }, 'pupil.class-number K2 error'],
  ['no name', { pupilName: null }, 'cell.required A2 error'],
] as const)
  test(what, async () => {
    assert.deepEqual(await problemsOf('pupils', change), [expected])
  })

test('whoever is on another roll stays there; left it, they come in anew under the same name only', async () => {
  const elsewhere = { institutionId: 7, grade: 'P1', classNo: 1, from: '2023-09-01', to: null }
  const codes = async (person: KnownPerson) => {
    const { problems, entries } = await judged([pupil], [person, father()])
    return [problems.map(({ code }) => code).join(), entries[0]?.action]
  }
  assert.deepEqual(await codes(inBook({ record: elsewhere })), ['pupil.on-other-roll', undefined])
  const left = { ...elsewhere, to: '2024-07-01' }
  assert.deepEqual(await codes(inBook({ record: left })), ['', 'new'])
  assert.deepEqual(await codes(inBook({ record: left, name: '李四' })), ['pupil.other-name', undefined])
})

test('corrections are told masked, the move to another class too', async () => {
  const { corrections } = await judged(
    [{ ...pupil, classNo: 2, phone: '10012345678', guardianPhone: '10099999999' }],
    [inBook({ phone: '10000000009' }), father()],
  )
  assert.deepEqual(
    corrections.map(({ what, from, to }) => `${what} ${from} ${to}`),
    [
      '联系电话 100****0009 100****5678',
      '年级班级 小学一年级 1 班 小学一年级 2 班',
      '监护人电话 100****0001 100****9999',
    ],
  )
  assert.equal(corrections[0]!.name, '王*明 990***********002X')
})

test('the same child twice in a file', async () => {
  const { problems } = await judged([pupil, { ...pupil, classNo: 2 }])
  assert.deepEqual(
    problems.map(({ code, path }) => `${code} ${path}`),
    ['row.duplicate C2', 'row.duplicate C3'],
  )
})
