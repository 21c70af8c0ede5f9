/** The one guard before every HTTP server of the project; see `serveGuarded`. */
export {
  type GuardedOptions,
  type GuardedServer,
  type Limits,
  serveGuarded,
} from "./guarded_server.ts";
export { isLoopback } from "./host_names.ts";
export { isSameSecret, newSecret } from "./secret.ts";
