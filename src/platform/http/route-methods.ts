// Knows which methods each route has, so that a wrong method is told from a wrong path.

export type RouteMethods = {
  readonly add: (pattern: string, methods: readonly string[]) => void;
  /** Methods of the routes that match the path, sorted; empty when none does. */
  readonly allowedFor: (path: string) => readonly string[];
};

type Route = { readonly parts: readonly string[]; readonly methods: readonly string[] };

/** Patterns as Fastify writes them: `:name` for one segment, `*` for the rest. */
export function createRouteMethods(): RouteMethods {
  const routes: Route[] = [];
  return {
    add: (pattern, methods) => void routes.push({ parts: pattern.split("/"), methods }),
    allowedFor: (path) => {
      const parts = path.split("/");
      const allowed = routes.filter((route) => isMatch(route.parts, parts));
      return [...new Set(allowed.flatMap((route) => route.methods))].toSorted();
    },
  };
}

function isMatch(pattern: readonly string[], parts: readonly string[]): boolean {
  // A route for everything says nothing about this path.
  if (pattern.at(-1) === "*") return pattern.length > 2 && isPrefix(pattern.slice(0, -1), parts);
  return pattern.length === parts.length && isPrefix(pattern, parts);
}

function isPrefix(pattern: readonly string[], parts: readonly string[]): boolean {
  return pattern.every((part, index) => {
    const given = parts[index];
    return part.startsWith(":") ? given !== undefined && given !== "" : part === given;
  });
}
