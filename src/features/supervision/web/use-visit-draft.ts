import { useMutation } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'
import { type AnswerError, useApi } from '../../../ui/use-api.tsx'
import { forgetPhoto, type KeptPhoto, keepPhoto, keptPhotos, movePhotos } from './kept-photos.ts'
import { keepVisit, keptVisit, type VisitDraft, whenWrittenElsewhere } from './kept-visit.ts'
import { sendVisit } from './send-visit.ts'

/**
 * 入校草稿 — the visit this account writes on this machine: words and photographs are kept at every change, go out when they
 * are handed in and there is a line, and are forgotten here as they arrive.
 */
export function useVisitDraft(account: string, fresh: () => VisitDraft, onSent: (visitId: number) => void) {
  const { visit, write, forget, ...page } = useKeptVisit(account, fresh)
  const { reread, ...photos } = usePhotos(account, visit, write)
  const api = useApi()
  // What is sent is what stands when there is a line, not what stood when it was handed in.
  const latest = useRef({ visit, elsewhere: page.elsewhere })
  latest.current = { visit, elsewhere: page.elsewhere }
  const sending = useMutation<number, AnswerError>({
    mutationFn: () => {
      const { visit: written, elsewhere } = latest.current
      if (elsewhere) throw writtenElsewhere
      return sendVisit(written, {
        record: (body) => api.send('POST', '/api/visits', body),
        tried: (tried) => write({ tried }),
        recorded: (visitId) => write({ visitId }),
        photos: () => keptPhotos(account, written.draft).catch(outOfReach),
        attach: (visitId, { id, file }) =>
          api.upload(`/api/visits/${visitId}/attachments`, file, {}, undefined, id),
        attached: (photo) => forgetPhoto(photo).then(reread).catch(outOfReach),
      })
    },
    onSuccess: forget,
    // What the platform refused is not sent again by itself.
    onError: ({ kind }) => kind !== 'fault' && write({ handedIn: false }),
  })
  const { mutate, reset, isIdle, isError } = sending
  const send = useCallback(() => mutate(undefined, { onSuccess: onSent }), [mutate, onSent])
  const { handedIn } = visit
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
  /** What the platform already holds with other words becomes a visit of its own, with its photographs. */
  const writeApart = async () => {
    const draft = crypto.randomUUID()
    await movePhotos(account, visit.draft, draft).catch(() => {})
    write({ draft, handedIn: false })
    reset()
  }
  return { visit, write, handIn, writeApart, ...page, ...photos, sending }
}

/** The draft as this browser keeps it: once another page goes on with it, this one keeps and sends nothing more. */
function useKeptVisit(account: string, fresh: () => VisitDraft) {
  const [visit, setVisit] = useState<VisitDraft>(() => keptVisit(account, fresh))
  const [elsewhere, setElsewhere] = useState(false)
  const write = useCallback((part: Partial<VisitDraft>) => setVisit((before) => ({ ...before, ...part })), [])
  // A change kept after everything has arrived would keep it for good, and one of another page would be written over.
  const left = useRef(false)
  useEffect(() => {
    if (!left.current) keepVisit(account, visit)
  }, [account, visit])
  useEffect(
    () =>
      whenWrittenElsewhere(account, () => {
        left.current = true
        setElsewhere(true)
      }),
    [account],
  )
  const forget = () => {
    if (!left.current) keepVisit(account, undefined)
    left.current = true
  }
  const goOnHere = () => {
    left.current = false
    setElsewhere(false)
    setVisit(keptVisit(account, fresh))
  }
  return { visit, write, forget, elsewhere, goOnHere }
}

function usePhotos(account: string, visit: VisitDraft, write: (part: Partial<VisitDraft>) => void) {
  const { draft, photographed } = visit
  const [photos, setPhotos] = useState<readonly KeptPhoto[]>([])
  const [unread, setUnread] = useState(false)
  const [trouble, setTrouble] = useState(false)
  const reread = useCallback(async () => {
    const read = await keptPhotos(account, draft)
    setPhotos(read)
    setUnread(false)
    write({ photographed: read.length > 0 })
  }, [account, draft, write])
  const look = useCallback(() => reread().catch(() => setUnread(true)), [reread])
  useEffect(() => {
    look()
  }, [look])
  const add = async (file: File) => {
    try {
      await keepPhoto(account, draft, file)
    } catch {
      return setTrouble(true)
    }
    write({ photographed: true })
    return look()
  }
  const remove = (photo: KeptPhoto) => forgetPhoto(photo).then(look, () => setUnread(true))
  return { photos, reread, unread: photographed && unread ? notRead : undefined, trouble, add, remove }
}

const notRead: AnswerError = {
  kind: 'fault',
  text: '本机留着的照片读不出来—浏览器暂时不让本页取存着的文件，照片没有删—请关掉其他页面或重开浏览器，再打开这一页接着提交。',
}

const writtenElsewhere: AnswerError = {
  kind: 'refusal',
  text: '没有从这一页提交—这份草稿正在本浏览器的另一个页面里写，或已从那里提交—请到那一页办，或点“在这里接着写”。',
}

function outOfReach(): never {
  throw notRead
}
