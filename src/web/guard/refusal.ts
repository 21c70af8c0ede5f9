/** How the guard says no: readable by a bot, which knows `description`, and by everybody else. */
export function refusal(status: number, sentence: string): Response {
  return Response.json(
    { ok: false, error_code: status, description: sentence, error: sentence },
    { status, headers: { "x-content-type-options": "nosniff" } },
  );
}
