import assert from 'node:assert/strict'
import type { Answer, ServedHamlet } from './served-hamlet.ts'

/** 公文办理 — papers of a served hamlet drafted and taken through the office, mostly by two people of the city. */
export function paperOffice(hamlet: () => ServedHamlet) {
  const ask = (account: string | undefined, method: 'GET' | 'POST', url: string, body?: object) =>
    hamlet().ask(account, method, url, body)
  const done = async (answer: Promise<Answer>) => {
    const { status, body } = await answer
    assert.equal(status, 200, JSON.stringify(body))
    return body
  }
  const refused = async (code: string, answer: Promise<Answer>) => {
    const { status, body } = await answer
    assert.deepEqual([status, body.refusal?.code], [422, code])
  }
  const shown = async (id: number, account = 'city') => (await ask(account, 'GET', `/api/papers/${id}`)).body
  const step = async (account: string, id: number, act: string, more: object = {}) => {
    // Who does not see it tries all the same.
    const { revision = (await shown(id)).revision } = await shown(id, account)
    return ask(account, 'POST', `/api/papers/${id}/steps`, { act, revision, ...more })
  }
  const drafted = async (template: string, aboutId: number, account = 'city'): Promise<number> =>
    (await done(ask(account, 'POST', '/api/papers', { template, aboutId }))).paperId
  const sendOut = async (id: number): Promise<number> => {
    await done(step('city', id, 'submit', { withGaps: true }))
    await done(step('city-basic-education', id, 'approve'))
    await done(step('city', id, 'issue', { withGaps: true }))
    return id
  }
  const issued = async (template: string, aboutId = hamlet().books.site.cityId): Promise<number> =>
    sendOut(await drafted(template, aboutId))
  return { ask, done, refused, shown, step, drafted, sendOut, issued }
}
