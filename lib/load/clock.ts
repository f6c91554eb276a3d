/** A clock that can be set back under a process that runs: loaded before it (`--import`), it listens for SIGUSR2. */

/** Milliseconds of one step. */
export const STEP_MS = 3_600_000;

const MODULE = `
  const Real = Date;
  let by = 0;
  globalThis.Date = new Proxy(Real, {
    construct: (of, args, target) => Reflect.construct(of, args.length === 0 ? [Real.now() + by] : args, target),
    apply: () => new Real(Real.now() + by).toString(),
    get: (of, name, self) => (name === "now" ? () => Real.now() + by : Reflect.get(of, name, of)),
  });
  process.on("SIGUSR2", () => { by -= ${STEP_MS}; });
`;

/** Address of the module. */
export const CLOCK = `data:text/javascript,${encodeURIComponent(MODULE)}`;
