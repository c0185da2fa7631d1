export declare const ROOT: string
export declare function whyStale(wantedText: string | null, installedText: string | null): string | null
export declare function ourPath(add?: Readonly<Record<string, string>>): NodeJS.ProcessEnv
export declare function installAndRun(script: string, args: readonly string[]): void
