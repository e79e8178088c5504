#!/bin/sh
# Opens one pull request for each provider that has changed what it publishes, keeps it up to date, and closes it when
# the provider has come back. It is a draft while something in it breaks callers.
#
#     pull-requests.sh [PROVIDER...]       without any, all folders of specs/
#
# Needs git with a remote called origin, gh and clientsmith. What a provider publishes gets into files alone: it is
# never a part of a command. The exit code is that of the worst provider; one that cannot be reached counts nothing.
set -eu

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
base=$(git rev-parse HEAD)
worst=0

# What is not committed would be deleted between two providers.
if [ -n "$(git status --porcelain -- specs generated)" ]; then
  echo "specs/ or generated/ has changes that are not committed; commit or remove them first" >&2
  exit 2
fi

if [ $# -eq 0 ]; then
  for settings in specs/*/provider.toml; do
    folder=${settings%/provider.toml}
    set -- "$@" "${folder#specs/}"
  done
fi

restore() {
  git reset --quiet --hard "$base"
  git clean --quiet --force -d -- specs generated
}

request_of() { # BRANCH: the number of its open pull request, or nothing
  gh pr list --head "$1" --state open --json number --jq '.[].number'
}

withdraw() { # BRANCH: closes its pull request, and deletes it
  number=$(request_of "$1")
  if [ -n "$number" ]; then
    gh pr close "$number" --comment "There is nothing to take from the provider any more."
  fi
  if git ls-remote --exit-code origin "refs/heads/$1" > "$work/remote"; then
    git push --quiet origin --delete "$1"
  fi
}

publish() { # BRANCH NAME BREAKS: pushes what is staged, unless it is there already, and says so in a pull request
  tree=$(git write-tree)
  if git fetch --quiet origin "refs/heads/$1" 2> "$work/fetch" &&
    [ "$(git rev-parse 'FETCH_HEAD^{tree}')" = "$tree" ] && [ "$(git rev-parse 'FETCH_HEAD^')" = "$base" ]; then
    echo "$2: the branch is up to date"
  else
    commit=$(git -c user.name=upstream -c user.email=upstream@localhost \
      commit-tree "$tree" -p "$base" -m "Take what $2 changed")
    git push --quiet --force origin "$commit:refs/heads/$1"
  fi
  title="$2 has changed"
  if [ "$3" -ne 0 ]; then title="$2 has changed, and breaks callers"; fi
  number=$(request_of "$1")
  if [ -z "$number" ]; then
    if [ "$3" -ne 0 ]; then set -- "$1" "$2" "$3" --draft; fi
    branch=$1
    shift 3
    gh pr create --head "$branch" --title "$title" --body-file "$work/body.md" "$@"
  else
    gh pr edit "$number" --title "$title" --body-file "$work/body.md"
    if [ "$3" -ne 0 ]; then gh pr ready "$number" --undo; else gh pr ready "$number"; fi
  fi
}

for name in "$@"; do
  restore
  status=0
  clientsmith upstream --write "$name" > "$work/upstream.txt" 2>&1 || status=$?
  cat "$work/upstream.txt"
  if [ "$status" -eq 4 ]; then
    echo "$name: not reached; the next run tries again"
    continue
  fi
  if [ "$status" -gt "$worst" ]; then worst=$status; fi
  if [ "$status" -gt 1 ]; then continue; fi
  generated=0
  clientsmith generate "$name" || generated=$?
  if [ "$generated" -ne 0 ]; then
    if [ "$generated" -gt "$worst" ]; then worst=$generated; fi
    continue
  fi
  git add --all -- specs generated
  if git diff --cached --quiet; then
    # Where an answer was refused, what was proposed before still holds.
    if [ "$status" -eq 0 ]; then withdraw "upstream/$name"; fi
    continue
  fi
  breaks=0
  clientsmith drift "$name" --format markdown > "$work/body.md" || breaks=$?
  if [ "$breaks" -gt 1 ]; then
    worst=$breaks
    continue
  fi
  # Indented, so that what a provider is called is code, and nothing else.
  { echo; sed 's/^/    /' "$work/upstream.txt"; } >> "$work/body.md"
  publish "upstream/$name" "$name" "$breaks"
done
restore
exit "$worst"
