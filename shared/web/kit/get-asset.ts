import { DomainError } from "../../domain/errors.ts";
import { findAsset } from "./assets.ts";
import { immutableFile } from "./response.ts";
import type { PageAction } from "./page-action.ts";

export const getAsset: PageAction = ({ parameter }) => {
  const asset = findAsset(parameter("file"));
  if (!asset) return Promise.reject(new DomainError("not-found"));
  return Promise.resolve(immutableFile(asset.contentType, asset.content));
};
