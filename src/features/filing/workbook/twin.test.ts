import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { fieldTypes } from '../../../kernel/field-type.ts'
import type { Answer } from '../../../kernel/filed-answers.ts'
import { type Field, fieldsOf, loadPlan, type ReturnForm } from '../../../plan/index.ts'
import { readSheet } from '../../../platform/sheets/read-sheet.ts'
import type { AnswerCell } from '../../../records/returns/read-answers.ts'
import type { SheetLine } from '../form-sheet.ts'
import { type Part, wantedPart } from './form-columns.ts'
import { readFormPart } from './read-form-workbook.ts'
import { writeFormWorkbook } from './write-form-workbook.ts'

const plan = loadPlan('plan', 'pingdingshan')
const forms = [...plan.forms.values()].filter(({ rhythm }) => rhythm.kind !== 'event')

/** Words as people write them, with everything a spreadsheet likes to take for something else. */
const words = fc
  .oneof(
    fc.string({ unit: 'grapheme', maxLength: 40 }),
    fc.constantFrom(
      '=1+1',
      '+86',
      '-3',
      '@x',
      "'abc",
      '0012',
      '1E5',
      'TRUE',
      '2024-09-01',
      '3/4',
      '甲\n乙',
      '１２',
      '"',
      '<a>&',
    ),
  )
  // what no sheet can hold, or what nobody sees at either end, is no part of an answer
  .map((text) => text.replace(/[\p{Cc}\p{Cs}\uFFFE\uFFFF]/gu, '').trim())
  .filter((text) => text.normalize('NFKC').trim() !== '')

function answerTo(field: Field): fc.Arbitrary<Answer> {
  const { atLeast = 0, atMost = 1_000_000, decimals = 2, maxLength = 500 } = field
  switch (field.type) {
    case 'count':
      return fc.integer({ min: atLeast, max: atMost })
    case 'number':
      return fc
        .integer({ min: Math.ceil(atLeast * 10 ** decimals), max: Math.floor(atMost * 10 ** decimals) })
        .map((scaled) => Number((scaled / 10 ** decimals).toFixed(decimals)))
    case 'money':
      return fc.integer({ min: 0, max: 10 ** 13 })
    case 'date':
      return fc
        .date({
          min: new Date('1990-01-01T00:00:00Z'),
          max: new Date('2099-12-31T00:00:00Z'),
          noInvalidDate: true,
        })
        .map((day) => day.toISOString().slice(0, 10))
    case 'code':
      return fc.constantFrom(...field.codes!.map(({ code }) => code))
    case 'yes-no':
      return fc.constantFrom('yes', 'no')
    case 'institution':
    case 'unit':
      return fc.integer({ min: 1, max: 10 ** 15 })
    case 'text':
    case 'file':
      return words.filter((text) => [...text].length <= maxLength)
  }
}

/** Some of the cells of a place, each with any answer its field allows. */
function cellsAt(fields: readonly Field[], line: number): fc.Arbitrary<AnswerCell[]> {
  const asked = fields.filter(({ shows }) => shows === undefined)
  const cells = asked.map((field) =>
    fc.option(
      fc.tuple(answerTo(field), fc.constantFrom('hand', 'before', 'book')).map(
        ([value, origin]) =>
          ({
            line,
            field: field.id,
            value,
            origin,
            writtenBy: '甲',
            writtenAt: '2024-09-02',
          }) as AnswerCell,
      ),
      { nil: undefined, freq: 6 },
    ),
  )
  return fc.tuple(...cells).map((all) => all.filter((cell) => cell !== undefined))
}

function filedIn(form: ReturnForm, id: number): fc.Arbitrary<SheetLine> {
  const once = cellsAt(
    form.parts.flatMap(({ fields }) => fields),
    0,
  )
  const lines = form.lines
    ? fc.tuple(...[1, 2, 7].map((line) => cellsAt(form.lines!.fields, line)))
    : fc.constant([])
  return fc.tuple(once, lines).map(([single, others]) => ({
    subject: { countyId: 1, kind: form.subject.each, id, name: `第 ${id} 校` },
    filing: undefined,
    cells: [...single, ...others.flat()],
    beside: { fields: {}, facts: {} },
    writable: true,
  }))
}

const period = { id: '2024', zh: '2024学年', from: '2024-09-01', dueOn: '2024-10-15' }

/** Writes the workbook, reads it as a file that came back, and says what stands in it of each subject. */
async function thereAndBack(form: ReturnForm, lines: readonly SheetLine[]) {
  const bytes = await writeFormWorkbook({ form, period, takenAt: '2024-09-03', synthetic: true }, lines)
  const known = new Map(lines.map((line) => [String(line.subject.id), line]))
  const found = new Map<string, Answer>()
  for (const part of (form.lines ? ['once', 'lines'] : ['once']) as Part[]) {
    const { sheet, problems } = await readSheet(bytes, wantedPart(form, part, 'a.xlsx'))
    assert.deepEqual(
      problems.filter(({ code }) => code !== 'file.no-rows'),
      [],
    )
    if (!sheet) continue
    const read = readFormPart(form, part, sheet, known)
    assert.deepEqual(read.problems, [], form.id)
    for (const { of, cells } of read.subjects.values())
      for (const { line, field, value } of cells) found.set(`${of.subject.id} ${line} ${field}`, value)
  }
  return found
}

const standing = (lines: readonly SheetLine[]) =>
  new Map(
    lines.flatMap(({ subject, cells }) =>
      cells.map(({ line, field, value }) => [`${subject.id} ${line} ${field}`, value] as const),
    ),
  )

test('every form comes back from its workbook with the very answers that went into it', async () => {
  for (const form of forms)
    await fc.assert(
      fc.asyncProperty(fc.tuple(filedIn(form, 11), filedIn(form, 12)), async (lines) => {
        assert.deepEqual([...(await thereAndBack(form, lines))].sort(), [...standing(lines)].sort(), form.id)
      }),
      { numRuns: 5 },
    )
})

test('a form with a field of every type does so whatever is written', async () => {
  const [pattern] = forms
  const fields = fieldTypes.map(
    (type): Field => ({
      ...{ id: type, zh: `甲${type}`, ask: '？', type, datum: `x.${type}` },
      ...(type === 'code' && {
        codes: [
          { code: 'a', zh: '（一）' },
          { code: 'b', zh: '=二' },
        ],
      }),
      ...(type === 'number' && { atLeast: -1000, decimals: 4 }),
    }),
  )
  const line = fields.map((field) => ({ ...field, id: `l-${field.id}`, zh: `乙${field.zh}` }))
  const form = {
    ...pattern!,
    parts: [{ zh: '甲', fields }],
    lines: { zh: '乙', each: '行', atMost: 9, fields: line },
  }
  assert.deepEqual(new Set(fieldsOf(form).map(({ type }) => type)), new Set(fieldTypes))
  await fc.assert(
    fc.asyncProperty(filedIn(form, 11), async (one) => {
      assert.deepEqual([...(await thereAndBack(form, [one]))].sort(), [...standing([one])].sort())
    }),
    { numRuns: 40 },
  )
})
