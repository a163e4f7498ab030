import type { Api } from '../../ui/use-api.tsx'

/**
 * 回看往日 — the same server for pages that show a past day: every act is sent with that day, and the server refuses what
 * would enter something into the books from there.
 *
 * `asKnownThen`: readings are asked for what the books said at the end of that day, whatever was corrected since.
 */
export function lookingBack(api: Api, day: string, asKnownThen: boolean): Api {
  const moment = asKnownThen ? { knownOn: day } : {}
  const onThatDay = (path: string) =>
    /[?&]asOf=/.test(path) ? path : `${path}${path.includes('?') ? '&' : '?'}asOf=${day}`
  return {
    ...api,
    get: (path, params) => api.get(path, { ...params, ...moment }),
    href: (path, params) => api.href(path, { ...params, ...moment }),
    send: (method, path, body) => api.send(method, onThatDay(path), body),
    upload: (path, file, fields, told, key) => api.upload(onThatDay(path), file, fields, told, key),
  }
}
