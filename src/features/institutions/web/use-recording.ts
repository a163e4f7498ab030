import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { type AnswerError, useApi } from '../../../ui/use-api.tsx'
import type { ActDone } from '../act-contract.ts'

/** 登记 — sends an act; afterwards everything on the pages is asked anew. */
export function useRecording(path: string, onDone: (done: ActDone) => void) {
  const api = useApi()
  const client = useQueryClient()
  const [error, setError] = useState<AnswerError>()
  const [sending, setSending] = useState(false)
  const send = async (body: object) => {
    if (sending) return
    setSending(true)
    setError(undefined)
    await api.send<ActDone>('POST', path, body).then(async (done) => {
      await client.invalidateQueries()
      onDone(done)
    }, setError)
    setSending(false)
  }
  return { send, error, sending }
}
