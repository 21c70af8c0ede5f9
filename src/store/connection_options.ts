/** What every connection has: whatever is not named here postgres.js takes from the environment. */
export function connectionOptions(max: number) {
  return {
    max,
    idle_timeout: 0,
    connect_timeout: 10,
    max_pipeline: 100,
    keep_alive: 60,
    prepare: true,
    debug: false,
    fetch_types: true,
    onnotice() {},
    types: { int8: { to: 20, from: [20], serialize: String, parse: Number } },
  };
}
