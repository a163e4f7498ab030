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

test('however often the line breaks, before or after what was sent arrived: every word and photograph arrives once, and none is kept', async () => {
  let broke = 0
  await fc.assert(
    fc.asyncProperty(
      fc.nat({ max: 4 }),
      fc.array(fc.constantFrom('good', 'lost question', 'lost answer'), { maxLength: 12 }),
      async (count, line) => {
        const luck = [...line]
        const visits = new Map<string, object>()
        const attached = new Map<string, number>()
        let kept = Array.from({ length: count }, (_, at) => ({ id: `p${at}` }) as KeptPhoto)
        let draft = written
        // The platform takes a draft and a key once; the line may lose the question or only the answer.
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
                visits.set(body.draft, body)
                return { visitId: 12 }
              }),
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
          }
        assert.deepEqual(
          [...visits.values()],
          [{ draft: 'd', kind: 'routine', visitedOn: '2026-03-02', seen: '走访食堂', institutionId: 7 }],
        )
        assert.deepEqual([attached.size, new Set(attached.values())], [count, new Set(count > 0 ? [12] : [])])
        assert.deepEqual(kept, [])
      },
    ),
  )
  assert.ok(broke > 0, 'the line never broke')
})
