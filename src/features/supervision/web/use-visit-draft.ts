import { useMutation } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'
import { type AnswerError, useApi } from '../../../ui/use-api.tsx'
import { forgetPhoto, type KeptPhoto, keepPhoto, keptPhotos } from './kept-photos.ts'
import { keepVisit, keptVisit, type VisitDraft } from './kept-visit.ts'
import { sendVisit } from './send-visit.ts'

/**
 * 入校草稿 — the visit this account writes on this machine: words and photographs are kept at every change, go out when they
 * are handed in and there is a line, and are forgotten here as they arrive.
 */
export function useVisitDraft(account: string, fresh: () => VisitDraft, onSent: (visitId: number) => void) {
  const [visit, setVisit] = useState<VisitDraft>(() => keptVisit(account, fresh))
  const { photos, reread, add, remove, trouble } = usePhotos(account)
  const api = useApi()
  // A change kept after everything has arrived would keep it for good.
  const gone = useRef(false)
  useEffect(() => {
    if (photos && !gone.current) keepVisit(account, visit, photos.length)
  }, [account, visit, photos])
  const write = useCallback((part: Partial<VisitDraft>) => setVisit((before) => ({ ...before, ...part })), [])
  // What is sent is what stands when there is a line, not what stood when it was handed in.
  const latest = useRef(visit)
  latest.current = visit
  const sending = useMutation<number, AnswerError>({
    mutationFn: () =>
      sendVisit(latest.current, {
        record: (body) => api.send('POST', '/api/visits', body),
        recorded: (visitId) => write({ visitId }),
        photos: () => keptPhotos(account).catch(() => []),
        attach: (visitId, { id, file }) =>
          api.upload(`/api/visits/${visitId}/attachments`, file, {}, undefined, id),
        attached: (photo) => forgetPhoto(photo).then(reread),
      }),
    onSuccess: () => {
      gone.current = true
      keepVisit(account, undefined)
    },
    // What the platform refused is not sent again by itself.
    onError: ({ kind }) => kind !== 'fault' && write({ handedIn: false }),
  })
  const { mutate, isIdle, isError } = sending
  const send = useCallback(() => mutate(undefined, { onSuccess: onSent }), [mutate, onSent])
  const handedIn = photos !== undefined && visit.handedIn === true
  useEffect(() => {
    if (handedIn && isIdle) send()
    if (!handedIn || !isError) return
    window.addEventListener('online', send)
    return () => window.removeEventListener('online', send)
  }, [handedIn, isIdle, isError, send])
  const handIn = () => {
    write({ handedIn: true })
    if (isError) send()
  }
  return { visit, write, handIn, photos: photos ?? [], add, remove, trouble, sending }
}

function usePhotos(account: string) {
  const [photos, setPhotos] = useState<readonly KeptPhoto[]>()
  const [trouble, setTrouble] = useState(false)
  const reread = useCallback(() => keptPhotos(account).then(setPhotos), [account])
  useEffect(() => {
    reread().catch(() => setPhotos([]))
  }, [reread])
  return {
    ...{ photos, reread, trouble },
    add: (file: File) => keepPhoto(account, file).then(reread, () => setTrouble(true)),
    remove: (photo: KeptPhoto) => forgetPhoto(photo).then(reread),
  }
}
