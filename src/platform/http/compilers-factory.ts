// Tells Fastify how schemas become code: ours for what is sent, and its own for answers, but late.
import { createRequire } from "node:module";
import type { FastifyServerOptions } from "fastify";
import { compileSchema } from "./schema-compiler.ts";

type SchemaController = NonNullable<FastifyServerOptions["schemaController"]>;
export type CompilersFactory = NonNullable<SchemaController["compilersFactory"]>;
type BuildSerializer = NonNullable<CompilersFactory["buildSerializer"]>;
type Compiler = ReturnType<BuildSerializer>;

/** With both given, Fastify does not load Ajv, which nobody asks here. */
export const compilersFactory: CompilersFactory = {
  // Declared for Ajv's own; what Fastify calls is the compiler of a route's part.
  buildValidator: (() => compileSchema) as unknown as NonNullable<
    CompilersFactory["buildValidator"]
  >,
  buildSerializer,
};

/**
 * Each schema of an answer is compiled when it is first needed: all together take longer than the
 * rest of the start, and most are never asked for in the life of a process.
 */
function buildSerializer(...known: Parameters<BuildSerializer>): Compiler {
  // Loaded now: that alone takes a tenth of a second, in which no decision could be made later.
  const compiler = loadBuilder()(...known);
  return function compileLater(route) {
    return (data) => {
      const serialize = compiled.get(route.schema as object) ?? compiler(route);
      compiled.set(route.schema as object, serialize);
      return serialize(data);
    };
  };
}

/** Kept with its schema, which is made once: several servers of a process share it. */
const compiled = new WeakMap<object, ReturnType<Compiler>>();

/** The one that Fastify depends on, so that there are not two versions of it. */
function loadBuilder(): BuildSerializer {
  const requireOfFastify = createRequire(createRequire(import.meta.url).resolve("fastify"));
  const load = requireOfFastify("@fastify/fast-json-stringify-compiler") as () => BuildSerializer;
  return load();
}
