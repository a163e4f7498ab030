import { Button } from 'antd'
import { useCallback, useState } from 'react'
import { JobProgress } from '../../../ui/job-progress.tsx'
import { Problem } from '../../../ui/page.tsx'
import { useApi, useSend } from '../../../ui/use-api.tsx'
import type { PaperShown } from '../contract.ts'

/** PDF — pages laid out as a job, then fetched; told by its hash, so that a print can be held against it. */
export function PdfButton({ paper, refresh }: { paper: PaperShown; refresh: () => Promise<void> }) {
  const api = useApi()
  const path = `/api/papers/${paper.paperId}`
  const begin = useSend<object, { jobId: string }>('POST', `${path}/pdf`)
  const [jobId, setJobId] = useState<string>()
  const finished = useCallback(() => void refresh(), [refresh])
  if (paper.pdfSha256 !== null)
    return (
      <Button
        href={api.href(`${path}/file`, { format: 'pdf' })}
        download
        title={`SHA-256 ${paper.pdfSha256}`}
      >
        下载 PDF
      </Button>
    )
  return (
    <>
      <Button
        loading={begin.isPending}
        onClick={() => begin.mutate({}, { onSuccess: (begun) => setJobId(begun.jobId) })}
      >
        生成 PDF
      </Button>
      {jobId && <JobProgress jobId={jobId} onDone={finished} />}
      {begin.error && <Problem error={begin.error} />}
    </>
  )
}
