/** The other half of `child.ts`: serves the functions of the module named on the command line. */
type Job = (argument: unknown) => unknown

const file = process.argv[2] ?? ''
const jobs = (await import(file)) as Readonly<Record<string, Job>>

process.on('message', ({ call, name, argument }: { call: number; name: string; argument: unknown }) => {
  const work = async () => {
    const job = jobs[name]
    if (job === undefined) throw new Error(`${file} has no ${name}`)
    return job(argument)
  }
  work().then(
    (value) => process.send?.({ call, value }),
    (error: unknown) =>
      process.send?.({ call, thrown: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  )
})
process.on('disconnect', () => process.exit(0))

export type { Job }
