/** 问对方 — JSON from the provider within ten seconds, never redirected elsewhere; undefined for anything else. */
export async function askProvider(url: string, options: RequestInit): Promise<unknown> {
  const answer = await fetch(url, {
    ...options,
    redirect: 'error',
    signal: AbortSignal.timeout(10_000),
  }).catch(() => undefined)
  return answer?.ok ? answer.json().catch(() => undefined) : undefined
}
