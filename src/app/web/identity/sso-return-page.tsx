import { useParams } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { Skeleton } from '../../../ui/page.tsx'
import { type AnswerError, useApi } from '../../../ui/use-api.tsx'
import { Door } from './door.tsx'

/** 统一认证回来 — hands what the provider answered to the server, once, and goes on. */
export function SsoReturnPage() {
  const api = useApi()
  const { provider } = useParams({ strict: false }) as { provider: string }
  const [error, setError] = useState<AnswerError>()
  const sent = useRef(false)
  useEffect(() => {
    if (sent.current) return
    sent.current = true
    const { search } = window.location
    // What the provider answered is good once: it does not stay in the address bar or the history.
    window.history.replaceState(null, '', window.location.pathname)
    api
      .send<{ stage: string }>('POST', `/api/sso/${encodeURIComponent(provider)}/return`, { query: search })
      .then(({ stage }) => window.location.replace(stage === 'full' ? '/' : '/sign-in'), setError)
  }, [api, provider])
  return (
    <Door title="统一认证" answer={error ? undefined : '正在核对……'} error={error}>
      {error ? <a href="/sign-in">回到登录页</a> : <Skeleton rows={2} />}
    </Door>
  )
}
