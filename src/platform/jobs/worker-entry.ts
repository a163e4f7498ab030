import { parentPort, workerData } from 'node:worker_threads'
import type { Report } from './jobs.ts'

const { compute } = (await import(workerData.module)) as { compute(input: unknown, report: Report): unknown }
const report: Report = (...progress) => parentPort?.postMessage({ progress })
parentPort?.postMessage({ value: await compute(workerData.input, report) })
