// What the API accepts and answers, written by `npm run api-types`.
export interface paths {
  "/api/v1/accounts": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List client accounts, in the order of their codes; admins see their own */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/json": {
              accounts: {
                code: string;
                /** Format: date-time */
                createdAt: string;
                id: string;
                name: string;
                trackingNumbers: number;
                /** @description users with a membership in it */
                users: number;
              }[];
            };
          };
        };
        /** @description A token is missing or not accepted */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    put?: never;
    /** Add a client account */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": {
            /** @description a code: lower-case letters, digits and hyphens between them; not the word platform */
            code: string;
            /** @description one line of plain text that is not blank */
            name: string;
          };
        };
      };
      responses: {
        /** @description Default Response */
        201: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/json": {
              code: string;
              /** Format: date-time */
              createdAt: string;
              id: string;
              name: string;
              trackingNumbers: number;
              /** @description users with a membership in it */
              users: number;
            };
          };
        };
        /** @description The input is not as it should be; `errors` says where */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description A token is missing or not accepted */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description It exists already, or asks to be confirmed */
        409: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/accounts/{code}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Show a client account */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** @description a code: lower-case letters, digits and hyphens between them; not the word platform */
          code: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/json": {
              code: string;
              /** Format: date-time */
              createdAt: string;
              id: string;
              name: string;
              trackingNumbers: number;
              /** @description users with a membership in it */
              users: number;
            };
          };
        };
        /** @description The input is not as it should be; `errors` says where */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description A token is missing or not accepted */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description There is no such thing */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    put?: never;
    post?: never;
    /**
     * Delete a client account with all that belongs to it
     * @description Without `confirm` nothing is deleted: the refusal (409) tells what would go.
     */
    delete: {
      parameters: {
        query?: {
          /** @description the account's code once more */
          confirm?: string;
        };
        header?: never;
        path: {
          /** @description a code: lower-case letters, digits and hyphens between them; not the word platform */
          code: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Deleted */
        204: {
          headers: {
            [name: string]: unknown;
          };
          content?: never;
        };
        /** @description The input is not as it should be; `errors` says where */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description A token is missing or not accepted */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description There is no such thing */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description It exists already, or asks to be confirmed */
        409: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    options?: never;
    head?: never;
    /** Rename a client account; its code stays */
    patch: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** @description a code: lower-case letters, digits and hyphens between them; not the word platform */
          code: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": {
            /** @description one line of plain text that is not blank */
            name: string;
          };
        };
      };
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/json": {
              code: string;
              /** Format: date-time */
              createdAt: string;
              id: string;
              name: string;
              trackingNumbers: number;
              /** @description users with a membership in it */
              users: number;
            };
          };
        };
        /** @description The input is not as it should be; `errors` says where */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description A token is missing or not accepted */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description There is no such thing */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    trace?: never;
  };
  "/api/v1/audio-download": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Read who may hear an account's recordings */
    get: {
      parameters: {
        query: {
          /** @description an account's code: lower-case letters, digits and hyphens between them */
          account: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/json": {
              /** @description an account's code: lower-case letters, digits and hyphens between them */
              account: string;
              changedAt: string | null;
              changedBy: string | null;
              default: {
                /**
                 * @description the guide's Access Control
                 * @enum {unknown}
                 */
                mode:
                  | "no-restrictions"
                  | "ip-whitelist"
                  | "user-authentication"
                  | "whitelist-and-user"
                  | "whitelist-or-user";
                /** @description the whitelist alone opens only numbers that are marked shareable */
                onlyShareable: boolean;
                /** @description the IP whitelist, an entry a line: address, CIDR block or first-last; empty lines are left out */
                whitelist: string[];
              };
              /** @description tracking numbers of the account */
              numbers: number;
              recordings: number;
              shareableNumbers: number;
              value: {
                /**
                 * @description the guide's Access Control
                 * @enum {unknown}
                 */
                mode:
                  | "no-restrictions"
                  | "ip-whitelist"
                  | "user-authentication"
                  | "whitelist-and-user"
                  | "whitelist-or-user";
                /** @description the whitelist alone opens only numbers that are marked shareable */
                onlyShareable: boolean;
                /** @description the IP whitelist, an entry a line: address, CIDR block or first-last; empty lines are left out */
                whitelist: string[];
              };
              version: number;
            };
          };
        };
        /** @description The input is not as it should be; `errors` says where */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description A token is missing or not accepted */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description There is no such thing */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    /** Set who may hear an account's recordings; it holds from the next request */
    put: {
      parameters: {
        query: {
          /** @description an account's code: lower-case letters, digits and hyphens between them */
          account: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": {
            /** @description entries wider than an IPv4 /8 or an IPv6 /16 are meant */
            confirmWide?: boolean;
            value: {
              /**
               * @description the guide's Access Control
               * @enum {unknown}
               */
              mode:
                | "no-restrictions"
                | "ip-whitelist"
                | "user-authentication"
                | "whitelist-and-user"
                | "whitelist-or-user";
              /** @description the whitelist alone opens only numbers that are marked shareable */
              onlyShareable: boolean;
              /** @description the IP whitelist, an entry a line: address, CIDR block or first-last; empty lines are left out */
              whitelist: string[];
            };
            /** @description the one that was read; 412 when it has moved on */
            version?: number;
          };
        };
      };
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/json": {
              /** @description an account's code: lower-case letters, digits and hyphens between them */
              account: string;
              changedAt: string | null;
              changedBy: string | null;
              default: {
                /**
                 * @description the guide's Access Control
                 * @enum {unknown}
                 */
                mode:
                  | "no-restrictions"
                  | "ip-whitelist"
                  | "user-authentication"
                  | "whitelist-and-user"
                  | "whitelist-or-user";
                /** @description the whitelist alone opens only numbers that are marked shareable */
                onlyShareable: boolean;
                /** @description the IP whitelist, an entry a line: address, CIDR block or first-last; empty lines are left out */
                whitelist: string[];
              };
              /** @description tracking numbers of the account */
              numbers: number;
              recordings: number;
              shareableNumbers: number;
              value: {
                /**
                 * @description the guide's Access Control
                 * @enum {unknown}
                 */
                mode:
                  | "no-restrictions"
                  | "ip-whitelist"
                  | "user-authentication"
                  | "whitelist-and-user"
                  | "whitelist-or-user";
                /** @description the whitelist alone opens only numbers that are marked shareable */
                onlyShareable: boolean;
                /** @description the IP whitelist, an entry a line: address, CIDR block or first-last; empty lines are left out */
                whitelist: string[];
              };
              version: number;
            };
          };
        };
        /** @description The input is not as it should be; `errors` says where */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description A token is missing or not accepted */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description There is no such thing */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description It exists already, or asks to be confirmed */
        409: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description It has moved on since it was read */
        412: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/audio-download/preview": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Preview who of the last 7 days would lose or gain recordings; changes nothing */
    post: {
      parameters: {
        query: {
          /** @description an account's code: lower-case letters, digits and hyphens between them */
          account: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": {
            value: {
              /**
               * @description the guide's Access Control
               * @enum {unknown}
               */
              mode:
                | "no-restrictions"
                | "ip-whitelist"
                | "user-authentication"
                | "whitelist-and-user"
                | "whitelist-or-user";
              /** @description the whitelist alone opens only numbers that are marked shareable */
              onlyShareable: boolean;
              /** @description the IP whitelist, an entry a line: address, CIDR block or first-last; empty lines are left out */
              whitelist: string[];
            };
          };
        };
      };
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/json": {
              days: number;
              gain: {
                addresses: number;
                /** @description the busiest, at most 20 */
                examples: {
                  address: string;
                  /** @description the reason it would be decided for */
                  after: string;
                  /** @description the reason of today's decision */
                  before: string;
                  /** @description null: nobody signed in */
                  email: string | null;
                  /** @description whoever asks, or from their address */
                  isYou: boolean;
                  /** Format: date-time */
                  lastAt: string;
                  number: string;
                  requests: number;
                }[];
                requests: number;
                users: number;
                visitors: number;
              };
              /** @description false: more asked than are kept */
              isWhole: boolean;
              lose: {
                addresses: number;
                /** @description the busiest, at most 20 */
                examples: {
                  address: string;
                  /** @description the reason it would be decided for */
                  after: string;
                  /** @description the reason of today's decision */
                  before: string;
                  /** @description null: nobody signed in */
                  email: string | null;
                  /** @description whoever asks, or from their address */
                  isYou: boolean;
                  /** Format: date-time */
                  lastAt: string;
                  number: string;
                  requests: number;
                }[];
                requests: number;
                users: number;
                visitors: number;
              };
              visitors: number;
            };
          };
        };
        /** @description The input is not as it should be; `errors` says where */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description A token is missing or not accepted */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description There is no such thing */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/backup": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Write a backup to a new file on the host (from the host's shell) */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": {
            path: string;
          };
        };
      };
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/json": {
              path: string;
              rows: number;
            };
          };
        };
        /** @description The input is not as it should be; `errors` says where */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description A token is missing or not accepted */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description It exists already, or asks to be confirmed */
        409: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/bans": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List bans in force, newest first */
    get: {
      parameters: {
        query?: {
          /** @description Account code */
          account?: string;
          after?: number;
          covering?: string;
          /** @description Also bans that have ended */
          ended?: boolean;
          limit?: number;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/json": {
              bans: {
                account: string | null;
                cause: string;
                createdAt: string;
                decision: string | null;
                endsAt: string;
                /** @description everywhere, or the surface it holds on */
                holds: string;
                id: number;
                note: string;
                range: string;
                releasedAt: string | null;
                releasedBy: string | null;
              }[];
              next: number | null;
            };
          };
        };
        /** @description The input is not as it should be; `errors` says where */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description A token is missing or not accepted */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description There is no such thing */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/bans/{id}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    /** Change the end or the note of a ban in force */
    patch: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: number;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": {
            /** Format: date-time */
            endsAt?: string;
            /** @description one line of text without control characters */
            note?: string;
          };
        };
      };
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/json": {
              account: string | null;
              cause: string;
              createdAt: string;
              decision: string | null;
              endsAt: string;
              /** @description everywhere, or the surface it holds on */
              holds: string;
              id: number;
              note: string;
              range: string;
              releasedAt: string | null;
              releasedBy: string | null;
            };
          };
        };
        /** @description The input is not as it should be; `errors` says where */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description A token is missing or not accepted */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description There is no such thing */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    trace?: never;
  };
  "/api/v1/bans/{id}/make-permanent": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Turn a ban in force into a manual deny entry without an end */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: number;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        201: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/json": {
              entry: {
                account: string | null;
                action: "allow" | "deny";
                author: string;
                createdAt: string;
                expiresAt: string | null;
                id: number;
                note: string;
                origin: "manual" | "automatic";
                range: string;
              };
              warnings: string[];
            };
          };
        };
        /** @description The input is not as it should be; `errors` says where */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description A token is missing or not accepted */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description There is no such thing */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description It exists already, or asks to be confirmed */
        409: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/bans/{id}/release": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** End a ban now and clear the address's counters */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: number;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/json": {
              account: string | null;
              cause: string;
              createdAt: string;
              decision: string | null;
              endsAt: string;
              /** @description everywhere, or the surface it holds on */
              holds: string;
              id: number;
              note: string;
              range: string;
              releasedAt: string | null;
              releasedBy: string | null;
            };
          };
        };
        /** @description The input is not as it should be; `errors` says where */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description A token is missing or not accepted */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description There is no such thing */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/bans/release": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** End every ban that hits an address */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": {
            address: string;
          };
        };
      };
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/json": {
              released: {
                account: string | null;
                cause: string;
                createdAt: string;
                decision: string | null;
                endsAt: string;
                /** @description everywhere, or the surface it holds on */
                holds: string;
                id: number;
                note: string;
                range: string;
                releasedAt: string | null;
                releasedBy: string | null;
              }[];
            };
          };
        };
        /** @description The input is not as it should be; `errors` says where */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description A token is missing or not accepted */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description There is no such thing */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/decisions/{id}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Find a decision by the id its visitor was shown, with its steps */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** @description the decision id from the page or the X-Postern-Decision header */
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/json": {
              account: string | null;
              actor: string | null;
              address: string | null;
              /** @description How many times within a minute */
              count: number;
              country: string | null;
              /** @description Facts of this kind of event, by name; units are in the names */
              detail: {
                [key: string]: unknown;
              };
              /** Format: date-time */
              firstAt: string;
              /** @description For a decision: the id the visitor was shown */
              id: string;
              /** @enum {unknown} */
              kind:
                | "decision"
                | "ban"
                | "release"
                | "alarm"
                | "offence"
                | "policy-changed"
                | "entries-changed"
                | "account-created"
                | "account-changed"
                | "account-deleted"
                | "user-created"
                | "user-changed"
                | "user-deleted"
                | "membership-changed"
                | "tracking-number-changed"
                | "grant-changed"
                | "identity-policy-changed"
                | "setup-completed"
                | "sign-in"
                | "sign-in-refused"
                | "sign-out"
                | "session-ended"
                | "lockout"
                | "lockout-released"
                | "password-changed"
                | "password-reset-sent"
                | "password-reset"
                | "browser-forgotten"
                | "sign-in-begun"
                | "second-factor-refused"
                | "second-factor-locked"
                | "second-factor-changed"
                | "browser-trusted"
                | "browser-distrusted"
                | "provider-created"
                | "provider-changed"
                | "provider-deleted"
                | "provider-failed"
                | "connection-made"
                | "connection-removed"
                | "password-removed"
                | "audio-policy-changed"
                | "recording-added"
                | "recording-deleted"
                | "recording-played"
                | "recording-damaged"
                | "key-rotated"
                | "mail-failed"
                | "token-created"
                | "token-revoked"
                | "country-database-changed";
              /** Format: date-time */
              lastAt: string;
              /** @description platform, or the account whose policy it was */
              owner: string;
              reason: string | null;
              status: number | null;
              /** @description As they were at that moment, in order */
              steps: {
                /** @description Facts of this kind of event, by name; units are in the names */
                detail?: {
                  [key: string]: unknown;
                };
                /** @enum {unknown} */
                layer: "request" | "platform" | "account";
                /** @enum {unknown} */
                result: "matched" | "not-matched" | "not-applicable" | "monitored";
                step: string;
              }[];
              surface: string | null;
              userId: string | null;
              verdict: string | null;
            };
          };
        };
        /** @description The input is not as it should be; `errors` says where */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description A token is missing or not accepted */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description There is no such thing */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/entries": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List entries by id, or search: which entries cover an address or equal a range */
    get: {
      parameters: {
        query?: {
          /** @description Account code */
          account?: string;
          action?: "allow" | "deny";
          /** @description The last answer's `next` */
          after?: number;
          covering?: string;
          limit?: number;
          /** @description Part of a note */
          search?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/json": {
              entries: {
                account: string | null;
                action: "allow" | "deny";
                author: string;
                createdAt: string;
                expiresAt: string | null;
                id: number;
                note: string;
                origin: "manual" | "automatic";
                range: string;
              }[];
              next: number | null;
              total: number;
            };
          };
        };
        /** @description The input is not as it should be; `errors` says where */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description A token is missing or not accepted */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description There is no such thing */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    put?: never;
    /** Add an entry: an address, a CIDR block or first-last */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": {
            /** @description Account code */
            account?: string;
            action: "allow" | "deny";
            /** @description Needed for ranges over /8 (IPv4) or /16 (IPv6) */
            confirmWide?: boolean;
            /** @description RFC 3339 time, or null for no end */
            expiresAt?: string | null;
            /** @description one line of text without control characters */
            note?: string;
            /** @description One IPv4 or IPv6 address, a CIDR block, or first-last */
            range: unknown;
          };
        };
      };
      responses: {
        /** @description Default Response */
        201: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/json": {
              entry: {
                account: string | null;
                action: "allow" | "deny";
                author: string;
                createdAt: string;
                expiresAt: string | null;
                id: number;
                note: string;
                origin: "manual" | "automatic";
                range: string;
              };
              warnings: string[];
            };
          };
        };
        /** @description The input is not as it should be; `errors` says where */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description A token is missing or not accepted */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description There is no such thing */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description It exists already, or asks to be confirmed */
        409: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/entries/{id}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /** Delete an entry; it no longer holds from the next request */
    delete: {
      parameters: {
        query?: {
          /** @description Account code; without it: the platform */
          account?: string;
        };
        header?: never;
        path: {
          id: number;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/json": {
              account: string | null;
              action: "allow" | "deny";
              author: string;
              createdAt: string;
              expiresAt: string | null;
              id: number;
              note: string;
              origin: "manual" | "automatic";
              range: string;
            };
          };
        };
        /** @description The input is not as it should be; `errors` says where */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description A token is missing or not accepted */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description There is no such thing */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    options?: never;
    head?: never;
    /** Change an entry's action, note or expiry */
    patch: {
      parameters: {
        query?: {
          /** @description Account code; without it: the platform */
          account?: string;
        };
        header?: never;
        path: {
          id: number;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": {
            action?: "allow" | "deny";
            /** @description RFC 3339 time, or null for no end */
            expiresAt?: string | null;
            /** @description one line of text without control characters */
            note?: string;
          };
        };
      };
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/json": {
              account: string | null;
              action: "allow" | "deny";
              author: string;
              createdAt: string;
              expiresAt: string | null;
              id: number;
              note: string;
              origin: "manual" | "automatic";
              range: string;
            };
          };
        };
        /** @description The input is not as it should be; `errors` says where */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description A token is missing or not accepted */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description There is no such thing */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    trace?: never;
  };
  "/api/v1/entries/delete": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Delete many entries: all of them or none */
    post: {
      parameters: {
        query?: {
          /** @description Account code; without it: the platform */
          account?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": {
            ids: number[];
          };
        };
      };
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/json": {
              removed: number;
            };
          };
        };
        /** @description The input is not as it should be; `errors` says where */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description A token is missing or not accepted */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description There is no such thing */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/entries/export": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Export a list in a form that the import takes */
    get: {
      parameters: {
        query?: {
          /** @description Account code */
          account?: string;
          action?: "allow" | "deny";
          format?: "text" | "csv" | "ndjson";
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description The list, streamed */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/json": string;
          };
        };
        /** @description The input is not as it should be; `errors` says where */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description A token is missing or not accepted */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description There is no such thing */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/entries/import": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Import a list: all lines or none
     * @description The body is text/plain, text/csv or application/x-ndjson. Every bad line is named.
     */
    post: {
      parameters: {
        query?: {
          /** @description Account code */
          account?: string;
          action?: "allow" | "deny";
          confirmWide?: boolean;
          format?: "text" | "csv" | "ndjson";
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/json": {
              added: number;
              unchanged: number;
              warnings: string[];
            };
          };
        };
        /** @description The input is not as it should be; `errors` says where */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description A token is missing or not accepted */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description There is no such thing */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The content was read and is not accepted; `errors` says where */
        422: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/events": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List security events, newest first */
    get: {
      parameters: {
        query?: {
          /** @description an account's code */
          account?: string;
          /** @description one address, a CIDR block, or first-last */
          address?: string;
          /** @description `next` of the answer before */
          after?: string;
          kind?:
            | "decision"
            | "ban"
            | "release"
            | "alarm"
            | "offence"
            | "policy-changed"
            | "entries-changed"
            | "account-created"
            | "account-changed"
            | "account-deleted"
            | "user-created"
            | "user-changed"
            | "user-deleted"
            | "membership-changed"
            | "tracking-number-changed"
            | "grant-changed"
            | "identity-policy-changed"
            | "setup-completed"
            | "sign-in"
            | "sign-in-refused"
            | "sign-out"
            | "session-ended"
            | "lockout"
            | "lockout-released"
            | "password-changed"
            | "password-reset-sent"
            | "password-reset"
            | "browser-forgotten"
            | "sign-in-begun"
            | "second-factor-refused"
            | "second-factor-locked"
            | "second-factor-changed"
            | "browser-trusted"
            | "browser-distrusted"
            | "provider-created"
            | "provider-changed"
            | "provider-deleted"
            | "provider-failed"
            | "connection-made"
            | "connection-removed"
            | "password-removed"
            | "audio-policy-changed"
            | "recording-added"
            | "recording-deleted"
            | "recording-played"
            | "recording-damaged"
            | "key-rotated"
            | "mail-failed"
            | "token-created"
            | "token-revoked"
            | "country-database-changed";
          limit?: number;
          reason?:
            | "on-allow-list"
            | "on-deny-list"
            | "banned"
            | "over-hard-limit"
            | "country-denied"
            | "over-webchat-limit"
            | "over-rate-limit"
            | "no-rule-matched"
            | "client-address-unresolvable"
            | "request-malformed"
            | "facts-unavailable"
            | "session-missing"
            | "role-missing"
            | "half-sign-in-ended"
            | "session-idle"
            | "sign-in-unfinished"
            | "user-disabled"
            | "user-locked"
            | "user-dormant"
            | "password-missing"
            | "password-expired"
            | "password-must-change"
            | "address-not-whitelisted"
            | "number-not-shareable"
            | "recording-unknown"
            | "account-not-theirs"
            | "number-not-granted";
          since?: string;
          surface?: "portal" | "api" | "sign-in" | "webchat" | "audio";
          until?: string;
          /** @description a user's id: 20 letters a-z and digits 2-7 */
          user?: string;
          verdict?: "pass" | "refuse" | "monitor";
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/json": {
              events: {
                account: string | null;
                actor: string | null;
                address: string | null;
                /** @description How many times within a minute */
                count: number;
                country: string | null;
                /** @description Facts of this kind of event, by name; units are in the names */
                detail: {
                  [key: string]: unknown;
                };
                /** Format: date-time */
                firstAt: string;
                /** @description For a decision: the id the visitor was shown */
                id: string;
                /** @enum {unknown} */
                kind:
                  | "decision"
                  | "ban"
                  | "release"
                  | "alarm"
                  | "offence"
                  | "policy-changed"
                  | "entries-changed"
                  | "account-created"
                  | "account-changed"
                  | "account-deleted"
                  | "user-created"
                  | "user-changed"
                  | "user-deleted"
                  | "membership-changed"
                  | "tracking-number-changed"
                  | "grant-changed"
                  | "identity-policy-changed"
                  | "setup-completed"
                  | "sign-in"
                  | "sign-in-refused"
                  | "sign-out"
                  | "session-ended"
                  | "lockout"
                  | "lockout-released"
                  | "password-changed"
                  | "password-reset-sent"
                  | "password-reset"
                  | "browser-forgotten"
                  | "sign-in-begun"
                  | "second-factor-refused"
                  | "second-factor-locked"
                  | "second-factor-changed"
                  | "browser-trusted"
                  | "browser-distrusted"
                  | "provider-created"
                  | "provider-changed"
                  | "provider-deleted"
                  | "provider-failed"
                  | "connection-made"
                  | "connection-removed"
                  | "password-removed"
                  | "audio-policy-changed"
                  | "recording-added"
                  | "recording-deleted"
                  | "recording-played"
                  | "recording-damaged"
                  | "key-rotated"
                  | "mail-failed"
                  | "token-created"
                  | "token-revoked"
                  | "country-database-changed";
                /** Format: date-time */
                lastAt: string;
                /** @description platform, or the account whose policy it was */
                owner: string;
                reason: string | null;
                status: number | null;
                surface: string | null;
                userId: string | null;
                verdict: string | null;
              }[];
              /** @description `after` for the events before these; null at the end */
              next: string | null;
            };
          };
        };
        /** @description The input is not as it should be; `errors` says where */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description A token is missing or not accepted */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/events/export": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Export security events as CSV or as one JSON object a line, newest first */
    get: {
      parameters: {
        query: {
          /** @description an account's code */
          account?: string;
          /** @description one address, a CIDR block, or first-last */
          address?: string;
          format: "csv" | "ndjson";
          kind?:
            | "decision"
            | "ban"
            | "release"
            | "alarm"
            | "offence"
            | "policy-changed"
            | "entries-changed"
            | "account-created"
            | "account-changed"
            | "account-deleted"
            | "user-created"
            | "user-changed"
            | "user-deleted"
            | "membership-changed"
            | "tracking-number-changed"
            | "grant-changed"
            | "identity-policy-changed"
            | "setup-completed"
            | "sign-in"
            | "sign-in-refused"
            | "sign-out"
            | "session-ended"
            | "lockout"
            | "lockout-released"
            | "password-changed"
            | "password-reset-sent"
            | "password-reset"
            | "browser-forgotten"
            | "sign-in-begun"
            | "second-factor-refused"
            | "second-factor-locked"
            | "second-factor-changed"
            | "browser-trusted"
            | "browser-distrusted"
            | "provider-created"
            | "provider-changed"
            | "provider-deleted"
            | "provider-failed"
            | "connection-made"
            | "connection-removed"
            | "password-removed"
            | "audio-policy-changed"
            | "recording-added"
            | "recording-deleted"
            | "recording-played"
            | "recording-damaged"
            | "key-rotated"
            | "mail-failed"
            | "token-created"
            | "token-revoked"
            | "country-database-changed";
          reason?:
            | "on-allow-list"
            | "on-deny-list"
            | "banned"
            | "over-hard-limit"
            | "country-denied"
            | "over-webchat-limit"
            | "over-rate-limit"
            | "no-rule-matched"
            | "client-address-unresolvable"
            | "request-malformed"
            | "facts-unavailable"
            | "session-missing"
            | "role-missing"
            | "half-sign-in-ended"
            | "session-idle"
            | "sign-in-unfinished"
            | "user-disabled"
            | "user-locked"
            | "user-dormant"
            | "password-missing"
            | "password-expired"
            | "password-must-change"
            | "address-not-whitelisted"
            | "number-not-shareable"
            | "recording-unknown"
            | "account-not-theirs"
            | "number-not-granted";
          since?: string;
          surface?: "portal" | "api" | "sign-in" | "webchat" | "audio";
          until?: string;
          /** @description a user's id: 20 letters a-z and digits 2-7 */
          user?: string;
          verdict?: "pass" | "refuse" | "monitor";
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description The events that fit the filters */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/x-ndjson": string;
            "text/csv": string;
          };
        };
        /** @description The input is not as it should be; `errors` says where */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description A token is missing or not accepted */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/events/tail": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Follow security events as they happen (server-sent events) */
    get: {
      parameters: {
        query?: {
          /** @description an account's code */
          account?: string;
          /** @description one address, a CIDR block, or first-last */
          address?: string;
          kind?:
            | "decision"
            | "ban"
            | "release"
            | "alarm"
            | "offence"
            | "policy-changed"
            | "entries-changed"
            | "account-created"
            | "account-changed"
            | "account-deleted"
            | "user-created"
            | "user-changed"
            | "user-deleted"
            | "membership-changed"
            | "tracking-number-changed"
            | "grant-changed"
            | "identity-policy-changed"
            | "setup-completed"
            | "sign-in"
            | "sign-in-refused"
            | "sign-out"
            | "session-ended"
            | "lockout"
            | "lockout-released"
            | "password-changed"
            | "password-reset-sent"
            | "password-reset"
            | "browser-forgotten"
            | "sign-in-begun"
            | "second-factor-refused"
            | "second-factor-locked"
            | "second-factor-changed"
            | "browser-trusted"
            | "browser-distrusted"
            | "provider-created"
            | "provider-changed"
            | "provider-deleted"
            | "provider-failed"
            | "connection-made"
            | "connection-removed"
            | "password-removed"
            | "audio-policy-changed"
            | "recording-added"
            | "recording-deleted"
            | "recording-played"
            | "recording-damaged"
            | "key-rotated"
            | "mail-failed"
            | "token-created"
            | "token-revoked"
            | "country-database-changed";
          reason?:
            | "on-allow-list"
            | "on-deny-list"
            | "banned"
            | "over-hard-limit"
            | "country-denied"
            | "over-webchat-limit"
            | "over-rate-limit"
            | "no-rule-matched"
            | "client-address-unresolvable"
            | "request-malformed"
            | "facts-unavailable"
            | "session-missing"
            | "role-missing"
            | "half-sign-in-ended"
            | "session-idle"
            | "sign-in-unfinished"
            | "user-disabled"
            | "user-locked"
            | "user-dormant"
            | "password-missing"
            | "password-expired"
            | "password-must-change"
            | "address-not-whitelisted"
            | "number-not-shareable"
            | "recording-unknown"
            | "account-not-theirs"
            | "number-not-granted";
          surface?: "portal" | "api" | "sign-in" | "webchat" | "audio";
          /** @description a user's id: 20 letters a-z and digits 2-7 */
          user?: string;
          verdict?: "pass" | "refuse" | "monitor";
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description One event a message, without an end */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "text/event-stream": string;
          };
        };
        /** @description The input is not as it should be; `errors` says where */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description A token is missing or not accepted */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description Busy, or the store is away; the same request may succeed later */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/explain": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What the gate would decide for an address, step by step */
    get: {
      parameters: {
        query: {
          account?: string;
          address: string;
          /** @description RFC 3339 time; default: now */
          at?: string;
          /** @description an id: 20 letters a-z and digits 2-7 */
          recording?: string;
          surface?: "portal" | "api" | "sign-in" | "webchat" | "audio";
          /** @description who listens to the recording; default: nobody */
          user?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/json": {
              account: string | null;
              address: string;
              at: string;
              country: string;
              countryDatabaseDate: string | null;
              monitored: string | null;
              /** @description The range the country database knows the address by */
              network: string;
              reason: string;
              recording: null | {
                account: string;
                /** @description an id: 20 letters a-z and digits 2-7 */
                id: string;
                /** @enum {unknown} */
                mode:
                  | "no-restrictions"
                  | "ip-whitelist"
                  | "user-authentication"
                  | "whitelist-and-user"
                  | "whitelist-or-user";
                number: string;
                /** @description null: nobody is signed in */
                user: string | null;
                /** @description absent: answered as if there were none; null: the network rules refuse */
                verdict: ("play" | "sign-in" | "refuse" | "absent") | null;
              };
              status: number;
              steps: {
                detail?: {
                  [key: string]: unknown;
                };
                layer: string;
                /** @description matched, not-matched, monitored, or not-applicable (which is never a pass) */
                result: string;
                step: string;
              }[];
              surface: string;
              verdict: "pass" | "refuse";
              wouldPassIf: {
                [key: string]: unknown;
              }[];
            };
          };
        };
        /** @description The input is not as it should be; `errors` says where */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description A token is missing or not accepted */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description There is no such thing */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/geo": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Which country database is in use, and how old it is */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/json": {
              ageDays: number | null;
              buildDate: string | null;
              countryCount: number;
              databaseType: string | null;
              ipv4RangeCount: number;
              ipv6RangeCount: number;
              /** @description Missing, or older than 60 days */
              isStale: boolean;
              lastRefusal: string | null;
              origin: string | null;
              path: string | null;
            };
          };
        };
        /** @description A token is missing or not accepted */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/geo/update": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Check a newer country database and swap it in; a bad one changes nothing */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": {
            /** @description Absolute path on the host (from the host's shell only) */
            file?: string;
            /** @description an address that begins with http:// or https://, from the host's shell only; a token fetches COUNTRY_DATABASE_URL */
            url?: string;
          };
        };
      };
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/json": {
              ageDays: number | null;
              buildDate: string | null;
              countryCount: number;
              databaseType: string | null;
              ipv4RangeCount: number;
              ipv6RangeCount: number;
              /** @description Missing, or older than 60 days */
              isStale: boolean;
              lastRefusal: string | null;
              origin: string | null;
              path: string | null;
            };
          };
        };
        /** @description The input is not as it should be; `errors` says where */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description A token is missing or not accepted */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The content was read and is not accepted; `errors` says where */
        422: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/identity-policies/{section}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Read the platform's or an account's rules of sign-ins */
    get: {
      parameters: {
        query?: {
          /** @description an account's code; without: the platform */
          account?: string;
        };
        header?: never;
        path: {
          section: "user-authentication" | "two-factor" | "single-sign-on" | "log-out";
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/json": {
              account: string | null;
              changedAt: string | null;
              changedBy: string | null;
              /** @description what holds where nothing was saved */
              default: unknown;
              /** @enum {unknown} */
              section: "user-authentication" | "two-factor" | "single-sign-on" | "log-out";
              /** @description users whose sign-in these rules hold for */
              users: number;
              /** @description by section, see PUT */
              value: unknown;
              /** @description 0 while nothing was saved */
              version: number;
            };
          };
        };
        /** @description The input is not as it should be; `errors` says where */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description A token is missing or not accepted */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description There is no such thing */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    /** Set one section as a whole; it holds at once, for open sessions too */
    put: {
      parameters: {
        query?: {
          /** @description an account's code; without: the platform */
          account?: string;
        };
        header?: never;
        path: {
          section: "user-authentication" | "two-factor" | "single-sign-on" | "log-out";
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": {
            value:
              | {
                  dormancy: {
                    /** @description whether the rule holds */
                    enabled: boolean;
                    months: number;
                  };
                  expiry: {
                    days: number;
                    /** @description whether the rule holds */
                    enabled: boolean;
                  };
                  history: {
                    /** @description whether the rule holds */
                    enabled: boolean;
                    passwords: number;
                  };
                  knownBrowsersStayOpen: {
                    /** @description whether the rule holds */
                    enabled: boolean;
                  };
                  lockout: {
                    /** @description whether the rule holds */
                    enabled: boolean;
                    wrongPasswordsMax: number;
                  };
                  minimumLength: {
                    characters: number;
                    /** @description whether the rule holds */
                    enabled: boolean;
                  };
                  mixedCharacters: {
                    /** @description whether the rule holds */
                    enabled: boolean;
                  };
                }
              | {
                  /**
                   * @description how often a second factor is asked for, of those who have one
                   * @enum {unknown}
                   */
                  frequency: "every-login" | "14-days-skip";
                  required: {
                    /** @description whether the rule holds */
                    enabled: boolean;
                  };
                }
              | {
                  askSecondFactor: {
                    /** @description whether the rule holds */
                    enabled: boolean;
                  };
                }
              | {
                  /** @description whether the rule holds */
                  enabled: boolean;
                  minutes: number;
                };
            /** @description the version that was read; refused if it moved on */
            version?: number;
          };
        };
      };
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/json": {
              account: string | null;
              changedAt: string | null;
              changedBy: string | null;
              /** @description what holds where nothing was saved */
              default: unknown;
              /** @enum {unknown} */
              section: "user-authentication" | "two-factor" | "single-sign-on" | "log-out";
              /** @description users whose sign-in these rules hold for */
              users: number;
              /** @description by section, see PUT */
              value: unknown;
              /** @description 0 while nothing was saved */
              version: number;
            };
          };
        };
        /** @description The input is not as it should be; `errors` says where */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description A token is missing or not accepted */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description There is no such thing */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description It has moved on since it was read */
        412: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/keys": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The master keys by their fingerprints, and how many secrets each seals */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/json": {
              /** @description the fingerprint of a key */
              activeKeyId: string;
              /** @description where the active key is; null: in MASTER_KEY */
              filePath: string | null;
              /** @description a rotation was begun and has not ended */
              isRotating: boolean;
              /** @description the active key first */
              keys: {
                createdAt: string | null;
                /** @description the fingerprint of a key */
                id: string;
                /** @description how many secrets are sealed with it */
                seals: number;
                /** @description MASTER_KEY or MASTER_KEY_PREVIOUS, or the file in DATA_DIR */
                source: ("environment" | "file") | null;
                /**
                 * @description missing: secrets are sealed with it, and nobody here has it
                 * @enum {unknown}
                 */
                state: "active" | "opens-only" | "missing";
              }[];
              /**
               * @description of the active key
               * @enum {unknown}
               */
              source: "environment" | "file";
            };
          };
        };
        /** @description A token is missing or not accepted */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/keys/rotate": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Seal every secret with a new key, or finish that (from the host's shell) */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/json": {
              /** @description false: MASTER_KEY is set, or an earlier rotation was finished */
              isKeyNew: boolean;
              /** @description secrets that are sealed with the active key now */
              resealed: number;
              status: {
                /** @description the fingerprint of a key */
                activeKeyId: string;
                /** @description where the active key is; null: in MASTER_KEY */
                filePath: string | null;
                /** @description a rotation was begun and has not ended */
                isRotating: boolean;
                /** @description the active key first */
                keys: {
                  createdAt: string | null;
                  /** @description the fingerprint of a key */
                  id: string;
                  /** @description how many secrets are sealed with it */
                  seals: number;
                  /** @description MASTER_KEY or MASTER_KEY_PREVIOUS, or the file in DATA_DIR */
                  source: ("environment" | "file") | null;
                  /**
                   * @description missing: secrets are sealed with it, and nobody here has it
                   * @enum {unknown}
                   */
                  state: "active" | "opens-only" | "missing";
                }[];
                /**
                 * @description of the active key
                 * @enum {unknown}
                 */
                source: "environment" | "file";
              };
              /** @description secrets that no key here opens; they stay as they are */
              unopened: number;
            };
          };
        };
        /** @description A token is missing or not accepted */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description Busy, or the store is away; the same request may succeed later */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/mails": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Mails that wait, were sent or failed, newest first, and how they are sent */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/json": {
              failed: number;
              from: string;
              /** @description the newest hundred */
              mails: {
                attempts: number;
                /** Format: date-time */
                createdAt: string;
                /** @description an id: 20 letters a-z and digits 2-7 */
                id: string;
                /** @enum {unknown} */
                kind:
                  | "password-reset"
                  | "invitation"
                  | "password-changed"
                  | "email-changed"
                  | "lockout"
                  | "second-factor-code"
                  | "second-factor-changed"
                  | "second-factor-locked"
                  | "connection-changed"
                  | "password-removed"
                  | "missed-call"
                  | "test";
                lastError: string | null;
                nextAttemptAt: string | null;
                sentAt: string | null;
                /** @enum {unknown} */
                state: "waiting" | "sent" | "failed";
                to: string;
              }[];
              outboxDirectory: string | null;
              /**
               * @description outbox: no SMTP_URL is set, mails are files in DATA_DIR/outbox
               * @enum {unknown}
               */
              transport: "smtp" | "outbox";
              waiting: number;
            };
          };
        };
        /** @description A token is missing or not accepted */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/mails/{id}/retry": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Try a mail again now that waits or has failed */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** @description an id: 20 letters a-z and digits 2-7 */
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/json": {
              failed: number;
              from: string;
              /** @description the newest hundred */
              mails: {
                attempts: number;
                /** Format: date-time */
                createdAt: string;
                /** @description an id: 20 letters a-z and digits 2-7 */
                id: string;
                /** @enum {unknown} */
                kind:
                  | "password-reset"
                  | "invitation"
                  | "password-changed"
                  | "email-changed"
                  | "lockout"
                  | "second-factor-code"
                  | "second-factor-changed"
                  | "second-factor-locked"
                  | "connection-changed"
                  | "password-removed"
                  | "missed-call"
                  | "test";
                lastError: string | null;
                nextAttemptAt: string | null;
                sentAt: string | null;
                /** @enum {unknown} */
                state: "waiting" | "sent" | "failed";
                to: string;
              }[];
              outboxDirectory: string | null;
              /**
               * @description outbox: no SMTP_URL is set, mails are files in DATA_DIR/outbox
               * @enum {unknown}
               */
              transport: "smtp" | "outbox";
              waiting: number;
            };
          };
        };
        /** @description A token is missing or not accepted */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description There is no such thing */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description It exists already, or asks to be confirmed */
        409: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/mails/test": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Send a test mail at once and say what became of it */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      /** @description without `to` it goes to the operator who asks */
      requestBody: {
        content: {
          "application/json": {
            /** @description an e-mail address such as ada@example.com */
            to?: string;
          };
        };
      };
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/json": {
              attempts: number;
              /** Format: date-time */
              createdAt: string;
              /** @description an id: 20 letters a-z and digits 2-7 */
              id: string;
              /** @enum {unknown} */
              kind:
                | "password-reset"
                | "invitation"
                | "password-changed"
                | "email-changed"
                | "lockout"
                | "second-factor-code"
                | "second-factor-changed"
                | "second-factor-locked"
                | "connection-changed"
                | "password-removed"
                | "missed-call"
                | "test";
              lastError: string | null;
              nextAttemptAt: string | null;
              sentAt: string | null;
              /** @enum {unknown} */
              state: "waiting" | "sent" | "failed";
              to: string;
            };
          };
        };
        /** @description The input is not as it should be; `errors` says where */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description A token is missing or not accepted */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description Busy, or the store is away; the same request may succeed later */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/me": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Who is signed in, and until when */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/json": {
              /** @description the client address of this very request */
              address: string;
              email: string;
              /** @description an id: 20 letters a-z and digits 2-7 */
              id: string;
              isOperator: boolean;
              memberships: {
                /** @description an account's code: lower-case letters, digits and hyphens between them */
                account: string;
                accountName: string;
                /** @description This account's rules hold for the user's sign-in */
                isPrimary: boolean;
                /**
                 * @description admin or agent of the account
                 * @enum {unknown}
                 */
                role: "admin" | "agent";
              }[];
              name: string;
              portalName: string;
              /**
               * @description the highest of the user's roles
               * @enum {unknown}
               */
              role: "operator" | "admin" | "agent";
              /** Format: date-time */
              serverTime: string;
              session: {
                /** Format: date-time */
                createdAt: string;
                /** @description an id: 20 letters a-z and digits 2-7 */
                id: string;
                idleEndsAt: string | null;
                /** @description minutes without activity until the log-out; null: never */
                idleMinutes: number | null;
              };
              /**
               * @description What is still asked for; until then nothing else is answered. none: nothing
               * @enum {unknown}
               */
              stage: "none" | "second-factor" | "change-password" | "set-up-second-factor";
            };
          };
        };
        /** @description A token is missing or not accepted */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description Busy, or the store is away; the same request may succeed later */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    /** Change your name */
    patch: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": {
            /** @description one line of plain text that is not blank */
            name: string;
          };
        };
      };
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/json": {
              /** @description the client address of this very request */
              address: string;
              email: string;
              /** @description an id: 20 letters a-z and digits 2-7 */
              id: string;
              isOperator: boolean;
              memberships: {
                /** @description an account's code: lower-case letters, digits and hyphens between them */
                account: string;
                accountName: string;
                /** @description This account's rules hold for the user's sign-in */
                isPrimary: boolean;
                /**
                 * @description admin or agent of the account
                 * @enum {unknown}
                 */
                role: "admin" | "agent";
              }[];
              name: string;
              portalName: string;
              /**
               * @description the highest of the user's roles
               * @enum {unknown}
               */
              role: "operator" | "admin" | "agent";
              /** Format: date-time */
              serverTime: string;
              session: {
                /** Format: date-time */
                createdAt: string;
                /** @description an id: 20 letters a-z and digits 2-7 */
                id: string;
                idleEndsAt: string | null;
                /** @description minutes without activity until the log-out; null: never */
                idleMinutes: number | null;
              };
              /**
               * @description What is still asked for; until then nothing else is answered. none: nothing
               * @enum {unknown}
               */
              stage: "none" | "second-factor" | "change-password" | "set-up-second-factor";
            };
          };
        };
        /** @description The input is not as it should be; `errors` says where */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description A token is missing or not accepted */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description Busy, or the store is away; the same request may succeed later */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    trace?: never;
  };
  "/api/v1/me/activity": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Stay signed in: the time without activity begins anew */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/json": {
              idleEndsAt: string | null;
              /** Format: date-time */
              serverTime: string;
            };
          };
        };
        /** @description A token is missing or not accepted */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description Busy, or the store is away; the same request may succeed later */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/me/browsers": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The browsers in which you have signed in before */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/json": {
              browsers: {
                address: string;
                /** @description ISO 3166-1 code, unknown or private */
                country: string;
                /** Format: date-time */
                createdAt: string;
                /** @description browser and system, such as Firefox on Windows */
                device: string;
                /** @description an id: 20 letters a-z and digits 2-7 */
                id: string;
                isCurrent: boolean;
                /** Format: date-time */
                lastSeenAt: string;
              }[];
            };
          };
        };
        /** @description A token is missing or not accepted */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description Busy, or the store is away; the same request may succeed later */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    put?: never;
    post?: never;
    /** Forget all of them; open sessions go on */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/json": {
              ended: number;
            };
          };
        };
        /** @description A token is missing or not accepted */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description Busy, or the store is away; the same request may succeed later */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/me/browsers/{id}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /** Forget one of them; open sessions go on */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** @description an id: 20 letters a-z and digits 2-7 */
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description The browser is forgotten */
        204: {
          headers: {
            [name: string]: unknown;
          };
          content?: never;
        };
        /** @description A token is missing or not accepted */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description There is no such thing */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description Busy, or the store is away; the same request may succeed later */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/me/connections": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The providers you are connected with, and those you can connect with */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/json": {
              /** @description providers one can connect with */
              available: {
                /** @description a provider's id: google, or acme.google of an account */
                id: string;
                /** @enum {unknown} */
                kind: "google" | "microsoft" | "oidc";
                name: string;
              }[];
              connections: {
                /** @description as the provider calls the person */
                accountShown: string;
                /** Format: date-time */
                connectedAt: string;
                /** @description an id: 20 letters a-z and digits 2-7 */
                id: string;
                /** @description its provider is on and may sign this user in */
                isUsable: boolean;
                lastUsedAt: string | null;
                provider: {
                  /** @description a provider's id: google, or acme.google of an account */
                  id: string;
                  /** @enum {unknown} */
                  kind: "google" | "microsoft" | "oidc";
                  name: string;
                };
              }[];
              hasPassword: boolean;
              passkeys: number;
            };
          };
        };
        /** @description A token is missing or not accepted */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description Busy, or the store is away; the same request may succeed later */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    put?: never;
    /** Begin to connect with a provider: where this browser goes for it */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": {
            /** @description a provider's id: google, or acme.google of an account */
            provider: string;
          };
        };
      };
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/json": {
              /** @description of a sign-in: `returnTo` when it leads to a known origin, for later stages */
              returnTo?: string | null;
              /** @description the provider's page, for this browser to open */
              url: string;
            };
          };
        };
        /** @description The input is not as it should be; `errors` says where */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description A token is missing or not accepted */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description There is no such thing */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description It exists already, or asks to be confirmed */
        409: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description Busy, or the store is away; the same request may succeed later */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/me/connections/{id}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /** Disconnect a provider; needs a fresh proof, and is mailed to you */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** @description an id: 20 letters a-z and digits 2-7 */
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        204: {
          headers: {
            [name: string]: unknown;
          };
          content?: never;
        };
        /** @description The input is not as it should be; `errors` says where */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description A token is missing or not accepted */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description There is no such thing */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description It exists already, or asks to be confirmed */
        409: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description Busy, or the store is away; the same request may succeed later */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/me/passkeys": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Add a passkey; needs a fresh proof, and is mailed to you */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": {
            /** @description one line of plain text that is not blank */
            name?: string;
            /** @description what navigator.credentials gave, as JSON */
            response: {
              [key: string]: unknown;
            };
          };
        };
      };
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/json": {
              /** @description made with the first method; null: those that there are stay good */
              backupCodes: string[] | null;
              /**
               * @description what a sign-in under way still asks for
               * @enum {unknown}
               */
              next: "none" | "second-factor" | "change-password" | "set-up-second-factor";
            };
          };
        };
        /** @description The input is not as it should be; `errors` says where */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description A token is missing or not accepted */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description It exists already, or asks to be confirmed */
        409: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The content was read and is not accepted; `errors` says where */
        422: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description Busy, or the store is away; the same request may succeed later */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/me/passkeys/{id}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /** Remove one of your passkeys; needs a fresh proof, and is mailed to you */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** @description an id: 20 letters a-z and digits 2-7 */
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description It signs in nobody any more */
        204: {
          headers: {
            [name: string]: unknown;
          };
          content?: never;
        };
        /** @description The input is not as it should be; `errors` says where */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description A token is missing or not accepted */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description There is no such thing */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description It exists already, or asks to be confirmed */
        409: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description Busy, or the store is away; the same request may succeed later */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    options?: never;
    head?: never;
    /** Give one of your passkeys another name */
    patch: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** @description an id: 20 letters a-z and digits 2-7 */
          id: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": {
            /** @description one line of plain text that is not blank */
            name: string;
          };
        };
      };
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/json": {
              /** Format: date-time */
              createdAt: string;
              /** @description an id: 20 letters a-z and digits 2-7 */
              id: string;
              /** @description kept by a password manager for several devices */
              isSynced: boolean;
              lastUsedAt: string | null;
              name: string;
            };
          };
        };
        /** @description The input is not as it should be; `errors` says where */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description A token is missing or not accepted */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description There is no such thing */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description Busy, or the store is away; the same request may succeed later */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    trace?: never;
  };
  "/api/v1/me/passkeys/options": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** What navigator.credentials.create() is given; good for five minutes */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/json": {
              options: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description A token is missing or not accepted */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description It exists already, or asks to be confirmed */
        409: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description Busy, or the store is away; the same request may succeed later */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/me/password": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Change your password; your other sessions end, this one gets a new cookie */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": {
            /** @description up to 1,000 characters */
            currentPassword: string;
            /** @description up to 1,000 characters */
            newPassword: string;
          };
        };
      };
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/json": {
              /**
               * @description What is still asked for; until then nothing else is answered. none: nothing
               * @enum {unknown}
               */
              next: "none" | "second-factor" | "change-password" | "set-up-second-factor";
              /** @description `returnTo` when it leads to a known origin; null: go to the console */
              returnTo: string | null;
            };
          };
        };
        /** @description The input is not as it should be; `errors` says where */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description A token is missing or not accepted */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description It exists already, or asks to be confirmed */
        409: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The content was read and is not accepted; `errors` says where */
        422: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description Busy, or the store is away; the same request may succeed later */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    /** Remove your password, if there is another way in; needs a fresh proof */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description You have no password any more, until you choose one by a mailed link */
        204: {
          headers: {
            [name: string]: unknown;
          };
          content?: never;
        };
        /** @description A token is missing or not accepted */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description It exists already, or asks to be confirmed */
        409: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description Busy, or the store is away; the same request may succeed later */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/me/password-rules": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The rules your next password has to keep */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/json": {
              charactersMax: number;
              charactersMin: number;
              expiresAfterDays: number | null;
              /** @description an uppercase letter A-Z, a lowercase letter a-z and a number 0-9 */
              needsMixedCharacters: boolean;
              notOneOfLast: number | null;
            };
          };
        };
        /** @description A token is missing or not accepted */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/me/proof": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Prove once more who you are, before changes; this session gets a new cookie */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json":
            | {
                /** @enum {string} */
                method: "password";
                /** @description up to 1,000 characters */
                password: string;
              }
            | {
                /** @description six digits such as 123456, or a backup code */
                code: string;
                /** @enum {unknown} */
                method: "app" | "email" | "backup-code";
              }
            | {
                /** @enum {string} */
                method: "passkey";
                /** @description what navigator.credentials gave, as JSON */
                response: {
                  [key: string]: unknown;
                };
              };
        };
      };
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/json": {
              /** Format: date-time */
              provedUntil: string;
            };
          };
        };
        /** @description The input is not as it should be; `errors` says where */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description A token is missing or not accepted */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description It exists already, or asks to be confirmed */
        409: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description Too often; Retry-After says when it is accepted again */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description Busy, or the store is away; the same request may succeed later */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/me/proof/email-code": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Mail a code to prove who you are; one mailed before is void */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        202: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/json": {
              emailCode: {
                expiresAt: string | null;
                /** @description null: the mail is waiting */
                sentAt: string | null;
              };
              sentTo: string;
            };
          };
        };
        /** @description The input is not as it should be; `errors` says where */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description A token is missing or not accepted */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description It exists already, or asks to be confirmed */
        409: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description Too often; Retry-After says when it is accepted again */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description Busy, or the store is away; the same request may succeed later */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/me/proof/passkey-options": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** What navigator.credentials.get() is given to prove once more who you are */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/json": {
              options: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description A token is missing or not accepted */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description It exists already, or asks to be confirmed */
        409: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description Busy, or the store is away; the same request may succeed later */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/me/sessions": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Your open sessions, the one active last first */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/json": {
              sessions: {
                address: string;
                /** @description ISO 3166-1 code, unknown or private */
                country: string;
                /** Format: date-time */
                createdAt: string;
                /** @description browser and system, such as Firefox on Windows */
                device: string;
                /** @description an id: 20 letters a-z and digits 2-7 */
                id: string;
                isCurrent: boolean;
                /** Format: date-time */
                lastActivityAt: string;
              }[];
            };
          };
        };
        /** @description A token is missing or not accepted */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description Busy, or the store is away; the same request may succeed later */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    put?: never;
    post?: never;
    /** End all your sessions but this one */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/json": {
              ended: number;
            };
          };
        };
        /** @description A token is missing or not accepted */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description Busy, or the store is away; the same request may succeed later */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/me/sessions/{id}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /** End one of your sessions */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** @description an id: 20 letters a-z and digits 2-7 */
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description The session has ended */
        204: {
          headers: {
            [name: string]: unknown;
          };
          content?: never;
        };
        /** @description A token is missing or not accepted */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description There is no such thing */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description Busy, or the store is away; the same request may succeed later */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/me/sign-ins": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Your latest fifty sign-ins and refused ones, newest first */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/json": {
              signIns: {
                address: string;
                /** Format: date-time */
                at: string;
                /** @description ISO 3166-1 code, unknown or private */
                country: string;
                /** @description browser and system, such as Firefox on Windows */
                device: string;
                /** @enum {unknown} */
                outcome: "signed-in" | "refused" | "asked";
                /** @description the id of the provider by which it was; null: by none */
                provider: string | null;
                reason: string;
              }[];
            };
          };
        };
        /** @description A token is missing or not accepted */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description Busy, or the store is away; the same request may succeed later */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/me/trusted-browsers": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /** Trust no browser any more: the second factor is asked for everywhere */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/json": {
              ended: number;
            };
          };
        };
        /** @description A token is missing or not accepted */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description Busy, or the store is away; the same request may succeed later */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/me/trusted-browsers/{id}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /** Trust one browser no more: the second factor is asked for there */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** @description an id: 20 letters a-z and digits 2-7 */
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description It is asked again there */
        204: {
          headers: {
            [name: string]: unknown;
          };
          content?: never;
        };
        /** @description The input is not as it should be; `errors` says where */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description A token is missing or not accepted */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description There is no such thing */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description Busy, or the store is away; the same request may succeed later */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/me/two-factor": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Your second factors, backup codes and trusted browsers */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/json": {
              app: {
                /** Format: date-time */
                setUpAt: string;
              } | null;
              /** @description before the codes are locked */
              attemptsLeft: number;
              backupCodes: {
                /** Format: date-time */
                createdAt: string;
                left: number;
              } | null;
              email: {
                /** Format: date-time */
                setUpAt: string;
              } | null;
              /** @enum {unknown} */
              frequency: "every-login" | "14-days-skip";
              /** @description the last method cannot be turned off */
              isRequired: boolean;
              /** @description after the fifth */
              lockedUntil: string | null;
              passkeys: {
                /** Format: date-time */
                createdAt: string;
                /** @description an id: 20 letters a-z and digits 2-7 */
                id: string;
                /** @description kept by a password manager for several devices */
                isSynced: boolean;
                lastUsedAt: string | null;
                name: string;
              }[];
              /** @description why none can be added at this address; null: they can */
              passkeysRefusal: string | null;
              /** @description after the third and fourth wrong code: until then every code is refused */
              pausedUntil: string | null;
              /** @description until then changes are accepted; null: password or factor is asked for first */
              provedUntil: string | null;
              /** @description where an e-mailed code goes, partly hidden */
              sentTo: string;
              /** Format: date-time */
              serverTime: string;
              trustedBrowsers: {
                address: string;
                /** @description ISO 3166-1 code, unknown or private */
                country: string;
                /** Format: date-time */
                createdAt: string;
                device: string;
                /** Format: date-time */
                expiresAt: string;
                /** @description an id: 20 letters a-z and digits 2-7 */
                id: string;
                isCurrent: boolean;
                /** Format: date-time */
                lastUsedAt: string;
              }[];
            };
          };
        };
        /** @description A token is missing or not accepted */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description Busy, or the store is away; the same request may succeed later */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/me/two-factor/app": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Begin to set up or reset the authenticator app: a new secret and its QR code */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/json": {
              /** Format: date-time */
              expiresAt: string;
              qrCode: {
                path: string;
                size: number;
              };
              /** @description base32, in groups of four; for apps without a camera */
              secret: string;
              /** @description otpauth://totp/… */
              uri: string;
            };
          };
        };
        /** @description The input is not as it should be; `errors` says where */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description A token is missing or not accepted */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description Busy, or the store is away; the same request may succeed later */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    /** Turn off the authenticator app */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description It is off */
        204: {
          headers: {
            [name: string]: unknown;
          };
          content?: never;
        };
        /** @description A token is missing or not accepted */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description There is no such thing */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description It exists already, or asks to be confirmed */
        409: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description Busy, or the store is away; the same request may succeed later */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/me/two-factor/app/confirm": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Prove the new authenticator app with a code of it */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": {
            /** @description six digits such as 123456 */
            code: string;
          };
        };
      };
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/json": {
              /** @description made with the first method; null: those that there are stay good */
              backupCodes: string[] | null;
              /**
               * @description what a sign-in under way still asks for
               * @enum {unknown}
               */
              next: "none" | "second-factor" | "change-password" | "set-up-second-factor";
            };
          };
        };
        /** @description The input is not as it should be; `errors` says where */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description A token is missing or not accepted */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description It exists already, or asks to be confirmed */
        409: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description Busy, or the store is away; the same request may succeed later */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/me/two-factor/backup-codes": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Make ten new backup codes, shown this once; those before are void */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/json": {
              backupCodes: string[];
            };
          };
        };
        /** @description The input is not as it should be; `errors` says where */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description A token is missing or not accepted */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description It exists already, or asks to be confirmed */
        409: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description Busy, or the store is away; the same request may succeed later */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/me/two-factor/email": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Begin to set up or reset e-mail codes: one is mailed to your own address */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/json": {
              emailCode: {
                expiresAt: string | null;
                /** @description null: the mail is waiting */
                sentAt: string | null;
              };
              sentTo: string;
            };
          };
        };
        /** @description The input is not as it should be; `errors` says where */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description A token is missing or not accepted */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description Too often; Retry-After says when it is accepted again */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description Busy, or the store is away; the same request may succeed later */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    /** Turn off e-mail codes */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description It is off */
        204: {
          headers: {
            [name: string]: unknown;
          };
          content?: never;
        };
        /** @description A token is missing or not accepted */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description There is no such thing */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description It exists already, or asks to be confirmed */
        409: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description Busy, or the store is away; the same request may succeed later */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/me/two-factor/email/confirm": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Prove that mails are read with the code of one */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": {
            /** @description six digits such as 123456 */
            code: string;
          };
        };
      };
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/json": {
              /** @description made with the first method; null: those that there are stay good */
              backupCodes: string[] | null;
              /**
               * @description what a sign-in under way still asks for
               * @enum {unknown}
               */
              next: "none" | "second-factor" | "change-password" | "set-up-second-factor";
            };
          };
        };
        /** @description The input is not as it should be; `errors` says where */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description A token is missing or not accepted */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description It exists already, or asks to be confirmed */
        409: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description Busy, or the store is away; the same request may succeed later */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/password-assessments": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** How hard a password is to guess; it is neither kept nor recorded */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": {
            /** @description up to 1,000 characters */
            password: string;
            /** @description what must not be in it, such as the user's name and address */
            words?: string[];
          };
        };
      };
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/json": {
              isCommon: boolean;
              /** @description 0 guessed at once, 4 very hard */
              score: number;
              suggestions: string[];
              warning: string | null;
            };
          };
        };
        /** @description The input is not as it should be; `errors` says where */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description Busy, or the store is away; the same request may succeed later */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/password-links/look": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** What an e-mailed link is for; looking does not use it up */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": {
            /** @description what stands after #token= in the link: 43 letters, digits, hyphens and underscores */
            token: string;
          };
        };
      };
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/json": {
              email: string;
              /** Format: date-time */
              expiresAt: string;
              /** @enum {unknown} */
              purpose: "reset" | "invitation";
              rules: {
                charactersMax: number;
                charactersMin: number;
                expiresAfterDays: number | null;
                /** @description an uppercase letter A-Z, a lowercase letter a-z and a number 0-9 */
                needsMixedCharacters: boolean;
                notOneOfLast: number | null;
              };
            };
          };
        };
        /** @description The input is not as it should be; `errors` says where */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description There is no such thing */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/password-reset-requests": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Ask for a mail to choose a new password; the answer is the same for everybody */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": {
            /** @description an e-mail address such as ada@example.com */
            email: string;
          };
        };
      };
      responses: {
        /** @description Default Response */
        202: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/json": {
              /** @enum {boolean} */
              accepted: true;
            };
          };
        };
        /** @description The input is not as it should be; `errors` says where */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description Too often; Retry-After says when it is accepted again */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description Busy, or the store is away; the same request may succeed later */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/password-resets": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Choose a password with an e-mailed link, once; it unlocks and ends all sessions */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": {
            /** @description up to 1,000 characters */
            newPassword: string;
            /** @description what stands after #token= in the link: 43 letters, digits, hyphens and underscores */
            token: string;
          };
        };
      };
      responses: {
        /** @description The password is set; sign in with it */
        204: {
          headers: {
            [name: string]: unknown;
          };
          content?: never;
        };
        /** @description The input is not as it should be; `errors` says where */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description There is no such thing */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description It exists already, or asks to be confirmed */
        409: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The content was read and is not accepted; `errors` says where */
        422: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description Busy, or the store is away; the same request may succeed later */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/policy": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Read all sections of the platform's or an account's rules */
    get: {
      parameters: {
        query?: {
          /** @description Account code; without it: the platform */
          account?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/json": {
              sections: {
                account: string | null;
                changedAt: string | null;
                changedBy: string | null;
                section: string;
                value: unknown;
                version: number;
              }[];
            };
          };
        };
        /** @description The input is not as it should be; `errors` says where */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description A token is missing or not accepted */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description There is no such thing */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/policy/{section}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Read one section */
    get: {
      parameters: {
        query?: {
          /** @description Account code; without it: the platform */
          account?: string;
        };
        header?: never;
        path: {
          section:
            | "address-lists"
            | "country"
            | "failed-authentication"
            | "webchat-requests"
            | "ban"
            | "hard-limit"
            | "rate-limits"
            | "routes";
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/json": {
              account: string | null;
              changedAt: string | null;
              changedBy: string | null;
              section: string;
              value: unknown;
              version: number;
            };
          };
        };
        /** @description The input is not as it should be; `errors` says where */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description A token is missing or not accepted */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description There is no such thing */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    /**
     * Set one section as a whole; it holds from the next request
     * @description Sections: address-lists, country, failed-authentication, webchat-requests, ban, hard-limit, rate-limits, routes. The value is the whole section, as the GET gives it.
     */
    put: {
      parameters: {
        query?: {
          /** @description Account code; without it: the platform */
          account?: string;
        };
        header?: never;
        path: {
          section:
            | "address-lists"
            | "country"
            | "failed-authentication"
            | "webchat-requests"
            | "ban"
            | "hard-limit"
            | "rate-limits"
            | "routes";
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": {
            /** @description The whole section */
            value: unknown;
            /** @description The version that was read; 412 when it has moved on */
            version?: number;
          };
        };
      };
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/json": {
              account: string | null;
              changedAt: string | null;
              changedBy: string | null;
              section: string;
              value: unknown;
              version: number;
            };
          };
        };
        /** @description The input is not as it should be; `errors` says where */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description A token is missing or not accepted */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description There is no such thing */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description It has moved on since it was read */
        412: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/policy/disable": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Switch one rule off at once (break-glass) */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": {
            account?: string;
            rule:
              | "address-lists"
              | "country"
              | "failed-authentication"
              | "webchat-requests"
              | "rate-limits";
          };
        };
      };
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/json": {
              account: string | null;
              changedAt: string | null;
              changedBy: string | null;
              section: string;
              value: unknown;
              version: number;
            };
          };
        };
        /** @description The input is not as it should be; `errors` says where */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description A token is missing or not accepted */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description There is no such thing */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/providers": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The platform's OpenID providers, or an account's own */
    get: {
      parameters: {
        query?: {
          /** @description an account's code; without: the platform */
          account?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/json": {
              providers: {
                /** @description the code of the account whose own it is; null: the platform's */
                account: string | null;
                /** Format: date-time */
                changedAt: string;
                changedBy: string;
                clientId: string;
                /** @description how many users are connected with it */
                connections: number;
                /** Format: date-time */
                createdAt: string;
                factorAcrs: string[];
                hasSecret: boolean;
                /** @description a provider's id: google, or acme.google of an account */
                id: string;
                /** @description people can sign in by it */
                isEnabled: boolean;
                issuer: string;
                /** @enum {unknown} */
                kind: "google" | "microsoft" | "oidc";
                /** @description what its button says: Continue with … */
                name: string;
                /** @description users who could not sign in without it */
                onlyWayIn: number;
                privateHosts: string[];
                /** @description to be entered at the provider, exactly so */
                redirectUri: string;
                signsOut: boolean;
                tenant: string | null;
                tenants: string[];
                version: number;
              }[];
              /** @description the redirect URI with {code} where a new provider's code will stand */
              redirectUriPattern: string;
              /** @description where these providers' buttons are */
              signInUrl: string;
            };
          };
        };
        /** @description The input is not as it should be; `errors` says where */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description A token is missing or not accepted */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description There is no such thing */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    put?: never;
    /** Add a provider; it starts off unless isEnabled is sent */
    post: {
      parameters: {
        query?: {
          /** @description an account's code; without: the platform */
          account?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": {
            clientId: string;
            /** @description as the provider gave it; asked for again when the provider points elsewhere */
            clientSecret: string;
            /** @description stands in the redirect URI and never changes, such as google */
            code: string;
            /** @description values of acr by which the provider says that it asked for a second factor */
            factorAcrs?: string[];
            /** @description people can sign in by it */
            isEnabled?: boolean;
            /** @description the issuer's address, such as https://login.example.com; only of kind oidc */
            issuer?: string;
            /** @enum {unknown} */
            kind: "google" | "microsoft" | "oidc";
            /** @description one line of plain text that is not blank */
            name: string;
            /** @description hosts that may be in a private network and speak http; for operators to allow */
            privateHosts?: string[];
            /** @description signing out here leads to the provider, to sign out there too */
            signsOut?: boolean;
            /** @description Microsoft: common, organizations, or a tenant's id or domain */
            tenant?: string;
            /** @description Microsoft: the ids of the tenants that are let in; empty: all of `tenant` */
            tenants?: string[];
          };
        };
      };
      responses: {
        /** @description Default Response */
        201: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/json": {
              /** @description the code of the account whose own it is; null: the platform's */
              account: string | null;
              /** Format: date-time */
              changedAt: string;
              changedBy: string;
              clientId: string;
              /** @description how many users are connected with it */
              connections: number;
              /** Format: date-time */
              createdAt: string;
              factorAcrs: string[];
              hasSecret: boolean;
              /** @description a provider's id: google, or acme.google of an account */
              id: string;
              /** @description people can sign in by it */
              isEnabled: boolean;
              issuer: string;
              /** @enum {unknown} */
              kind: "google" | "microsoft" | "oidc";
              /** @description what its button says: Continue with … */
              name: string;
              /** @description users who could not sign in without it */
              onlyWayIn: number;
              privateHosts: string[];
              /** @description to be entered at the provider, exactly so */
              redirectUri: string;
              signsOut: boolean;
              tenant: string | null;
              tenants: string[];
              version: number;
            };
          };
        };
        /** @description The input is not as it should be; `errors` says where */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description A token is missing or not accepted */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description There is no such thing */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description It exists already, or asks to be confirmed */
        409: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/providers/{id}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** One provider, without its secret */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** @description a provider's id: google, or acme.google of an account */
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/json": {
              /** @description the code of the account whose own it is; null: the platform's */
              account: string | null;
              /** Format: date-time */
              changedAt: string;
              changedBy: string;
              clientId: string;
              /** @description how many users are connected with it */
              connections: number;
              /** Format: date-time */
              createdAt: string;
              factorAcrs: string[];
              hasSecret: boolean;
              /** @description a provider's id: google, or acme.google of an account */
              id: string;
              /** @description people can sign in by it */
              isEnabled: boolean;
              issuer: string;
              /** @enum {unknown} */
              kind: "google" | "microsoft" | "oidc";
              /** @description what its button says: Continue with … */
              name: string;
              /** @description users who could not sign in without it */
              onlyWayIn: number;
              privateHosts: string[];
              /** @description to be entered at the provider, exactly so */
              redirectUri: string;
              signsOut: boolean;
              tenant: string | null;
              tenants: string[];
              version: number;
            };
          };
        };
        /** @description The input is not as it should be; `errors` says where */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description A token is missing or not accepted */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description There is no such thing */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    put?: never;
    post?: never;
    /** Delete a provider with its connections; sessions that came by it end */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** @description a provider's id: google, or acme.google of an account */
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/json": {
              /** @description sessions that this has ended */
              endedSessions: number;
              /** @description connections that this has removed */
              removedConnections: number;
            };
          };
        };
        /** @description The input is not as it should be; `errors` says where */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description A token is missing or not accepted */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description There is no such thing */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description It exists already, or asks to be confirmed */
        409: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    options?: never;
    head?: never;
    /** Change a provider; pointed elsewhere, it needs its secret once more */
    patch: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** @description a provider's id: google, or acme.google of an account */
          id: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": {
            clientId?: string;
            /** @description as the provider gave it; asked for again when the provider points elsewhere */
            clientSecret?: string;
            /** @description values of acr by which the provider says that it asked for a second factor */
            factorAcrs?: string[];
            /** @description people can sign in by it */
            isEnabled?: boolean;
            /** @description the issuer's address, such as https://login.example.com; only of kind oidc */
            issuer?: string;
            /** @description one line of plain text that is not blank */
            name?: string;
            /** @description hosts that may be in a private network and speak http; for operators to allow */
            privateHosts?: string[];
            /** @description signing out here leads to the provider, to sign out there too */
            signsOut?: boolean;
            /** @description Microsoft: common, organizations, or a tenant's id or domain */
            tenant?: string;
            /** @description Microsoft: the ids of the tenants that are let in; empty: all of `tenant` */
            tenants?: string[];
            /** @description the version that was read; refused if it moved on */
            version?: number;
          };
        };
      };
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/json": {
              /** @description the code of the account whose own it is; null: the platform's */
              account: string | null;
              /** Format: date-time */
              changedAt: string;
              changedBy: string;
              clientId: string;
              /** @description how many users are connected with it */
              connections: number;
              /** Format: date-time */
              createdAt: string;
              /** @description sessions that this has ended */
              endedSessions: number;
              factorAcrs: string[];
              hasSecret: boolean;
              /** @description a provider's id: google, or acme.google of an account */
              id: string;
              /** @description people can sign in by it */
              isEnabled: boolean;
              issuer: string;
              /** @enum {unknown} */
              kind: "google" | "microsoft" | "oidc";
              /** @description what its button says: Continue with … */
              name: string;
              /** @description users who could not sign in without it */
              onlyWayIn: number;
              privateHosts: string[];
              /** @description to be entered at the provider, exactly so */
              redirectUri: string;
              /** @description connections that this has removed */
              removedConnections: number;
              signsOut: boolean;
              tenant: string | null;
              tenants: string[];
              version: number;
            };
          };
        };
        /** @description The input is not as it should be; `errors` says where */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description A token is missing or not accepted */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description There is no such thing */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description It exists already, or asks to be confirmed */
        409: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description It has moved on since it was read */
        412: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    trace?: never;
  };
  "/api/v1/providers/{id}/test": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Ask the provider whether it can be used as it is configured; nobody signs in */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** @description a provider's id: google, or acme.google of an account */
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/json": {
              /** @description nothing was found that would keep people out */
              isGood: boolean;
              steps: {
                /** @description what to do about it */
                advice: string | null;
                /** @description what was found, in a sentence */
                message: string;
                /** @enum {unknown} */
                result: "passed" | "warned" | "failed" | "left-out";
                /** @enum {unknown} */
                step: "settings" | "metadata" | "keys" | "authorization" | "secret";
              }[];
            };
          };
        };
        /** @description The input is not as it should be; `errors` says where */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description A token is missing or not accepted */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description There is no such thing */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description Busy, or the store is away; the same request may succeed later */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/recording-files": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Where the files of all recordings are (from the host's shell) */
    get: {
      parameters: {
        query?: {
          /** @description an id: 20 letters a-z and digits 2-7 */
          after?: string;
          limit?: number;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/json": {
              files: {
                /** @description an account's code: lower-case letters, digits and hyphens between them */
                account: string;
                /** @description in the blob store */
                key: string;
                /** @description an id: 20 letters a-z and digits 2-7 */
                recordingId: string;
                /** @description lower-case hex */
                sha256: string;
                sizeBytes: number;
              }[];
              /** @description `after` for what follows; null at the end */
              next: string | null;
            };
          };
        };
        /** @description The input is not as it should be; `errors` says where */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description A token is missing or not accepted */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/recording-links/{link}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What the player shows of the recording that a link leads to */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** @description what stands after /recordings/ in the link: 22 letters, digits, - and _ */
          link: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/json": {
              /** @description an account's code: lower-case letters, digits and hyphens between them */
              account: string;
              /** @description path of the audio */
              audioUrl: string;
              /** @description E.164 as a rule; empty: withheld */
              caller: string;
              durationMs: number;
              /** @description who is signed in */
              email: string | null;
              /** @description under which it is saved */
              fileName: string;
              /** @enum {unknown} */
              format: "wav" | "mp3" | "ogg" | "m4a";
              /** @description an id: 20 letters a-z and digits 2-7 */
              id: string;
              /** @description what the system that made it calls it; any text */
              name: string;
              /** @description the tracking number, E.164 */
              number: string;
              numberLabel: string;
              /** @description why it may be heard */
              reason: string;
              /** Format: date-time */
              recordedAt: string;
              sizeBytes: number;
            };
          };
        };
        /** @description A token is missing or not accepted */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description There is no such thing */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description Too often; Retry-After says when it is accepted again */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/recordings": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List recordings, newest first; agents see those of numbers granted to them
     * @description `search` finds parts of number, label, caller and name, whatever their case.
     */
    get: {
      parameters: {
        query?: {
          /** @description an account's code: lower-case letters, digits and hyphens between them */
          account?: string;
          /** @description `next` of the answer before */
          after?: string;
          /** @description part of it */
          caller?: string;
          limit?: number;
          /** @description part of the tracking number */
          number?: string;
          /** @description part of what is listed */
          search?: string;
          secondsMax?: number;
          secondsMin?: number;
          since?: string;
          until?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/json": {
              /** @description `after` for what follows; null at the end */
              next: string | null;
              recordings: {
                /** @description an account's code: lower-case letters, digits and hyphens between them */
                account: string;
                /** @description E.164 as a rule; empty: withheld */
                caller: string;
                codec: string;
                /** Format: date-time */
                createdAt: string;
                createdBy: string;
                durationMs: number;
                /** @enum {unknown} */
                format: "wav" | "mp3" | "ogg" | "m4a";
                /** @description an id: 20 letters a-z and digits 2-7 */
                id: string;
                lastPlayedAt: string | null;
                /** @description what stands after /recordings/ in the link: 22 letters, digits, - and _ */
                link: string;
                /** @description what the system that made it calls it; any text */
                name: string;
                /** @description the tracking number, E.164 */
                number: string;
                numberLabel: string;
                /** @description how often it was listened to */
                plays: number;
                /** Format: date-time */
                recordedAt: string;
                /** @description lower-case hex */
                sha256: string;
                sizeBytes: number;
                /** @description an id: 20 letters a-z and digits 2-7 */
                trackingNumberId: string;
                /** @description its page, for people; whoever may hear it hears it there */
                url: string;
              }[];
            };
          };
        };
        /** @description The input is not as it should be; `errors` says where */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description A token is missing or not accepted */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description There is no such thing */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    put?: never;
    /**
     * Add a recording: upload its audio, or register an object of the blob store
     * @description An upload is the audio itself as the body (audio/* or application/octet-stream), with what is said of it in the query; a registration is application/json and names an object that is in the blob store already, below incoming/ and the account's id (20 letters, shown by GET /api/v1/accounts). An object is registered once, and goes with its recording. Taken are WAV (PCM, A-law, µ-law), MP3, Ogg Opus and M4A (AAC); what the body is, it says itself, not its type. With an Idempotency-Key the same request again answers 200 with the recording that there is. An upload that stands still for 30 seconds, or takes more than five minutes, is cut.
     */
    post: {
      parameters: {
        query?: {
          /** @description an account's code: lower-case letters, digits and hyphens between them */
          account?: string;
          caller?: string;
          /** @description mails its link to everybody granted the number */
          missedCall?: boolean;
          /** @description one line; shown and never trusted */
          name?: string;
          /** @description a tracking number of the account */
          number?: string;
          recordedAt?: string;
          /** @description of the audio; compared when it is in */
          sha256?: string;
        };
        header?: {
          /** @description 1 to 200 visible ASCII characters, of your choice */
          "idempotency-key"?: string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": {
            /** @description an account's code: lower-case letters, digits and hyphens between them */
            account: string;
            caller?: string;
            /** @description mails its link to everybody granted the number */
            missedCall?: boolean;
            /** @description one line; shown and never trusted */
            name?: string;
            /** @description a tracking number of the account */
            number: string;
            /** @description its key in the blob store: incoming/, the account's id (not its code), and more */
            object: string;
            /** Format: date-time */
            recordedAt?: string;
            /** @description of the audio; compared when it is in */
            sha256?: string;
          };
          "audio/*": string;
        };
      };
      responses: {
        /** @description It was here before, by its Idempotency-Key */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/json": {
              /** @description an account's code: lower-case letters, digits and hyphens between them */
              account: string;
              /** @description E.164 as a rule; empty: withheld */
              caller: string;
              codec: string;
              /** Format: date-time */
              createdAt: string;
              createdBy: string;
              durationMs: number;
              /** @enum {unknown} */
              format: "wav" | "mp3" | "ogg" | "m4a";
              /** @description an id: 20 letters a-z and digits 2-7 */
              id: string;
              lastPlayedAt: string | null;
              /** @description what stands after /recordings/ in the link: 22 letters, digits, - and _ */
              link: string;
              /** @description what the system that made it calls it; any text */
              name: string;
              /** @description the tracking number, E.164 */
              number: string;
              numberLabel: string;
              /** @description how often it was listened to */
              plays: number;
              /** Format: date-time */
              recordedAt: string;
              /** @description lower-case hex */
              sha256: string;
              sizeBytes: number;
              /** @description an id: 20 letters a-z and digits 2-7 */
              trackingNumberId: string;
              /** @description its page, for people; whoever may hear it hears it there */
              url: string;
            };
          };
        };
        /** @description Default Response */
        201: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/json": {
              /** @description an account's code: lower-case letters, digits and hyphens between them */
              account: string;
              /** @description E.164 as a rule; empty: withheld */
              caller: string;
              codec: string;
              /** Format: date-time */
              createdAt: string;
              createdBy: string;
              durationMs: number;
              /** @enum {unknown} */
              format: "wav" | "mp3" | "ogg" | "m4a";
              /** @description an id: 20 letters a-z and digits 2-7 */
              id: string;
              lastPlayedAt: string | null;
              /** @description what stands after /recordings/ in the link: 22 letters, digits, - and _ */
              link: string;
              /** @description what the system that made it calls it; any text */
              name: string;
              /** @description the tracking number, E.164 */
              number: string;
              numberLabel: string;
              /** @description how often it was listened to */
              plays: number;
              /** Format: date-time */
              recordedAt: string;
              /** @description lower-case hex */
              sha256: string;
              sizeBytes: number;
              /** @description an id: 20 letters a-z and digits 2-7 */
              trackingNumberId: string;
              /** @description its page, for people; whoever may hear it hears it there */
              url: string;
            };
          };
        };
        /** @description The input is not as it should be; `errors` says where */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description A token is missing or not accepted */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description There is no such thing */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The body did not come in time */
        408: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description It exists already, or asks to be confirmed */
        409: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The body is larger than is taken */
        413: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The body is of another type than is taken */
        415: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The content was read and is not accepted; `errors` says where */
        422: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description Busy, or the store is away; the same request may succeed later */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/recordings/{id}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What is known of one recording; its audio is behind its link */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** @description an id: 20 letters a-z and digits 2-7 */
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/json": {
              /** @description an account's code: lower-case letters, digits and hyphens between them */
              account: string;
              /** @description E.164 as a rule; empty: withheld */
              caller: string;
              codec: string;
              /** Format: date-time */
              createdAt: string;
              createdBy: string;
              durationMs: number;
              /** @enum {unknown} */
              format: "wav" | "mp3" | "ogg" | "m4a";
              /** @description an id: 20 letters a-z and digits 2-7 */
              id: string;
              lastPlayedAt: string | null;
              /** @description what stands after /recordings/ in the link: 22 letters, digits, - and _ */
              link: string;
              /** @description what the system that made it calls it; any text */
              name: string;
              /** @description the tracking number, E.164 */
              number: string;
              numberLabel: string;
              /** @description how often it was listened to */
              plays: number;
              /** Format: date-time */
              recordedAt: string;
              /** @description lower-case hex */
              sha256: string;
              sizeBytes: number;
              /** @description an id: 20 letters a-z and digits 2-7 */
              trackingNumberId: string;
              /** @description its page, for people; whoever may hear it hears it there */
              url: string;
            };
          };
        };
        /** @description The input is not as it should be; `errors` says where */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description A token is missing or not accepted */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description There is no such thing */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    put?: never;
    post?: never;
    /** Delete a recording and its file; its link leads nowhere from the next request on */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** @description an id: 20 letters a-z and digits 2-7 */
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Deleted */
        204: {
          headers: {
            [name: string]: unknown;
          };
          content?: never;
        };
        /** @description The input is not as it should be; `errors` says where */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description A token is missing or not accepted */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description There is no such thing */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/recordings/{id}/plays": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List who listened to a recording, newest first */
    get: {
      parameters: {
        query?: {
          /** @description `next` of the answer before */
          after?: string;
          limit?: number;
        };
        header?: never;
        path: {
          /** @description an id: 20 letters a-z and digits 2-7 */
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/json": {
              /** @description `after` for what follows; null at the end */
              next: string | null;
              plays: {
                address: string;
                bytesSent: number;
                country: string;
                email: string | null;
                /** @description an id: 20 letters a-z and digits 2-7 */
                id: string;
                /** @description a fault of the file ended it before its end */
                isCut: boolean;
                /** Format: date-time */
                lastAt: string;
                /** @description why it was played: a reason of the decision */
                reason: string;
                /** Format: date-time */
                startedAt: string;
                userAgent: string;
                /** @description null: nobody was signed in */
                userId: string | null;
              }[];
            };
          };
        };
        /** @description The input is not as it should be; `errors` says where */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description A token is missing or not accepted */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description There is no such thing */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/reports": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Report failed authentications: one, or up to 1000 at once */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json":
            | {
                /** @description The offender's address */
                address: string;
                /** @default 1 */
                count?: number;
                /** @description A digest of what was tried; the same one counts once within the window */
                fingerprint?: string;
                /** @description The reporting system, for the record */
                source?: string;
                user?: string;
              }
            | {
                reports: {
                  /** @description The offender's address */
                  address: string;
                  /** @default 1 */
                  count?: number;
                  /** @description A digest of what was tried; the same one counts once within the window */
                  fingerprint?: string;
                  /** @description The reporting system, for the record */
                  source?: string;
                  user?: string;
                }[];
              };
        };
      };
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/json": {
              banned: string[];
              counted: number;
              notCounted: number;
            };
          };
        };
        /** @description The input is not as it should be; `errors` says where */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description A token is missing or not accepted */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/setup": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Set up the first operator with the link of the first start, and sign in */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": {
            /** @description an e-mail address such as ada@example.com */
            email: string;
            /** @description one line of plain text that is not blank */
            name: string;
            /** @description up to 1,000 characters */
            password: string;
            /** @description what stands after #token= in the link: 43 letters, digits, hyphens and underscores */
            token: string;
          };
        };
      };
      responses: {
        /** @description Default Response */
        201: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/json": {
              /**
               * @description What is still asked for; until then nothing else is answered. none: nothing
               * @enum {unknown}
               */
              next: "none" | "second-factor" | "change-password" | "set-up-second-factor";
              /** @description `returnTo` when it leads to a known origin; null: go to the console */
              returnTo: string | null;
            };
          };
        };
        /** @description The input is not as it should be; `errors` says where */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description There is no such thing */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description It exists already, or asks to be confirmed */
        409: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The content was read and is not accepted; `errors` says where */
        422: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description Busy, or the store is away; the same request may succeed later */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/sign-in": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Sign in with e-mail address and password; the session is in a cookie */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": {
            /** @description an e-mail address such as ada@example.com */
            email: string;
            /** @description up to 1,000 characters */
            password: string;
            /** @description where the visitor wanted to go */
            returnTo?: string;
          };
        };
      };
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/json": {
              /**
               * @description What is still asked for; until then nothing else is answered. none: nothing
               * @enum {unknown}
               */
              next: "none" | "second-factor" | "change-password" | "set-up-second-factor";
              /** @description `returnTo` when it leads to a known origin; null: go to the console */
              returnTo: string | null;
            };
          };
        };
        /** @description The input is not as it should be; `errors` says where */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description A token is missing or not accepted */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description Busy, or the store is away; the same request may succeed later */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/sign-in-page": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What the sign-in pages show before anybody is known */
    get: {
      parameters: {
        query?: {
          /** @description an account's code: the providers of its own are named too */
          account?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/json": {
              /** @description no operator has been set up yet */
              isSetupOpen: boolean;
              portalName: string;
              /** @description by which one can sign in; an unknown account has none of its own */
              providers: {
                /** @description a provider's id: google, or acme.google of an account */
                id: string;
                /** @enum {unknown} */
                kind: "google" | "microsoft" | "oidc";
                name: string;
              }[];
            };
          };
        };
        /** @description The input is not as it should be; `errors` says where */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/sign-in/bind": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Whom a provider has named to this browser, and nobody here is connected with */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/json": {
              /** @description as the provider calls the person */
              accountShown: string;
              /** Format: date-time */
              expiresAt: string;
              provider: {
                /** @description a provider's id: google, or acme.google of an account */
                id: string;
                /** @enum {unknown} */
                kind: "google" | "microsoft" | "oidc";
                name: string;
              };
            };
          };
        };
        /** @description There is no such thing */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description Busy, or the store is away; the same request may succeed later */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    put?: never;
    /** Prove once who you are here; once the sign-in is whole, the two are connected */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": {
            /** @description an e-mail address such as ada@example.com */
            email: string;
            /** @description up to 1,000 characters */
            password: string;
            /** @description where the visitor wanted to go */
            returnTo?: string;
          };
        };
      };
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/json": {
              /**
               * @description What is still asked for; until then nothing else is answered. none: nothing
               * @enum {unknown}
               */
              next: "none" | "second-factor" | "change-password" | "set-up-second-factor";
              /** @description `returnTo` when it leads to a known origin; null: go to the console */
              returnTo: string | null;
            };
          };
        };
        /** @description The input is not as it should be; `errors` says where */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description A token is missing or not accepted */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description There is no such thing */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description It exists already, or asks to be confirmed */
        409: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description Busy, or the store is away; the same request may succeed later */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    /** Connect nobody with it, and forget what the provider said */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        204: {
          headers: {
            [name: string]: unknown;
          };
          content?: never;
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description Busy, or the store is away; the same request may succeed later */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/sign-in/passkey": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Sign in with a passkey alone; the session is in a cookie */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": {
            /** @description what navigator.credentials gave, as JSON */
            response: {
              [key: string]: unknown;
            };
            returnTo?: string;
          };
        };
      };
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/json": {
              /**
               * @description What is still asked for; until then nothing else is answered. none: nothing
               * @enum {unknown}
               */
              next: "none" | "second-factor" | "change-password" | "set-up-second-factor";
              /** @description `returnTo` when it leads to a known origin; null: go to the console */
              returnTo: string | null;
            };
          };
        };
        /** @description The input is not as it should be; `errors` says where */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description A token is missing or not accepted */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description It exists already, or asks to be confirmed */
        409: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description Busy, or the store is away; the same request may succeed later */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/sign-in/passkey-options": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** What navigator.credentials.get() is given; the same for everybody */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/json": {
              options: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description It exists already, or asks to be confirmed */
        409: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description Busy, or the store is away; the same request may succeed later */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/sign-in/provider": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Begin to sign in by a provider: where this browser goes for it */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": {
            /** @description the provider asks which account, also of who is signed in there already */
            choosesAccount?: boolean;
            /** @description a provider's id: google, or acme.google of an account */
            provider: string;
            /** @description where the visitor wanted to go */
            returnTo?: string;
          };
        };
      };
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/json": {
              /** @description of a sign-in: `returnTo` when it leads to a known origin, for later stages */
              returnTo?: string | null;
              /** @description the provider's page, for this browser to open */
              url: string;
            };
          };
        };
        /** @description The input is not as it should be; `errors` says where */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description There is no such thing */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description Busy, or the store is away; the same request may succeed later */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/sign-in/second-factor": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What a sign-in that waits for its second factor can be finished with */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/json": {
              /** @description before the codes are locked */
              attemptsLeft: number;
              emailCode: {
                expiresAt: string | null;
                /** @description null: the mail is waiting */
                sentAt: string | null;
              } | null;
              /**
               * Format: date-time
               * @description then the sign-in begins anew
               */
              endsAt: string;
              hasBackupCodes: boolean;
              /** @description after the fifth */
              lockedUntil: string | null;
              methods: ("app" | "email" | "passkey")[];
              /** @description after the third and fourth wrong code: until then every code is refused */
              pausedUntil: string | null;
              portalName: string;
              /** @description where an e-mailed code goes, partly hidden */
              sentTo: string;
              /** Format: date-time */
              serverTime: string;
              /** @description for so long this browser may skip the question; null: it may not */
              trustDays: number | null;
            };
          };
        };
        /** @description A token is missing or not accepted */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description It exists already, or asks to be confirmed */
        409: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description Busy, or the store is away; the same request may succeed later */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    put?: never;
    /** Finish a sign-in with a code; the session gets a new cookie */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": {
            /** @description six digits such as 123456, or a backup code */
            code: string;
            /** @enum {unknown} */
            method: "app" | "email" | "backup-code";
            /**
             * @description skip the second factor in this browser
             * @default false
             */
            trustBrowser?: boolean;
          };
        };
      };
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/json": {
              /**
               * @description What is still asked for; until then nothing else is answered. none: nothing
               * @enum {unknown}
               */
              next: "none" | "second-factor" | "change-password" | "set-up-second-factor";
              /** @description `returnTo` when it leads to a known origin; null: go to the console */
              returnTo: string | null;
            };
          };
        };
        /** @description The input is not as it should be; `errors` says where */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description A token is missing or not accepted */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description It exists already, or asks to be confirmed */
        409: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description Too often; Retry-After says when it is accepted again */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description Busy, or the store is away; the same request may succeed later */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/sign-in/second-factor/email-code": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Mail a code to go on with this sign-in; one mailed before is void */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        202: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/json": {
              emailCode: {
                expiresAt: string | null;
                /** @description null: the mail is waiting */
                sentAt: string | null;
              };
              sentTo: string;
            };
          };
        };
        /** @description The input is not as it should be; `errors` says where */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description A token is missing or not accepted */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description It exists already, or asks to be confirmed */
        409: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description Too often; Retry-After says when it is accepted again */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description Busy, or the store is away; the same request may succeed later */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/sign-in/second-factor/passkey": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Go on with a sign-in by a passkey */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": {
            /** @description what navigator.credentials gave, as JSON */
            response: {
              [key: string]: unknown;
            };
            /**
             * @description skip the second factor in this browser
             * @default false
             */
            trustBrowser?: boolean;
          };
        };
      };
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/json": {
              /**
               * @description What is still asked for; until then nothing else is answered. none: nothing
               * @enum {unknown}
               */
              next: "none" | "second-factor" | "change-password" | "set-up-second-factor";
              /** @description `returnTo` when it leads to a known origin; null: go to the console */
              returnTo: string | null;
            };
          };
        };
        /** @description The input is not as it should be; `errors` says where */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description A token is missing or not accepted */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description It exists already, or asks to be confirmed */
        409: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description Busy, or the store is away; the same request may succeed later */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/sign-in/second-factor/passkey-options": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** What navigator.credentials.get() is given for the second factor */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/json": {
              options: {
                [key: string]: unknown;
              };
            };
          };
        };
        /** @description A token is missing or not accepted */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description It exists already, or asks to be confirmed */
        409: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description Busy, or the store is away; the same request may succeed later */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/sign-out": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** End this session; the browser forgets its cookie. No session is no mistake */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/json": {
              /** @description where the provider signs out too; null: nowhere */
              providerUrl: string | null;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description Busy, or the store is away; the same request may succeed later */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/tokens": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List API tokens, newest first (from the host's shell) */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/json": {
              tokens: {
                /** Format: date-time */
                createdAt: string;
                createdBy: string;
                expiresAt: string | null;
                id: string;
                lastUsedAt: string | null;
                name: string;
                revokedAt: string | null;
                scopes: (
                  | "policy:read"
                  | "policy:write"
                  | "reports:write"
                  | "journal:read"
                  | "recordings:read"
                  | "recordings:write"
                )[];
              }[];
            };
          };
        };
        /** @description A token is missing or not accepted */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    put?: never;
    /** Make an API token; its text is in this answer only (from the host's shell) */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": {
            /** @description RFC 3339 time in the future, or null for no end */
            expiresAt?: string | null;
            /** @description one line of plain text that is not blank */
            name: string;
            scopes: (
              | "policy:read"
              | "policy:write"
              | "reports:write"
              | "journal:read"
              | "recordings:read"
              | "recordings:write"
            )[];
          };
        };
      };
      responses: {
        /** @description Default Response */
        201: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/json": {
              /** Format: date-time */
              createdAt: string;
              createdBy: string;
              expiresAt: string | null;
              id: string;
              lastUsedAt: string | null;
              name: string;
              revokedAt: string | null;
              scopes: (
                | "policy:read"
                | "policy:write"
                | "reports:write"
                | "journal:read"
                | "recordings:read"
                | "recordings:write"
              )[];
              /** @description Shown this once; only its hash is kept */
              token: string;
            };
          };
        };
        /** @description The input is not as it should be; `errors` says where */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description A token is missing or not accepted */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/tokens/{id}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /** Revoke an API token, at once (from the host's shell) */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** @description a token's id: 20 letters a-z and digits 2-7 */
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Revoked, or it was before */
        204: {
          headers: {
            [name: string]: unknown;
          };
          content?: never;
        };
        /** @description A token is missing or not accepted */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description There is no such thing */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/tracking-numbers": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List tracking numbers, in their order; agents see those granted to them */
    get: {
      parameters: {
        query?: {
          /** @description an account's code: lower-case letters, digits and hyphens between them */
          account?: string;
          /** @description `next` of the answer before */
          after?: string;
          limit?: number;
          /** @description part of what is listed */
          search?: string;
          /** @description an id: 20 letters a-z and digits 2-7 */
          user?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/json": {
              /** @description `after` for what follows; null at the end */
              next: string | null;
              trackingNumbers: {
                /** @description an account's code: lower-case letters, digits and hyphens between them */
                account: string;
                /** Format: date-time */
                createdAt: string;
                createdBy: string;
                /** @description users who are granted it */
                grants: number;
                /** @description an id: 20 letters a-z and digits 2-7 */
                id: string;
                /** @description an address of the IP whitelist alone opens its recordings, where that is asked */
                isShareable: boolean;
                label: string;
                /** @description E.164, such as +61255501234 */
                number: string;
              }[];
            };
          };
        };
        /** @description The input is not as it should be; `errors` says where */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description A token is missing or not accepted */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description There is no such thing */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    put?: never;
    /** Add a tracking number to an account */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": {
            /** @description an account's code: lower-case letters, digits and hyphens between them */
            account: string;
            /** @description an address of the IP whitelist alone opens its recordings, where that is asked */
            isShareable?: boolean;
            /** @description one line of text */
            label?: string;
            /** @description E.164; spaces, hyphens, dots and brackets between the digits are left out */
            number: string;
          };
        };
      };
      responses: {
        /** @description Default Response */
        201: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/json": {
              /** @description an account's code: lower-case letters, digits and hyphens between them */
              account: string;
              /** Format: date-time */
              createdAt: string;
              createdBy: string;
              /** @description users who are granted it */
              grants: number;
              /** @description an id: 20 letters a-z and digits 2-7 */
              id: string;
              /** @description an address of the IP whitelist alone opens its recordings, where that is asked */
              isShareable: boolean;
              label: string;
              /** @description E.164, such as +61255501234 */
              number: string;
            };
          };
        };
        /** @description The input is not as it should be; `errors` says where */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description A token is missing or not accepted */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description There is no such thing */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description It exists already, or asks to be confirmed */
        409: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/tracking-numbers/{id}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /** Remove a tracking number and its grants; one with recordings stays */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** @description an id: 20 letters a-z and digits 2-7 */
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Removed */
        204: {
          headers: {
            [name: string]: unknown;
          };
          content?: never;
        };
        /** @description The input is not as it should be; `errors` says where */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description A token is missing or not accepted */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description There is no such thing */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description It exists already, or asks to be confirmed */
        409: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    options?: never;
    head?: never;
    /** Change a tracking number's label, and whether it is shareable */
    patch: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** @description an id: 20 letters a-z and digits 2-7 */
          id: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": {
            /** @description an address of the IP whitelist alone opens its recordings, where that is asked */
            isShareable?: boolean;
            /** @description one line of text */
            label?: string;
          };
        };
      };
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/json": {
              /** @description an account's code: lower-case letters, digits and hyphens between them */
              account: string;
              /** Format: date-time */
              createdAt: string;
              createdBy: string;
              /** @description users who are granted it */
              grants: number;
              /** @description an id: 20 letters a-z and digits 2-7 */
              id: string;
              /** @description an address of the IP whitelist alone opens its recordings, where that is asked */
              isShareable: boolean;
              label: string;
              /** @description E.164, such as +61255501234 */
              number: string;
            };
          };
        };
        /** @description The input is not as it should be; `errors` says where */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description A token is missing or not accepted */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description There is no such thing */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    trace?: never;
  };
  "/api/v1/tracking-numbers/{id}/grants": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List the users who are granted a tracking number */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** @description an id: 20 letters a-z and digits 2-7 */
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/json": {
              grants: {
                email: string;
                /** Format: date-time */
                grantedAt: string;
                grantedBy: string;
                name: string;
                /** @description an id: 20 letters a-z and digits 2-7 */
                userId: string;
              }[];
            };
          };
        };
        /** @description The input is not as it should be; `errors` says where */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description A token is missing or not accepted */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description There is no such thing */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/tracking-numbers/{id}/grants/{userId}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /** Grant a tracking number's recordings to a member of its account */
    put: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** @description an id: 20 letters a-z and digits 2-7 */
          id: string;
          /** @description an id: 20 letters a-z and digits 2-7 */
          userId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Granted, or it was before */
        204: {
          headers: {
            [name: string]: unknown;
          };
          content?: never;
        };
        /** @description The input is not as it should be; `errors` says where */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description A token is missing or not accepted */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description There is no such thing */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description It exists already, or asks to be confirmed */
        409: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    post?: never;
    /** Take a grant back */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** @description an id: 20 letters a-z and digits 2-7 */
          id: string;
          /** @description an id: 20 letters a-z and digits 2-7 */
          userId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Taken back */
        204: {
          headers: {
            [name: string]: unknown;
          };
          content?: never;
        };
        /** @description The input is not as it should be; `errors` says where */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description A token is missing or not accepted */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description There is no such thing */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/users": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List users, in the order of their e-mail addresses */
    get: {
      parameters: {
        query?: {
          /** @description an account's code: lower-case letters, digits and hyphens between them */
          account?: string;
          /** @description `next` of the answer before */
          after?: string;
          limit?: number;
          /** @description part of what is listed */
          search?: string;
          status?: "disabled" | "operator";
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/json": {
              /** @description `after` for what follows; null at the end */
              next: string | null;
              users: {
                /** Format: date-time */
                createdAt: string;
                createdBy: string;
                email: string;
                /** @description an id: 20 letters a-z and digits 2-7 */
                id: string;
                isDisabled: boolean;
                /** @description The asker may change the user; else only the membership in an own account */
                isManaged: boolean;
                isOperator: boolean;
                /** @description those the asker may see */
                memberships: {
                  /** @description an account's code: lower-case letters, digits and hyphens between them */
                  account: string;
                  accountName: string;
                  /** @description This account's rules hold for the user's sign-in */
                  isPrimary: boolean;
                  /**
                   * @description admin or agent of the account
                   * @enum {unknown}
                   */
                  role: "admin" | "agent";
                }[];
                name: string;
                signIn: {
                  lastSignedInAt: string | null;
                  lockedAt: string | null;
                  mustChangePassword: boolean;
                  passwordChangedAt: string | null;
                  /** @description open sessions */
                  sessions: number;
                  /** @enum {unknown} */
                  status: "active" | "invited" | "locked" | "dormant" | "disabled";
                };
                twoFactor: {
                  lockedUntil: string | null;
                  methods: ("app" | "email" | "passkey")[];
                  pausedUntil: string | null;
                };
              }[];
            };
          };
        };
        /** @description The input is not as it should be; `errors` says where */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description A token is missing or not accepted */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description There is no such thing */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    put?: never;
    /** Add a user; an admin names accounts of their own */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": {
            /** @description an e-mail address such as ada@example.com */
            email: string;
            /**
             * @description mail a link to choose a password
             * @default true
             */
            invite?: boolean;
            /** @default false */
            isOperator?: boolean;
            /** @description the first one is primary */
            memberships?: {
              /** @description an account's code: lower-case letters, digits and hyphens between them */
              account: string;
              /**
               * @description admin or agent of the account
               * @enum {unknown}
               */
              role: "admin" | "agent";
            }[];
            /** @description one line of plain text that is not blank */
            name: string;
          };
        };
      };
      responses: {
        /** @description Default Response */
        201: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/json": {
              /** Format: date-time */
              createdAt: string;
              createdBy: string;
              email: string;
              /** @description an id: 20 letters a-z and digits 2-7 */
              id: string;
              isDisabled: boolean;
              /** @description The asker may change the user; else only the membership in an own account */
              isManaged: boolean;
              isOperator: boolean;
              /** @description those the asker may see */
              memberships: {
                /** @description an account's code: lower-case letters, digits and hyphens between them */
                account: string;
                accountName: string;
                /** @description This account's rules hold for the user's sign-in */
                isPrimary: boolean;
                /**
                 * @description admin or agent of the account
                 * @enum {unknown}
                 */
                role: "admin" | "agent";
              }[];
              name: string;
              signIn: {
                lastSignedInAt: string | null;
                lockedAt: string | null;
                mustChangePassword: boolean;
                passwordChangedAt: string | null;
                /** @description open sessions */
                sessions: number;
                /** @enum {unknown} */
                status: "active" | "invited" | "locked" | "dormant" | "disabled";
              };
              twoFactor: {
                lockedUntil: string | null;
                methods: ("app" | "email" | "passkey")[];
                pausedUntil: string | null;
              };
            };
          };
        };
        /** @description The input is not as it should be; `errors` says where */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description A token is missing or not accepted */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description There is no such thing */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description It exists already, or asks to be confirmed */
        409: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/users/{id}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Show a user */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** @description an id: 20 letters a-z and digits 2-7 */
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/json": {
              /** Format: date-time */
              createdAt: string;
              createdBy: string;
              email: string;
              /** @description an id: 20 letters a-z and digits 2-7 */
              id: string;
              isDisabled: boolean;
              /** @description The asker may change the user; else only the membership in an own account */
              isManaged: boolean;
              isOperator: boolean;
              /** @description those the asker may see */
              memberships: {
                /** @description an account's code: lower-case letters, digits and hyphens between them */
                account: string;
                accountName: string;
                /** @description This account's rules hold for the user's sign-in */
                isPrimary: boolean;
                /**
                 * @description admin or agent of the account
                 * @enum {unknown}
                 */
                role: "admin" | "agent";
              }[];
              name: string;
              signIn: {
                lastSignedInAt: string | null;
                lockedAt: string | null;
                mustChangePassword: boolean;
                passwordChangedAt: string | null;
                /** @description open sessions */
                sessions: number;
                /** @enum {unknown} */
                status: "active" | "invited" | "locked" | "dormant" | "disabled";
              };
              twoFactor: {
                lockedUntil: string | null;
                methods: ("app" | "email" | "passkey")[];
                pausedUntil: string | null;
              };
            };
          };
        };
        /** @description The input is not as it should be; `errors` says where */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description A token is missing or not accepted */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description There is no such thing */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    put?: never;
    post?: never;
    /** Delete a user with everything kept for the user */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** @description an id: 20 letters a-z and digits 2-7 */
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Deleted */
        204: {
          headers: {
            [name: string]: unknown;
          };
          content?: never;
        };
        /** @description The input is not as it should be; `errors` says where */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description A token is missing or not accepted */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description There is no such thing */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description It exists already, or asks to be confirmed */
        409: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    options?: never;
    head?: never;
    /** Change a user's address, name, rights or primary account */
    patch: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** @description an id: 20 letters a-z and digits 2-7 */
          id: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": {
            /** @description an e-mail address such as ada@example.com */
            email?: string;
            isDisabled?: boolean;
            isOperator?: boolean;
            /** @description one line of plain text that is not blank */
            name?: string;
            /** @description an account's code: lower-case letters, digits and hyphens between them */
            primaryAccount?: string;
          };
        };
      };
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/json": {
              /** Format: date-time */
              createdAt: string;
              createdBy: string;
              email: string;
              /** @description an id: 20 letters a-z and digits 2-7 */
              id: string;
              isDisabled: boolean;
              /** @description The asker may change the user; else only the membership in an own account */
              isManaged: boolean;
              isOperator: boolean;
              /** @description those the asker may see */
              memberships: {
                /** @description an account's code: lower-case letters, digits and hyphens between them */
                account: string;
                accountName: string;
                /** @description This account's rules hold for the user's sign-in */
                isPrimary: boolean;
                /**
                 * @description admin or agent of the account
                 * @enum {unknown}
                 */
                role: "admin" | "agent";
              }[];
              name: string;
              signIn: {
                lastSignedInAt: string | null;
                lockedAt: string | null;
                mustChangePassword: boolean;
                passwordChangedAt: string | null;
                /** @description open sessions */
                sessions: number;
                /** @enum {unknown} */
                status: "active" | "invited" | "locked" | "dormant" | "disabled";
              };
              twoFactor: {
                lockedUntil: string | null;
                methods: ("app" | "email" | "passkey")[];
                pausedUntil: string | null;
              };
            };
          };
        };
        /** @description The input is not as it should be; `errors` says where */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description A token is missing or not accepted */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description There is no such thing */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description It exists already, or asks to be confirmed */
        409: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    trace?: never;
  };
  "/api/v1/users/{id}/connections": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The providers that a user is connected with */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** @description an id: 20 letters a-z and digits 2-7 */
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/json": {
              connections: {
                /** @description as the provider calls the person */
                accountShown: string;
                /** Format: date-time */
                connectedAt: string;
                /** @description an id: 20 letters a-z and digits 2-7 */
                id: string;
                /** @description its provider is on and may sign this user in */
                isUsable: boolean;
                lastUsedAt: string | null;
                provider: {
                  /** @description a provider's id: google, or acme.google of an account */
                  id: string;
                  /** @enum {unknown} */
                  kind: "google" | "microsoft" | "oidc";
                  name: string;
                };
              }[];
            };
          };
        };
        /** @description The input is not as it should be; `errors` says where */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description A token is missing or not accepted */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description There is no such thing */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description Busy, or the store is away; the same request may succeed later */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/users/{id}/connections/{connectionId}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /** Disconnect a user from a provider; the sessions that came by it end */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** @description an id: 20 letters a-z and digits 2-7 */
          connectionId: string;
          /** @description an id: 20 letters a-z and digits 2-7 */
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        204: {
          headers: {
            [name: string]: unknown;
          };
          content?: never;
        };
        /** @description The input is not as it should be; `errors` says where */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description A token is missing or not accepted */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description There is no such thing */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description It exists already, or asks to be confirmed */
        409: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description Busy, or the store is away; the same request may succeed later */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/users/{id}/invitation": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Mail the user a new link to choose a password */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** @description an id: 20 letters a-z and digits 2-7 */
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        202: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/json": {
              lastSignedInAt: string | null;
              lockedAt: string | null;
              mustChangePassword: boolean;
              passwordChangedAt: string | null;
              /** @description open sessions */
              sessions: number;
              /** @enum {unknown} */
              status: "active" | "invited" | "locked" | "dormant" | "disabled";
            };
          };
        };
        /** @description A token is missing or not accepted */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description There is no such thing */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description It exists already, or asks to be confirmed */
        409: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/users/{id}/memberships/{account}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /** Make a user a member of an account, or change the role there */
    put: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** @description an account's code: lower-case letters, digits and hyphens between them */
          account: string;
          /** @description an id: 20 letters a-z and digits 2-7 */
          id: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": {
            /**
             * @description admin or agent of the account
             * @enum {unknown}
             */
            role: "admin" | "agent";
          };
        };
      };
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/json": {
              /** Format: date-time */
              createdAt: string;
              createdBy: string;
              email: string;
              /** @description an id: 20 letters a-z and digits 2-7 */
              id: string;
              isDisabled: boolean;
              /** @description The asker may change the user; else only the membership in an own account */
              isManaged: boolean;
              isOperator: boolean;
              /** @description those the asker may see */
              memberships: {
                /** @description an account's code: lower-case letters, digits and hyphens between them */
                account: string;
                accountName: string;
                /** @description This account's rules hold for the user's sign-in */
                isPrimary: boolean;
                /**
                 * @description admin or agent of the account
                 * @enum {unknown}
                 */
                role: "admin" | "agent";
              }[];
              name: string;
              signIn: {
                lastSignedInAt: string | null;
                lockedAt: string | null;
                mustChangePassword: boolean;
                passwordChangedAt: string | null;
                /** @description open sessions */
                sessions: number;
                /** @enum {unknown} */
                status: "active" | "invited" | "locked" | "dormant" | "disabled";
              };
              twoFactor: {
                lockedUntil: string | null;
                methods: ("app" | "email" | "passkey")[];
                pausedUntil: string | null;
              };
            };
          };
        };
        /** @description The input is not as it should be; `errors` says where */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description A token is missing or not accepted */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description There is no such thing */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description It exists already, or asks to be confirmed */
        409: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    post?: never;
    /** End a user's membership, and the grants of the account's numbers with it */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** @description an account's code: lower-case letters, digits and hyphens between them */
          account: string;
          /** @description an id: 20 letters a-z and digits 2-7 */
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Ended */
        204: {
          headers: {
            [name: string]: unknown;
          };
          content?: never;
        };
        /** @description The input is not as it should be; `errors` says where */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description A token is missing or not accepted */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description There is no such thing */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description It exists already, or asks to be confirmed */
        409: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/users/{id}/password": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /** Set a user's password, which the user must change at the next sign-in */
    put: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** @description an id: 20 letters a-z and digits 2-7 */
          id: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": {
            /** @description up to 1,000 characters */
            newPassword: string;
          };
        };
      };
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/json": {
              lastSignedInAt: string | null;
              lockedAt: string | null;
              mustChangePassword: boolean;
              passwordChangedAt: string | null;
              /** @description open sessions */
              sessions: number;
              /** @enum {unknown} */
              status: "active" | "invited" | "locked" | "dormant" | "disabled";
            };
          };
        };
        /** @description The input is not as it should be; `errors` says where */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description A token is missing or not accepted */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description There is no such thing */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description It exists already, or asks to be confirmed */
        409: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The content was read and is not accepted; `errors` says where */
        422: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description Busy, or the store is away; the same request may succeed later */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/users/{id}/password-link": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Make a link by which the user chooses a password (from the host's shell) */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** @description an id: 20 letters a-z and digits 2-7 */
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        201: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/json": {
              /** Format: date-time */
              expiresAt: string;
              /** @enum {unknown} */
              purpose: "reset" | "invitation";
              url: string;
            };
          };
        };
        /** @description A token is missing or not accepted */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description There is no such thing */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description It exists already, or asks to be confirmed */
        409: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/users/{id}/release": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Release a locked or dormant user; the count of wrong passwords begins anew */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** @description an id: 20 letters a-z and digits 2-7 */
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/json": {
              lastSignedInAt: string | null;
              lockedAt: string | null;
              mustChangePassword: boolean;
              passwordChangedAt: string | null;
              /** @description open sessions */
              sessions: number;
              /** @enum {unknown} */
              status: "active" | "invited" | "locked" | "dormant" | "disabled";
            };
          };
        };
        /** @description A token is missing or not accepted */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description There is no such thing */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/users/{id}/sessions": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** A user's open sessions */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** @description an id: 20 letters a-z and digits 2-7 */
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/json": {
              sessions: {
                address: string;
                /** @description ISO 3166-1 code, unknown or private */
                country: string;
                /** Format: date-time */
                createdAt: string;
                /** @description browser and system, such as Firefox on Windows */
                device: string;
                /** @description an id: 20 letters a-z and digits 2-7 */
                id: string;
                isCurrent: boolean;
                /** Format: date-time */
                lastActivityAt: string;
              }[];
            };
          };
        };
        /** @description A token is missing or not accepted */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description There is no such thing */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description Busy, or the store is away; the same request may succeed later */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    put?: never;
    post?: never;
    /** End all of a user's sessions, at once */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** @description an id: 20 letters a-z and digits 2-7 */
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/json": {
              ended: number;
            };
          };
        };
        /** @description A token is missing or not accepted */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description There is no such thing */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description Busy, or the store is away; the same request may succeed later */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/users/{id}/sessions/{sessionId}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /** End one of a user's sessions, at once */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** @description an id: 20 letters a-z and digits 2-7 */
          id: string;
          /** @description an id: 20 letters a-z and digits 2-7 */
          sessionId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description The session has ended */
        204: {
          headers: {
            [name: string]: unknown;
          };
          content?: never;
        };
        /** @description A token is missing or not accepted */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description There is no such thing */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description Busy, or the store is away; the same request may succeed later */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/users/{id}/sign-ins": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** A user's latest fifty sign-ins and refused ones, newest first */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** @description an id: 20 letters a-z and digits 2-7 */
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/json": {
              signIns: {
                address: string;
                /** Format: date-time */
                at: string;
                /** @description ISO 3166-1 code, unknown or private */
                country: string;
                /** @description browser and system, such as Firefox on Windows */
                device: string;
                /** @enum {unknown} */
                outcome: "signed-in" | "refused" | "asked";
                /** @description the id of the provider by which it was; null: by none */
                provider: string | null;
                reason: string;
              }[];
            };
          };
        };
        /** @description A token is missing or not accepted */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description There is no such thing */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description Busy, or the store is away; the same request may succeed later */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/users/{id}/two-factor": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /** Remove a user's second factors, backup codes and trusted browsers */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** @description an id: 20 letters a-z and digits 2-7 */
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/json": {
              removed: ("app" | "email" | "passkey")[];
            };
          };
        };
        /** @description The input is not as it should be; `errors` says where */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description A token is missing or not accepted */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description There is no such thing */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description Busy, or the store is away; the same request may succeed later */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/metrics": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Prometheus metrics (scope journal:read) */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/json": string;
          };
        };
        /** @description A token is missing or not accepted */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
        /** @description The token's scopes do not cover this */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/problem+json": {
              /** @description Never reused for another meaning */
              code: string;
              /** @description Says what is accepted */
              detail?: string;
              errors?: {
                /** @description Line of an uploaded list, from 1 */
                line?: number;
                message: string;
                /** @description JSON pointer, or a parameter's name */
                path?: string;
              }[];
              retryAfterSeconds?: number;
              status: number;
              title: string;
              /** @description urn:postern:problem:CODE */
              type: string;
            };
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/readyz": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Whether this node can take traffic */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/json": {
              /** @description ok, or what is wrong; only the store makes a node unready. Told from the host's shell and with a token of scope journal:read */
              checks?: {
                [key: string]: string;
              };
              status: "ready" | "not-ready";
            };
          };
        };
        /** @description Default Response */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            "application/json": {
              /** @description ok, or what is wrong; only the store makes a node unready. Told from the host's shell and with a token of scope journal:read */
              checks?: {
                [key: string]: string;
              };
              status: "ready" | "not-ready";
            };
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
}
export type webhooks = Record<string, never>;
export interface components {
  schemas: never;
  responses: never;
  parameters: never;
  requestBodies: never;
  headers: never;
  pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
