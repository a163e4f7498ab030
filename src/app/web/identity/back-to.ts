/** 登录页地址 — the door, remembering the page somebody was on their way to. */
export function doorFor(page: string): string {
  return page === '/' ? '/sign-in' : `/sign-in?to=${encodeURIComponent(page)}`
}

/** 登录后去处 — the page that was asked for before the door, when it is one of this platform; otherwise where one starts. */
export function backTo(search: string, origin: string): string {
  const to = new URLSearchParams(search).get('to') ?? '/'
  const url = URL.canParse(to, origin) ? new URL(to, origin) : undefined
  return url?.origin === origin ? url.pathname + url.search + url.hash : '/'
}
