import assert from 'node:assert/strict'
import { test } from 'node:test'
import sharp from 'sharp'
import { bareWorkbook, packageOf, workbookOf } from '../sheets/sheet-files.for-tests.ts'
import { fileLimits } from './file-limits.ts'
import { inspectUpload } from './inspect-upload.ts'
import { fileRefusals } from './refusals.ts'
import { safeFileName } from './safe-file-name.ts'
import type { MediaKind } from './sniff-media-type.ts'

const attachments: readonly MediaKind[] = ['jpeg', 'png', 'webp', 'pdf', 'xlsx', 'docx']
const inspect = (bytes: Buffer, fileName = '附件.jpg') => inspectUpload({ fileName, bytes }, attachments)

async function refusedAs(bytes: Buffer, code: keyof typeof fileRefusals, words: RegExp, fileName?: string) {
  const found = await inspect(bytes, fileName)
  assert.ok(!found.ok, 'taken in')
  assert.equal(found.refusal.code, code)
  assert.match(found.refusal.text, words)
  assert.match(found.refusal.text, /—.*—请/)
}

async function taken(bytes: Buffer, fileName?: string) {
  const found = await inspect(bytes, fileName)
  assert.ok(found.ok, found.ok ? '' : found.refusal.text)
  return found.value
}

const plain = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: { r: 200, g: 120, b: 40 } } })

test('a photograph loses its place, its camera and whatever was hidden behind it, and stands upright', async () => {
  const secret = '<script>alert(1)</script>'
  const photo = await plain(60, 40)
    .jpeg()
    .withExif({
      IFD0: { Copyright: '机密姓名', Make: 'SpyCam' },
      IFD3: { GPSLatitude: '33/1 44/1 0/1', GPSLatitudeRef: 'N' },
    })
    .withMetadata({ orientation: 6 })
    .toBuffer()
  const polyglot = Buffer.concat([
    photo,
    packageOf([{ path: 'x.html', content: secret }]),
    Buffer.from(secret),
  ])
  assert.ok((await sharp(polyglot).metadata()).exif, 'the trial has something to lose')
  const { bytes, name, mediaType } = await taken(polyglot)
  const left = await sharp(bytes).metadata()
  assert.deepEqual([left.exif, left.xmp, left.icc, left.iptc, left.orientation], Array(5).fill(undefined))
  assert.deepEqual([left.width, left.height, left.format], [40, 60, 'jpeg'])
  for (const trace of ['SpyCam', 'script', 'PK\u0003\u0004', 'Exif'])
    assert.ok(!bytes.toString('latin1').includes(trace), trace)
  assert.deepEqual([name, mediaType], ['附件.jpg', 'image/jpeg'])
})

test('comments and texts in a PNG are gone', async () => {
  const png = await plain(30, 30)
    .png()
    .withExif({ IFD0: { ImageDescription: 'hidden words' } })
    .toBuffer()
  const { bytes, name } = await taken(png, 'x.php.png')
  assert.ok(!bytes.toString('latin1').includes('hidden'))
  assert.equal(name, 'x.php.png')
})

test('fifty million pixels are taken in, one row more is refused before it is decoded', async (t) => {
  const most = await plain(10_000, 5_000).jpeg().toBuffer()
  const began = performance.now()
  await taken(most)
  t.diagnostic(`F11 五千万像素的图片：${Math.round(performance.now() - began)} 毫秒`)
  const more = await plain(10_000, 5_001).png({ compressionLevel: 1 }).toBuffer()
  // Of its pixels nothing is left that could be decoded: the header alone says how large it is.
  await refusedAs(more.subarray(0, 100), 'file.picture-too-large', /5000 万像素/)
})

test('pictures that are none, or not whole', async () => {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
  for (const markup of [
    svg,
    `\ufeff \n${svg}`,
    '<html><body>',
    '<!DOCTYPE html>',
    '<?xml version="1.0"?><svg/>',
    '<script>1</script>',
  ])
    await refusedAs(Buffer.from(markup), 'file.not-accepted', /按内容识别，扩展名不算/)
  const photo = await plain(400, 400).jpeg().toBuffer()
  await refusedAs(photo.subarray(0, photo.length >> 1), 'file.picture-broken', /读不到头/)
  await refusedAs(
    Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), Buffer.from(svg)]),
    'file.picture-broken',
    /损坏/,
  )
})

test('packages are counted while they are inflated', async () => {
  await refusedAs(bareWorkbook(' '.repeat(30_000_000)), 'file.package', /倍/)
  await refusedAs(
    packageOf([
      { path: '[Content_Types].xml', content: '<Types/>' },
      { path: 'xl/workbook.xml', content: ' '.repeat(10_000_000), told: 5 },
    ]),
    'file.package',
    /不完整/,
  )
  await refusedAs(bareWorkbook('<a/>', [{ path: 'xl/vbaProject.bin', content: 'x' }]), 'file.package', /宏/)
  await refusedAs(packageOf([{ path: 'a.txt', content: 'x' }]), 'file.not-accepted', /Excel 工作簿/)
  const { name, mediaType } = await taken(await workbookOf([['甲']]), '报表')
  assert.deepEqual([name, mediaType.includes('spreadsheet')], ['报表.xlsx', true])
})

test('nothing, and more than twenty megabytes', async () => {
  await refusedAs(Buffer.alloc(0), 'file.none', /空的/)
  await refusedAs(Buffer.alloc(fileLimits.bytes + 1, 1), 'file.too-large', /超过 20 MB/)
})

test('a name leads nowhere and shows what the file is', () => {
  for (const [given, kept] of [
    ['../../etc/passwd', 'passwd.pdf'],
    ['C:\\Windows\\a.exe', 'a.pdf'],
    ['照片\u202egpj.exe', '照片gpj.pdf'],
    ['a\r\nSet-Cookie: x.pdf', 'aSet-Cookie_ x.pdf'],
    ['...', '文件.pdf'],
    ['', '文件.pdf'],
    ['\0', '文件.pdf'],
    ['.htaccess', 'htaccess.pdf'],
    ['𠮷堂小学.2024.docx', '𠮷堂小学.2024.pdf'],
  ] as const)
    assert.equal(safeFileName(given, '.pdf'), kept)
  assert.equal([...safeFileName('长'.repeat(500), '.pdf')].length, 124)
})

test('every code has its Chinese text', () => {
  for (const text of Object.values(fileRefusals)) assert.match(text, /^[一-龥，]+$/)
})
