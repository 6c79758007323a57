import type { CallToolResult, ToolAnnotations } from '@modelcontextprotocol/server';
import type { ExecutionResult } from 'graphql';
import * as z from 'zod';

/** Runs a shipped operation as the caller. */
export type Run = (operation: string, variables: object) => Promise<ExecutionResult>;

/** What a call of a tool may use. */
export interface Calling {
  run: Run;
  /** Reports every few seconds how much of this time has passed, if the client asked for that. Returns a function to stop. */
  reportUntil(seconds: number): () => void;
}

export interface Tool<Input extends z.ZodObject = z.ZodObject> {
  name: string;
  description: string;
  input: Input;
  annotations: ToolAnnotations;
  /** The operations that it runs. Their data, all fields together, is its answer. */
  operations: readonly string[];
  call(args: z.infer<Input>, calling: Calling): Promise<CallToolResult>;
}

/** An argument that is a text. */
export const text = (description: string) => z.string('must be a text').describe(description);

/** Keeps the type of the arguments for `call`. */
export const tool = <Input extends z.ZodObject>(made: Tool<Input>) => made as unknown as Tool;
