import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { KeptPhoto } from './kept-photos.ts'
import type { VisitDraft } from './kept-visit.ts'
import { sendVisit } from './send-visit.ts'

const written: VisitDraft = {
  draft: 'd',
  institutionId: '7',
  kind: 'routine',
  visitedOn: '2026-03-02',
  seen: ' 走访食堂 ',
  advice: '',
}

test('however often the line breaks, before or after what was sent arrived: every word and photograph arrives once as last written, and none is kept', async () => {
  let broke = 0
  await fc.assert(
    fc.asyncProperty(
      fc.nat({ max: 4 }),
      fc.array(fc.constantFrom('good', 'lost question', 'lost answer'), { maxLength: 12 }),
      async (count, line) => {
        const luck = [...line]
        const visits = new Map<string, object>()
        const attached = new Map<string, number>()
        let said = '走访食堂'
        let kept = Array.from({ length: count }, (_, at) => ({ id: `p${at}` }) as KeptPhoto)
        let draft = written
        // The platform takes a draft and a key once, and keeps of a draft what came first; the line may lose the
        // question or only the answer.
        const over = async <A>(take: () => A): Promise<A> => {
          const how = luck.shift()
          if (how === 'lost question') throw new Error(how)
          const answer = take()
          if (how === 'lost answer') throw new Error(how)
          return answer
        }
        const once = () =>
          sendVisit(draft, {
            record: (body) =>
              over(() => {
                if (!visits.has(body.draft)) visits.set(body.draft, body)
                return { visitId: 12 }
              }),
            tried: (tried) => {
              draft = { ...draft, tried }
            },
            recorded: (visitId) => {
              draft = { ...draft, visitId }
            },
            photos: async () => kept,
            attach: (visitId, { id }) => over(() => attached.set(id, visitId)),
            attached: async ({ id }) => {
              kept = kept.filter((photo) => photo.id !== id)
            },
          })
        for (let tries = 0; tries <= line.length; tries += 1)
          try {
            assert.equal(await once(), 12)
            break
          } catch (error) {
            assert.match((error as Error).message, /^lost/)
            broke += 1
            // Whoever waits goes on writing wherever the page lets him.
            if (draft.tried) continue
            said += '、操场'
            draft = { ...draft, seen: said }
          }
        assert.deepEqual(
          [...visits.values()],
          [{ draft: 'd', kind: 'routine', visitedOn: '2026-03-02', seen: said, institutionId: 7 }],
        )
        assert.deepEqual([attached.size, new Set(attached.values())], [count, new Set(count > 0 ? [12] : [])])
        assert.deepEqual(kept, [])
      },
    ),
  )
  assert.ok(broke > 0, 'the line never broke')
})

const links = {
  record: async () => ({ visitId: 12 }),
  tried: () => {},
  recorded: () => {},
  photos: async (): Promise<readonly KeptPhoto[]> => [],
  attach: async () => {},
  attached: async () => {},
}

test('words that went out may be changed again only once the platform refused them: any other trouble may have come after they arrived', async () => {
  for (const [kind, open] of [
    ...(['refusal', 'problem', 'not-found'] as const).map((kind) => [kind, false] as const),
    ...(['fault', 'unavailable', 'too-many', 'denied'] as const).map((kind) => [kind, true] as const),
  ]) {
    const told: boolean[] = []
    const record = () => {
      assert.deepEqual(told, [true], 'locked before anything goes out')
      return Promise.reject({ kind })
    }
    await assert.rejects(
      sendVisit(written, { ...links, record, tried: (tried) => told.push(tried) }),
      (error) => (error as { kind: string }).kind === kind,
    )
    assert.equal(told.at(-1), open, kind)
  }
})

test('photographs that cannot be read are not none: the visit is not done; a browser that never kept one holds nothing back', async () => {
  const photos = () => Promise.reject(new Error('unreadable'))
  const recorded: number[] = []
  await assert.rejects(
    sendVisit(
      { ...written, photographed: true },
      { ...links, photos, recorded: (visitId) => recorded.push(visitId) },
    ),
    /unreadable/,
  )
  assert.deepEqual(recorded, [12], 'its words have arrived')
  assert.equal(await sendVisit(written, { ...links, photos }), 12)
})
