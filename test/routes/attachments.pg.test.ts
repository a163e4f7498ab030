import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import sharp from 'sharp'
import { loadDemoChildren } from '../../src/demo/demo-children.ts'
import { people } from '../../src/features/people/index.ts'
import { eraseSubject } from '../../src/records/people/erase-subject.ts'
import { forUpkeep } from '../../src/records/people/for-upkeep.ts'
import { type Answer, type ServedHamlet, servedHamlet } from './served-hamlet.ts'

const yexian = 410_422
const officer = `county-${yexian}`
let hamlet: ServedHamlet
let child: { personId: number; institutionId: number }
let photo: Buffer
let path: string

before(async () => {
  hamlet = await servedHamlet(people.routes)
  await loadDemoChildren(hamlet.books.db, hamlet.books.vault, 7, '2024-09-01')
  child = (await hamlet.ask(officer, 'GET', '/api/people/pupils')).body.rows[0]
  path = `/api/people/pupils/${child.personId}/attachments`
  photo = await sharp({ create: { width: 640, height: 480, channels: 3, background: '#88aacc' } })
    .withExif({ IFD3: { GPSLatitude: '33/1 30/1 0/1', GPSLatitudeRef: 'N' } })
    .jpeg()
    .toBuffer()
})
after(() => hamlet.close())

function add(account: string | undefined, bytes: Buffer, name = '签字件.jpg', to = path): Promise<Answer> {
  const form = new FormData()
  form.set('file', new Blob([new Uint8Array(bytes)]), name)
  return hamlet.ask(account, 'POST', to, form)
}

const onDisk = () =>
  readdirSync(join(hamlet.data, 'files'), { recursive: true, withFileTypes: true })
    .filter((each) => each.isFile())
    .map(({ parentPath, name }) => readFileSync(join(parentPath, name)))

const open = (account: string, id: string, query = 'purpose=guardian-request') =>
  hamlet.ask(account, 'GET', `${path}/${id}?${query}`)

test('strangers, other offices and other counties are turned away', async () => {
  assert.equal((await add(undefined, photo)).status, 401)
  assert.equal((await add('city', photo)).status, 403)
  assert.equal((await hamlet.ask('city', 'GET', path)).status, 403)
  assert.equal((await hamlet.ask('county-410403', 'GET', path)).status, 404)
  assert.equal((await add('county-410403', photo)).status, 404)
})

test('what is not a picture or a document by its content is refused with the reason', async () => {
  const html = await add(officer, Buffer.from('<html><script>1</script></html>'), '照片.jpg')
  assert.equal(html.body.refusal.code, 'file.not-accepted')
  assert.equal((await add(officer, photo.subarray(0, 900))).body.refusal.code, 'file.picture-broken')
  assert.equal((await add(officer, Buffer.alloc(0))).body.refusal.code, 'file.none')
  assert.deepEqual((await hamlet.ask(officer, 'GET', path)).body, [])
  const { rows } = await hamlet.owner.query(
    "select object_id from audit.entry where act like 'GET %/attachments' and outcome = 'done' and account = $1",
    [officer],
  )
  assert.equal(rows.length, 1, 'the names of papers may tell of the child: listing them is on record')
})

test('a photograph is kept without its place, sealed; opened for a purpose, as an attachment, on record', async () => {
  const added = await add(officer, photo, '../../王小明 同意书.png')
  assert.equal(added.status, 200, added.body?.text)
  assert.equal(added.body.name, '王小明 同意书.jpg')
  for (const bytes of onDisk()) assert.notEqual(bytes.subarray(0, 2).toString('hex'), 'ffd8')
  const { attachmentId } = added.body
  assert.equal((await open(officer, attachmentId, '')).status, 400)
  const opened = await open(officer, attachmentId)
  assert.equal(opened.status, 200)
  assert.equal((await sharp(opened.bytes).metadata()).exif, undefined)
  const looks = (await hamlet.ask(officer, 'GET', `/api/people/pupils/${child.personId}/accesses`)).body
  assert.deepEqual([looks[0].act, looks[0].field, looks[0].purpose], ['unmask', 'papers', 'guardian-request'])
})

test('no transaction stands open while a file is looked at', async (t) => {
  const { files } = hamlet.books
  const write = files.write.bind(files)
  const open: string[] = []
  t.mock.method(files, 'write', async (file: Parameters<typeof write>[0]) => {
    const { rows } = await hamlet.owner.query(
      "select query from pg_stat_activity where datname = current_database() and state = 'idle in transaction'",
    )
    open.push(...rows.map(({ query }) => query))
    return write(file)
  })
  const other = (await hamlet.ask(officer, 'GET', '/api/people/pupils')).body.rows[1]
  const added = await add(officer, photo, 'a.jpg', `/api/people/pupils/${other.personId}/attachments`)
  assert.equal(added.status, 200)
  assert.deepEqual(open, [])
})

test('a school sees the papers of its own pupils only', async () => {
  const own = (await hamlet.ask('school', 'GET', '/api/people/pupils')).body.rows[0]
  const ownPath = `/api/people/pupils/${own.personId}/attachments`
  assert.equal((await add('school', photo, 'a.jpg', ownPath)).status, 200)
  const lists = await Promise.all(
    [yexian, 410_403].map((county) =>
      hamlet.ask('city-basic-education', 'GET', `/api/people/pupils?county=${county}`),
    ),
  )
  const foreign = lists
    .flatMap(({ body }) => body.rows as (typeof child)[])
    .find(({ institutionId }) => institutionId !== own.institutionId)!
  assert.equal(
    (await hamlet.ask('school', 'GET', `/api/people/pupils/${foreign.personId}/attachments`)).status,
    404,
  )
})

test('removed with a reason: the line stays, the content opens for nobody and is cleared', async () => {
  const { attachmentId } = (await hamlet.ask(officer, 'GET', path)).body[0]
  assert.equal(
    (await hamlet.ask(officer, 'POST', `${path}/${attachmentId}/removal`, { reason: ' ' })).status,
    400,
  )
  const removed = await hamlet.ask(officer, 'POST', `${path}/${attachmentId}/removal`, {
    reason: '拍糊了，重拍',
  })
  assert.equal(removed.status, 200)
  const [line] = (await hamlet.ask(officer, 'GET', path)).body
  assert.equal(line.reason, '拍糊了，重拍')
  assert.equal((await open(officer, attachmentId)).status, 404)
  assert.equal(
    (await hamlet.ask(officer, 'POST', `${path}/${attachmentId}/removal`, { reason: '再移一次' })).status,
    404,
  )
  await hamlet.books.files.clear()
  const { rowCount } = await hamlet.owner.query('select 1 from files.file where file_id = $1', [attachmentId])
  assert.equal(rowCount, 0)
})

test('erased with the child: no line, no key, nothing to open', async () => {
  const { attachmentId } = (await add(officer, photo)).body
  await forUpkeep(hamlet.books.db).transaction({ counties: [yexian] }, (tx) =>
    eraseSubject(tx, { countyId: yexian, personId: child.personId }, 'request', '测试'),
  )
  const { rows } = await hamlet.owner.query(
    `select (select count(*)::int from files.attachment where thing_id = $1) as lines,
            (select count(*)::int from files.file where file_id = $2 and expires_at > now()) as files`,
    [String(child.personId), attachmentId],
  )
  assert.deepEqual(rows, [{ lines: 0, files: 0 }])
})
