import { useAnswer } from '../../../ui/use-api.tsx'

/** 各县（市、区） — those the visitor may see, as the shell lists them. */
export function useCounties(): readonly { readonly countyId: number; readonly name: string }[] {
  return useAnswer<{ countyId: number; name: string }[]>('/api/counties').data ?? []
}
