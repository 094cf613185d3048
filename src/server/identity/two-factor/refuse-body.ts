// Refuses whatever is sent along with a request that needs nothing.
import { Type } from "typebox";
import { strict } from "../../../api/value-schemas.ts";
import { createSchemaCheck } from "../../../platform/http/schema-compiler.ts";

const checkEmpty = createSchemaCheck(Type.Object({}, strict), "The request");

/**
 * A route's `preValidation`. INVARIANT: no address, id or secret comes with the request: what is
 * sent is refused, not ignored (rows 94 and 148, GHSA-qgqp-xh8r-v73r).
 */
export async function refuseBody(request: { readonly body?: unknown }): Promise<void> {
  if (request.body === undefined || request.body === null) return;
  const checked = checkEmpty(request.body);
  if (!checked.ok) throw checked.problem;
}
