/**
 * Lets one waiter go on in each turn of the event loop, so that a hundred pictures that came
 * together do not keep the network waiting while all of them are seen to.
 */
export function oncePerTurn(): () => Promise<void> {
  const waiting: (() => void)[] = [];
  const next = () => {
    waiting.shift()?.();
    if (waiting.length > 0) setImmediate(next);
  };
  return () =>
    new Promise((resolve) => {
      waiting.push(resolve);
      if (waiting.length === 1) setImmediate(next);
    });
}
