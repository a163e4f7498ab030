import type { AnswerError, Api } from '../../ui/use-api.tsx'

/** What can be done while looking at the past: it computes, searches or exports as of the day chosen, or is no business of the books. */
const alsoInThePast = [
  /^\/api\/seats\//,
  /^\/api\/exchange\/exports\//,
  /\/search$/,
  /^\/api\/(session|security|tokens|accounts|grants|delegations|access|webhooks|jobs)\b/,
]

/**
 * 回看往日 — the same server for pages that show a past day: nothing is entered into the books from there.
 *
 * What one sees on such a page is not how things stand, and an act would rest on it. `asKnownThen`: readings are asked
 * for what the books said at the end of that day, whatever was corrected since.
 */
export function lookingBack(api: Api, day: string, asKnownThen: boolean): Api {
  const moment = asKnownThen ? { knownOn: day } : {}
  const refusing: AnswerError = {
    kind: 'refusal',
    text: `现在看的是截至 ${day} 的台账—在往日的页面上不能办理，以免照旧情况办事—请先点“回到今天”再办。`,
  }
  const may = (path: string) => alsoInThePast.some((known) => known.test(path))
  return {
    ...api,
    get: (path, params) => api.get(path, { ...params, ...moment }),
    href: (path, params) => api.href(path, { ...params, ...moment }),
    send: (method, path, body) => (may(path) ? api.send(method, path, body) : Promise.reject(refusing)),
    upload: () => Promise.reject(refusing),
  }
}
