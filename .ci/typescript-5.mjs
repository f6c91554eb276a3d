// dependency-cruiser reads TypeScript through the compiler's JavaScript API, which version 7 no longer has. It, and it
// alone, is handed version 5, whichever way it asks.
import Module, { register } from "node:module";

const ASKS = "/dependency-cruiser/";
const NAME = /^typescript(?=$|\/)/u;

const resolveFilename = Module._resolveFilename;
Module._resolveFilename = (request, parent, ...rest) => {
  const asks = parent?.filename?.replaceAll("\\", "/").includes(ASKS);
  return resolveFilename.call(
    Module,
    asks ? request.replace(NAME, "typescript-5") : request,
    parent,
    ...rest,
  );
};

const hook = `export const resolve = (specifier, context, next) =>
  next(context.parentURL?.includes("${ASKS}") ? specifier.replace(${NAME}, "typescript-5") : specifier, context);`;
register(`data:text/javascript,${encodeURIComponent(hook)}`);
