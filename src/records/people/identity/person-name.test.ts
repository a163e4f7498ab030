import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { readPersonName } from './person-name.ts'

const codeOf = (given: unknown) => {
  const found = readPersonName(given)
  return found.ok ? 'ok' : found.refusal.code
}
const kept = (given: string) => {
  const found = readPersonName(given)
  assert.ok(found.ok, `${given}: ${found.ok ? '' : found.refusal.code}`)
  return found
}

/** One character from the beginning, middle and end of each block of Han characters. */
const blocks: Readonly<Record<string, readonly [from: number, to: number]>> = {
  基本区: [0x4e00, 0x9fff],
  扩展A: [0x3400, 0x4dbf],
  扩展B: [0x20000, 0x2a6df],
  扩展C: [0x2a700, 0x2b738],
  扩展D: [0x2b740, 0x2b81d],
  扩展E: [0x2b820, 0x2cea1],
  扩展F: [0x2ceb0, 0x2ebe0],
  扩展G: [0x30000, 0x3134a],
  扩展H: [0x31350, 0x323af],
  扩展I: [0x2ebf0, 0x2ee5d],
}

test('characters of every block of Han, to the last, stand in names unchanged', () => {
  for (const [block, [from, to]] of Object.entries(blocks)) {
    for (const point of [from, Math.floor((from + to) / 2), to]) {
      const name = `王${String.fromCodePoint(point)}明`
      assert.equal(kept(name).value, name, `${block} ${point.toString(16)}`)
      assert.deepEqual(kept(name).corrections, [])
    }
  }
  for (const name of ['𠮷野明', '王𰻝', '李𱍐', '张〇', '䶮明']) assert.equal(kept(name).value, name)
})

test('any name of 1 to 50 Han characters is kept whole; the 51st is refused', () => {
  const character = fc
    .constantFrom(...Object.values(blocks))
    .chain(([from, to]) => fc.integer({ min: from, max: to }))
    .map((point) => String.fromCodePoint(point))
    .filter((sign) => /\p{Script=Han}/u.test(sign) && sign.normalize('NFC') === sign)
  fc.assert(
    fc.property(fc.array(character, { minLength: 1, maxLength: 50 }), (signs) => {
      assert.equal(kept(signs.join('')).value, signs.join(''))
    }),
  )
  assert.equal(codeOf('𠮷'.repeat(50)), 'ok')
  assert.equal(codeOf('𠮷'.repeat(51)), 'people.name-too-long')
})

test('every dot people use becomes the standard one, and it is said', () => {
  for (const dot of ['•', '・', '‧', '∙', '⋅', '･', '．', '.', '●', '﹒']) {
    const found = kept(`买买提${dot}艾力`)
    assert.equal(found.value, '买买提·艾力', dot)
    assert.match(found.corrections.join(), /间隔号/)
  }
  assert.deepEqual(kept('买买提·艾力').corrections, [])
  assert.match(kept('王 明').corrections.join(), /空格/)
  assert.equal(kept(' 王明\u200b').value, '王明')
})

test('names as passports write them pass; what is no name does not', () => {
  for (const name of ["O'Brien, Jean-Luc", 'García José', 'SMITH JOHN A.'])
    assert.equal(kept(name).value, name)
  assert.equal(kept('Garci\u0301a').value, 'García')
  for (const name of ['王明1', '王<b>明', '·王明', '王明·', '王··明', '=HYPERLINK("x")', '12', '王_明', '🙂'])
    assert.equal(codeOf(name), 'people.name-characters', name)
  assert.equal(codeOf('王\ue000明'), 'people.name-private-character')
  assert.equal(codeOf(''), 'people.name-missing')
  assert.equal(codeOf(42), 'people.name-missing')
})
