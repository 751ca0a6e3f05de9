/** What a function's worker is made with. */
export interface WorkerSettings {
  /** The unpacked bundle, LAMBDA_TASK_ROOT. */
  directory: string;
  /** `<file without extension>.<export>`, as in the template. */
  handler: string;
  functionName: string;
  functionArn: string;
  memorySize: number;
}

export interface Invocation {
  /** The request id. */
  id: string;
  /** JSON, as it arrived. */
  event: string;
  /** Epoch milliseconds at which the function's time is up. */
  deadline: number;
}

/** An error in the form in which Lambda answers it. */
export interface LambdaError {
  errorType: string;
  errorMessage: string;
  trace?: string[];
}

export type WorkerSays =
  | { id: string; result: string }
  | { id: string; error: LambdaError }
  /** The bundle could not be loaded: no invocation of this worker will ever be answered. */
  | { initError: LambdaError };
