#!/usr/bin/env bash
# Runs `specloom diff` from where a branch began to what is there now; arguments are options of it.
# DIRECTORY: the folder that holds specloom.toml, or a document. BASE: the branch or commit that it
# is compared with, fetched from `origin` if it is not there. SPECLOOM: the program, if not on PATH.
set -euo pipefail

if [ -z "${BASE:-}" ]; then
  echo "nothing to compare with: say BASE" >&2
  exit 2
fi

specloom="${SPECLOOM:-specloom}"
if [ ! -e "$DIRECTORY" ]; then
  echo "$DIRECTORY is not there" >&2
  exit 2
fi
place="$(realpath -- "$DIRECTORY")"
folder="$place"
if [ ! -d "$folder" ]; then folder="$(dirname -- "$place")"; fi
root="$(git -C "$folder" rev-parse --show-toplevel)"
inside="$(realpath --relative-to="$root" -- "$place")"

commit_of() { git -C "$root" rev-parse --quiet --verify --end-of-options "$1^{commit}"; }
if ! commit="$(commit_of "$BASE" || commit_of "refs/remotes/origin/$BASE")"; then
  depth=()
  # Of a whole repository `--depth` would make a shallow one.
  if [ "$(git -C "$root" rev-parse --is-shallow-repository)" = true ]; then depth=(--depth=1); fi
  git -C "$root" fetch --quiet "${depth[@]}" -- origin "$BASE"
  commit="$(commit_of FETCH_HEAD)"
fi
# What has changed in the base since is not this branch's doing; a shallow clone can't tell.
commit="$(git -C "$root" merge-base HEAD "$commit" || echo "$commit")"

copy="$(mktemp -d)"
trap 'git -C "$root" worktree remove --force "$copy/base" 2> /dev/null; rm -rf -- "$copy"' EXIT
git -C "$root" -c core.hooksPath=/dev/null worktree add --quiet --detach "$copy/base" "$commit"

if [ ! -e "$copy/base/$inside" ]; then
  echo "$inside is new: $BASE does not have it"
  exit 0
fi
if [ -n "${GITHUB_STEP_SUMMARY:-}" ]; then
  "$specloom" diff "$copy/base/$inside" "$place" --format=markdown --fail-on=never \
    >> "$GITHUB_STEP_SUMMARY"
fi
"$specloom" diff "$copy/base/$inside" "$place" "$@"
