/**
 * A second process for what must not share a thread, or a garbage collector, with what is measured: load, and the raw
 * limits. A job is a module's exported function; the module stays loaded, so one call can use what an earlier one made.
 */
import { fork, type ChildProcess } from 'node:child_process'
import { join } from 'node:path'

export interface Child {
  readonly pid: number
  /** Calls `name` of the module with `argument` in the child, and gives what it resolves to. Both are copied. */
  call<R>(name: string, argument: unknown): Promise<R>
  /** Ends the child, whatever it is doing. */
  end(): Promise<void>
}

type Answer = { readonly call: number; readonly value: unknown } | { readonly call: number; readonly thrown: string }

/** Starts a child that serves what `bench/children/<name>.ts` exports. */
export function startChild(name: string, nodeOptions: readonly string[] = []): Child {
  const file = join(import.meta.dirname, '../children', `${name}.ts`)
  const child: ChildProcess = fork(join(import.meta.dirname, 'child-main.ts'), [file], {
    serialization: 'advanced',
    execArgv: [...nodeOptions],
  })
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>()
  let calls = 0
  const exit = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  void exit.then(() => {
    for (const { reject } of waiting.values()) reject(new Error(`the process of ${name} ended`))
    waiting.clear()
  })
  child.on('message', (answer: Answer) => {
    const one = waiting.get(answer.call)
    waiting.delete(answer.call)
    if ('thrown' in answer) one?.reject(new Error(answer.thrown))
    else one?.resolve(answer.value)
  })
  return {
    pid: child.pid ?? 0,
    call<R>(name: string, argument: unknown) {
      return new Promise<R>((resolve, reject) => {
        const call = ++calls
        waiting.set(call, { resolve: (value) => resolve(value as R), reject })
        child.send({ call, name, argument })
      })
    },
    async end() {
      child.kill('SIGKILL')
      await exit
    },
  }
}
