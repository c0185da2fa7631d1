/**
 * The built web app, with the strictest headers it can live under: nothing from anywhere else, nothing inline but the
 * scripts that the build names by hash in `csp.json`. Unknown paths get the app itself, which has its own routes.
 */
import { readFile, stat } from 'node:fs/promises'
import { existsSync, readFileSync } from 'node:fs'
import { extname, join, sep } from 'node:path'
import { page, type Asked, type Reply } from '../reply.ts'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.txt': 'text/plain; charset=utf-8',
}

const NOT_BUILT = 'The relay is running. The web app is not built yet: npm run build\n'

export interface WebApp {
  /** Answers a GET or HEAD that no other route wants. */
  serve(asked: Asked): Promise<Reply>
}

export function createWebApp(folder: string | null): WebApp {
  const scripts = folder === null ? [] : inlineScripts(join(folder, 'csp.json'))

  const read = async (path: string): Promise<Uint8Array | null> => {
    const found = await stat(path).catch(() => null)
    return found?.isFile() ? readFile(path) : null
  }

  /** The file a path names, or null; never one outside the folder, never a hidden one. */
  function fileOf(pathname: string): string | null {
    if (folder === null) return null
    let path: string
    try {
      path = decodeURIComponent(pathname)
    } catch {
      return null
    }
    if (path.includes('\0') || path.includes('\\') || path.split('/').some((part) => part.startsWith('.'))) return null
    const file = join(folder, path.endsWith('/') ? `${path}index.html` : path)
    return file.startsWith(folder + sep) && file !== join(folder, 'csp.json') ? file : null
  }

  /** Brotli or gzip as built beforehand, if the browser takes it. Nothing is compressed on the way. */
  async function fitting(file: string, accepts: string): Promise<{ body: Uint8Array; encoding: string | null } | null> {
    for (const [encoding, ending] of [
      ['br', '.br'],
      ['gzip', '.gz'],
    ] as const) {
      const body = accepts.split(/\s*,\s*/).includes(encoding) ? await read(file + ending) : null
      if (body !== null) return { body, encoding }
    }
    const body = await read(file)
    return body === null ? null : { body, encoding: null }
  }

  return {
    async serve(asked) {
      const { pathname } = asked.url
      const accepts = asked.header('accept-encoding')
      const file = fileOf(pathname)
      let found = file === null ? null : await fitting(file, accepts)
      let type = file === null ? '.html' : extname(file)
      if (found === null && extname(pathname) === '' && folder !== null) {
        found = await fitting(join(folder, 'index.html'), accepts)
        type = '.html'
        if (found === null) return page(200, 'text/plain', NOT_BUILT)
      }
      if (found === null)
        return folder === null && pathname === '/'
          ? page(200, 'text/plain', NOT_BUILT)
          : page(404, 'text/plain', 'Not found\n')
      return {
        status: 200,
        headers: {
          'content-type': TYPES[type] ?? 'application/octet-stream',
          // Files under assets/ carry a hash of their content in their name.
          'cache-control': pathname.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
          vary: 'accept-encoding',
          ...(found.encoding === null ? {} : { 'content-encoding': found.encoding }),
          'content-security-policy': policy(asked.header('host'), scripts),
        },
        body: found.body,
      }
    },
  }
}

/** `host` is named for WebSockets because older browsers do not count them as 'self'. */
function policy(host: string, scripts: readonly string[]): string {
  const sockets = /^[\w.[\]:-]+$/.test(host) ? ` ws://${host} wss://${host}` : ''
  const inline = scripts.map((hash) => ` '${hash}'`).join('')
  return [
    "default-src 'none'",
    `script-src 'self' 'wasm-unsafe-eval'${inline}`,
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src 'self'${sockets}`,
    "worker-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    // Only its own pages frame it: the walk-through world shows two seats beside each other.
    "frame-src 'self'",
    "frame-ancestors 'self'",
  ].join('; ')
}

/** Hashes of the app's inline scripts, from `{"script":["sha256-…"]}`; anything else counts as none. */
function inlineScripts(path: string): readonly string[] {
  if (!existsSync(path)) return []
  try {
    const read: unknown = JSON.parse(readFileSync(path, 'utf8'))
    const script = typeof read === 'object' && read !== null && 'script' in read ? read.script : []
    return Array.isArray(script) ? script.filter((hash) => /^sha256-[A-Za-z0-9+/=]{44}$/.test(String(hash))) : []
  } catch {
    return []
  }
}
