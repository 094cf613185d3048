// What the page about mail asks the server for.
import { queryOptions } from "@tanstack/react-query";
import type { MailStatusAnswer } from "../../../api/mail-api.ts";
import { answerOf, api } from "../../api/api.ts";

/** For operators only. */
export const mailStatusQuery = queryOptions({
  queryKey: ["mails"],
  queryFn: async (): Promise<MailStatusAnswer> => answerOf(api.GET("/api/v1/mails")),
});
