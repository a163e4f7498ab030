import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { readIdentityDocument } from './identity-document.ts'
import { maskAddress, maskName, maskNumber, maskPhone } from './mask.ts'
import type { Reading } from './reading.ts'
import { checkDigit, readResidentId } from './resident-id.ts'
import { readUnitCode, unitCheckSign } from './unit-code.ts'

const today = '2026-09-01'
const codeOf = (reading: Reading<unknown>) => (reading.ok ? 'ok' : reading.refusal.code)

const digits = (length: number) =>
  fc
    .array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length })
    .map((list) => list.join(''))
const residentNumbers = fc
  .tuple(
    fc.constantFrom('110105', '410402', '410422', '659004', '830000'),
    fc.date({ min: new Date('1930-01-01'), max: new Date('2026-08-31'), noInvalidDate: true }),
    digits(3),
  )
  .filter(([region]) => region !== '830000')
  .map(([region, day, serial]) => {
    const first = `${region}${day.toISOString().slice(0, 10).replaceAll('-', '')}${serial}`
    return `${first}${checkDigit(first)}`
  })

test('numbers of the standard itself are read, with birth day and sex', () => {
  const one = readResidentId('11010519491231002x', today)
  assert.deepEqual(one, {
    ok: true,
    value: { number: '11010519491231002X', bornOn: '1949-12-31', sex: 'female' },
    corrections: [],
  })
  assert.equal(codeOf(readResidentId('440524188001010014', today)), 'people.id-birth-date')
})

test('every well-formed number passes', () => {
  fc.assert(fc.property(residentNumbers, (number) => codeOf(readResidentId(number, today)) === 'ok'))
})

test('every change of one character and every swap of neighbours is caught by the check digit', () => {
  fc.assert(
    fc.property(residentNumbers, (number) => {
      for (let at = 0; at < 18; at++) {
        for (const sign of at === 17 ? '0123456789X' : '0123456789') {
          if (sign === number[at]) continue
          const wrong = number.slice(0, at) + sign + number.slice(at + 1)
          assert.equal(codeOf(readResidentId(wrong, today)), 'people.id-check-digit', wrong)
        }
        if (at === 17 || number[at] === number[at + 1]) continue
        const swapped = number.slice(0, at) + number[at + 1] + number[at] + number.slice(at + 2)
        assert.notEqual(codeOf(readResidentId(swapped, today)), 'ok', swapped)
      }
    }),
    { numRuns: 200 },
  )
})

test('days that are none, days to come, regions that are none, numbers of a demonstration', () => {
  const made = (first: string, synthetic = false) =>
    codeOf(readResidentId(first + checkDigit(first), today, synthetic))
  assert.equal(made('41040220230229123'), 'people.id-birth-date')
  assert.equal(made('41040220261301123'), 'people.id-birth-date')
  assert.equal(made('41040220260902123'), 'people.id-birth-date')
  assert.equal(made('41040220260901123'), 'ok')
  assert.equal(made('00040220150101123'), 'people.id-region')
  assert.equal(made('41000020150101123', true), 'people.id-region')
  assert.equal(made('99040220150101123'), 'people.id-region')
  assert.equal(made('99040220150101123', true), 'ok')
})

test('whoever was born in a county that is no more keeps the number it gave', () => {
  // 崇文区 and 宣武区 until 2010, 卢湾区 until 2011.
  for (const region of ['110103', '110104', '310103'])
    for (const day of ['19620214', '20030331']) {
      const first = `${region}${day}012`
      assert.equal(codeOf(readResidentId(first + checkDigit(first), today)), 'ok', region)
    }
})

test('15 digits are brought to 18, and said to be', () => {
  const old = readResidentId('110105491231002', today)
  assert.ok(old.ok && old.value.number === '11010519491231002X')
  assert.match(old.ok ? old.corrections.join() : '', /15 位旧号码/)
})

test('documents of Hong Kong, Macau, Taiwan and abroad are read by their shape', () => {
  const code = (kind: Parameters<typeof readIdentityDocument>[0], number: unknown) =>
    codeOf(readIdentityDocument(kind, number, today))
  assert.equal(code('hong-kong-macau', 'H12345678'), 'ok')
  assert.equal(code('hong-kong-macau', 'm1234567801'), 'ok')
  assert.equal(code('hong-kong-macau', 'K12345678'), 'people.document-shape')
  assert.equal(code('taiwan', '12345678'), 'ok')
  assert.equal(code('taiwan', '1234567890(B)'), 'ok')
  assert.equal(code('taiwan', '1234'), 'people.document-shape')
  assert.equal(code('passport', 'E12345678'), 'ok')
  assert.equal(code('passport', 'E 1'), 'people.document-shape')
  assert.equal(code('foreign-resident', 'USA110079010100'), 'ok')
  const permit = '81000020150101123'
  assert.equal(code('resident', permit + checkDigit(permit)), 'ok')
})

test('a number that came as a number is refused, a missing one too; full-width is set right and told', () => {
  const document = (given: unknown) => readIdentityDocument('resident', given, today)
  assert.equal(codeOf(document(110_105_194_912_310_030)), 'people.id-as-number')
  assert.equal(codeOf(document('  ')), 'people.id-missing')
  assert.equal(codeOf(document(null)), 'people.id-missing')
  const wide = document('１１０１０５ 19491231\u00a0002Ｘ')
  assert.ok(wide.ok && wide.value.number === '11010519491231002X' && wide.corrections.length === 1)
})

test('no refusal repeats the number', () => {
  for (const number of ['110105194912310021', '1101051949', '110105199902300021']) {
    const found = readIdentityDocument('resident', number, today)
    assert.ok(!found.ok && !found.refusal.text.includes(number))
  }
})

test('unit codes: known ones pass; every single error and every swap of neighbours is caught', () => {
  for (const code of ['91350100M000100Y43', '11100000000013127D'])
    assert.equal(codeOf(readUnitCode(code)), 'ok', code)
  const signs = '0123456789ABCDEFGHJKLMNPQRTUWXY'
  const organisation = fc
    .array(fc.integer({ min: 0, max: 30 }), { minLength: 9, maxLength: 9 })
    .map((list) => list.map((i) => signs[i]).join(''))
  fc.assert(
    fc.property(organisation, (own) => {
      const first = `12410400${own}`
      const code = first + unitCheckSign(first)
      assert.equal(codeOf(readUnitCode(code)), 'ok')
      for (let at = 0; at < 18; at++) {
        for (const sign of signs) {
          if (sign === code[at]) continue
          assert.notEqual(codeOf(readUnitCode(code.slice(0, at) + sign + code.slice(at + 1))), 'ok')
        }
        if (at === 17 || code[at] === code[at + 1]) continue
        const swapped = code.slice(0, at) + code[at + 1] + code[at] + code.slice(at + 2)
        assert.notEqual(codeOf(readUnitCode(swapped)), 'ok')
      }
    }),
    { numRuns: 100 },
  )
})

test('masks show no more than they should', () => {
  assert.equal(maskNumber('410402201501011234'), '410***********1234')
  assert.equal(maskNumber('H12345678'), 'H12**5678')
  assert.equal(maskNumber('12345678'), '1******8')
  assert.equal(maskPhone('13812341234'), '138****1234')
  assert.equal(maskName('王小明'), '王*明')
  assert.equal(maskName('王明'), '王*')
  assert.equal(maskName('𠮷野家'), '𠮷*家')
  assert.equal(maskAddress('平顶山市叶县任店镇前营村1号'), '平顶山市叶县****')
  assert.equal(maskAddress('前营村1号'), '前营****')
})
