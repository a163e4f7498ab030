import { useQuery } from '@tanstack/react-query'
import { type AnswerError, useApi } from '../../../ui/use-api.tsx'
import type { PupilsAnswer } from '../contract.ts'
import type { PupilsView } from './use-pupils-view.ts'

const path = '/api/people/pupils'

/** 名单 — of the view; what is looked for goes in the body of the request, never in an address. */
export function usePupils(view: PupilsView, text: string) {
  const api = useApi()
  const { county, institution, classNo, page, ...others } = view.params
  const numbers = Object.entries({ county, institution, classNo, page }).filter(
    ([, value]) => value !== undefined,
  )
  const body = { ...others, ...Object.fromEntries(numbers.map(([key, value]) => [key, Number(value)])), text }
  return useQuery<PupilsAnswer, AnswerError>({
    queryKey: [path, view.params, text],
    queryFn: ({ signal }) =>
      text
        ? api.send<PupilsAnswer>('POST', `${path}/search`, body)
        : api.get<PupilsAnswer>(path, view.params, signal),
    placeholderData: (before) => before,
  })
}
