#!/bin/sh
# Keeps one request for each provider that has changed what it publishes: a pull request of GitHub, or a merge request
# of GitLab. It is a draft while something in it breaks callers, it is brought up to date, and it is closed and its
# branch deleted when the provider has come back. What people do to it is kept: a branch with their commits is left
# alone, a text that they wrote stays until the provider changes again, and what they closed is not proposed twice.
#
#     pull-requests.sh [PROVIDER...]       without any, all providers of the project
#
# UPSTREAM_OPTIONS holds further options of `clientsmith upstream`, with spaces between them, such as --authorization.
# Runs where pyproject.toml is, in a clone that may be shallow, and reads what is committed: it works in a tree of its
# own. Needs git, python3 and clientsmith; on GitHub gh, with GH_TOKEN; on GitLab curl, with UPSTREAM_TOKEN. What a
# provider publishes gets into files alone: it is never a part of a command. The exit code is that of the worst
# provider; one that cannot be reached counts nothing.
set -euf

identity=upstream@localhost
taken_back=" (taken back)"
longest_text=60000 # bytes; GitHub takes 65536 characters

case "${GITHUB_EVENT_NAME:-} ${CI_PIPELINE_SOURCE:-}" in
  *pull_request* | *merge_request*)
    echo "this is the pipeline of somebody's request, in which nothing may be pushed; run it on a schedule" >&2
    exit 2
    ;;
esac

work=$(mktemp -d)
here=$(pwd)
# shellcheck disable=SC2317,SC2329 # the trap invokes it
cleanup() {
  cd "$here"
  git worktree remove --force "$work/tree" 2> "$work/removed" || true
  rm -rf "$work"
}
trap cleanup EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

base=$(git rev-parse HEAD)
export GIT_TERMINAL_PROMPT=0
depth=
if [ "$(git rev-parse --is-shallow-repository)" = true ]; then depth=--depth=2; fi

# ------------------------------------------------------------------------------------------------------- the hosts
#
#     open_request BRANCH                       the number of its open request, or nothing
#     closed_commit BRANCH                      the commit that somebody refused by closing its last request, or nothing
#     create_request BRANCH TITLE DRAFT         with the text of body.md; DRAFT is 0 for no draft
#     edit_request NUMBER TITLE DRAFT           the same
#     close_request NUMBER TITLE COMMENT

use_github() {
  remote=origin
  server=
  base_branch=$(git branch --show-current)
  if [ -n "${GITHUB_REPOSITORY:-}" ]; then
    server=$GITHUB_SERVER_URL
    remote="${server%%://*}://x-access-token@${server#*://}/$GITHUB_REPOSITORY.git"
    base_branch=${GITHUB_REF#refs/heads/}
    # gh asks for the repository where there are several remotes, and has another variable for servers of one's own.
    GH_REPO=$GITHUB_REPOSITORY GH_HOST=${server#*://} GH_ENTERPRISE_TOKEN=$GH_TOKEN UPSTREAM_TOKEN=$GH_TOKEN
    export GH_REPO GH_HOST GH_ENTERPRISE_TOKEN UPSTREAM_TOKEN
  fi

  open_request() {
    # By owner and branch: a branch of this name in somebody's fork is another one.
    gh api "repos/{owner}/{repo}/pulls?state=open&head={owner}:$1" --jq '.[0].number // empty'
  }
  closed_commit() {
    gh api "repos/{owner}/{repo}/pulls?state=closed&head={owner}:$1&sort=created&direction=desc&per_page=1" \
      --jq ".[] | select(.merged_at == null and (.title | endswith(\"$taken_back\") | not)) | .head.sha"
  }
  create_request() {
    set -- "$1" "$2" "$3" --method POST "repos/{owner}/{repo}/pulls" --silent -f "head=$1" -f "base=$base_branch" \
      -f "title=$2" -F "body=@$work/body.md"
    draft=$3
    shift 3
    if [ "$draft" -eq 0 ]; then
      gh api "$@"
    else
      # Not every plan of GitHub has drafts in private repositories.
      gh api "$@" -F draft=true || gh api "$@"
    fi
  }
  edit_request() {
    # Not `gh pr edit`, which asks for the projects of a request, and so for one more permission.
    gh api --method PATCH "repos/{owner}/{repo}/pulls/$1" --silent -f "title=$2" -F "body=@$work/body.md"
    if [ "$3" -eq 0 ]; then gh pr ready "$1"; else gh pr ready "$1" --undo || true; fi
  }
  close_request() {
    gh api --method POST "repos/{owner}/{repo}/issues/$1/comments" --silent -f "body=$3"
    gh api --method PATCH "repos/{owner}/{repo}/pulls/$1" --silent -f "title=$2" -f state=closed
  }
}

use_gitlab() {
  : "${UPSTREAM_TOKEN:?must be a token with the scopes api and write_repository}"
  export UPSTREAM_TOKEN
  server=$CI_SERVER_URL
  remote="${CI_PROJECT_URL%%://*}://oauth2@${CI_PROJECT_URL#*://}.git"
  base_branch=${CI_COMMIT_BRANCH:-}

  api() { # METHOD PATH [ARGUMENT...]: asks for something of the project; the answer is in answer.json
    method=$1
    path=$2
    shift 2
    # The token goes through a pipe, because arguments can be read by others.
    printf 'header = "PRIVATE-TOKEN: %s"\n' "$UPSTREAM_TOKEN" |
      curl --silent --show-error --fail-with-body --max-time 60 --config - --request "$method" "$@" \
        --output "$work/answer.json" "$CI_API_V4_URL/projects/$CI_PROJECT_ID/$path" || {
      cat "$work/answer.json" >&2
      return 1
    }
  }
  requests() { # FIELD STATE BRANCH: of the newest request from the branch of this project
    api GET merge_requests --get --data "state=$2" --data-urlencode "source_branch=$3" --data order_by=created_at \
      --data sort=desc
    python3 -c '
import json, sys
with open(sys.argv[2], encoding="utf-8") as file:
    found = [one for one in json.load(file) if one["source_project_id"] == one["target_project_id"]]
if found and not (found[0]["state"] == "closed" and found[0]["title"].endswith(sys.argv[3])):
    print(found[0][sys.argv[1]])
' "$1" "$work/answer.json" "$taken_back"
  }
  drafted() { # TITLE DRAFT
    if [ "$2" -eq 0 ]; then echo "$1"; else echo "Draft: $1"; fi
  }
  open_request() { requests iid opened "$1"; }
  closed_commit() { requests sha closed "$1"; }
  create_request() {
    api POST merge_requests --data-urlencode "source_branch=$1" --data-urlencode "target_branch=$base_branch" \
      --data-urlencode "title=$(drafted "$2" "$3")" --data-urlencode "description@$work/body.md" \
      --data remove_source_branch=true
  }
  edit_request() {
    api PUT "merge_requests/$1" --data-urlencode "title=$(drafted "$2" "$3")" \
      --data-urlencode "description@$work/body.md"
  }
  close_request() {
    api POST "merge_requests/$1/notes" --data-urlencode "body=$3"
    api PUT "merge_requests/$1" --data-urlencode "title=$2" --data state_event=close
  }
}

if [ -n "${GITLAB_CI:-}" ]; then use_gitlab; else use_github; fi
case "$base_branch" in
  "" | refs/*)
    echo "this is no pipeline of a branch, so that there is nothing to open a request for" >&2
    exit 2
    ;;
esac

remote_git() { # ARGUMENT...: with the token, in place of the credentials that a checkout may have left
  if [ -z "$server" ]; then
    git "$@"
  else
    # shellcheck disable=SC2016 # the shell that git runs expands it
    git -c credential.helper= -c 'credential.helper=!f() { echo "password=$UPSTREAM_TOKEN"; }; f' \
      -c "http.$server/.extraheader=" "$@"
  fi
}

# ---------------------------------------------------------------------------------------------------- the branches

fetch_branch() { # BRANCH: sets `tip` to the commit that the remote has, or to nothing
  remote_git ls-remote "$remote" "refs/heads/$1" > "$work/remote"
  tip=$(cut -f 1 < "$work/remote")
  if [ -n "$tip" ]; then remote_git fetch --quiet $depth "$remote" "refs/heads/$1"; fi
}

is_ours() { # COMMIT
  [ "$(git show --no-patch --format=%ce "$1")" = "$identity" ]
}

proposal() { # COMMIT: a digest of what it changes, wherever it is put
  git diff-tree -p "$1^" "$1" | git patch-id --stable | cut -d ' ' -f 1
}

is_refused() { # BRANCH COMMIT: whether somebody has closed a request for the same
  refused=$(closed_commit "$1")
  [ -n "$refused" ] && remote_git fetch --quiet $depth "$remote" "$refused" 2> "$work/fetched" &&
    [ "$(proposal "$refused")" = "$(proposal "$2")" ]
}

withdraw() { # NAME: closes its request, and deletes the branch
  branch=upstream/$1
  fetch_branch "$branch"
  if [ -n "$tip" ] && ! is_ours "$tip"; then
    echo "$1: there is nothing to take any more, but $branch has commits of somebody else: it is left as it is"
    return
  fi
  number=$(open_request "$branch")
  if [ -n "$number" ]; then
    close_request "$number" "$1 has changed$taken_back" "There is nothing to take from the provider any more."
    echo "$1: the request $number is closed"
  fi
  if [ -n "$tip" ]; then
    remote_git push --quiet --force-with-lease="refs/heads/$branch:$tip" "$remote" ":refs/heads/$branch"
  fi
}

propose() { # NAME BREAKS: a request for what is staged, or nothing if it is there already
  branch=upstream/$1
  tree=$(git write-tree)
  fetch_branch "$branch"
  if [ -n "$tip" ] && ! is_ours "$tip"; then
    echo "$1: $branch has commits of somebody else: it is left as it is; merge or delete it"
    return
  fi
  title="$1 has changed"
  if [ "$2" -ne 0 ]; then title="$1 has changed, and breaks callers"; fi
  number=$(open_request "$branch")
  if [ -n "$tip" ] && [ "$(git rev-parse "$tip^{tree}")" = "$tree" ] && [ "$(git rev-parse "$tip^")" = "$base" ]; then
    commit=$tip
  else
    commit=$(git -c user.name=upstream -c user.email="$identity" \
      commit-tree "$tree" -p "$base" -m "Take what $1 changed")
  fi
  if [ -n "$number" ]; then
    if [ "$commit" = "$tip" ]; then
      echo "$1: the request $number is up to date"
      return
    fi
    # The text first: a run that is cut off here pushes the next time, and so writes it again.
    edit_request "$number" "$title" "$2"
  elif is_refused "$branch" "$commit"; then
    echo "$1: somebody has closed the request for this; it is not opened again"
    return
  fi
  if [ "$commit" != "$tip" ]; then
    # Only over what was looked at, so that a commit that somebody pushed meanwhile is not lost.
    remote_git push --quiet --force-with-lease="refs/heads/$branch:$tip" "$remote" "$commit:refs/heads/$branch"
  fi
  if [ -z "$number" ]; then create_request "$branch" "$title" "$2"; fi
  echo "$1: $branch has what the provider changed"
}

# --------------------------------------------------------------------------------------------------- the providers

take() { # NAME: returns the exit code of the provider
  git reset --quiet --hard "$base"
  git clean --quiet --force -d -x
  status=0
  # shellcheck disable=SC2086 # several options
  clientsmith upstream ${UPSTREAM_OPTIONS:-} --write "$1" > "$work/upstream.txt" 2>&1 || status=$?
  cat "$work/upstream.txt"
  case $status in
    0 | 1) ;;
    4) status=0 unreached=yes ;;
    *) return "$status" ;;
  esac
  git add --all
  if git diff --cached --quiet; then
    # Where there was no answer, or none that can be believed, what was proposed before still holds.
    if [ -n "${unreached:-}" ]; then
      echo "$1: not reached; the next run tries again"
    elif [ "$status" -eq 0 ]; then
      withdraw "$1"
    fi
    return "$status"
  fi
  clientsmith generate "$1"
  git add --all
  breaks=0
  clientsmith drift "$1" --format markdown > "$work/drift.md" || breaks=$?
  if [ "$breaks" -gt 1 ]; then return "$breaks"; fi
  # Indented, so that what a provider is called is code, and nothing else.
  { sed 's/^/    /' "$work/upstream.txt" && echo && cat "$work/drift.md"; } | LC_ALL=C awk -v "most=$longest_text" '
    { size += length($0) + 1; if (size > most) { print "\nThe rest of the report is left out: it is too long."; exit } print }
  ' > "$work/body.md"
  propose "$1" "$breaks"
  return "$status"
}

prefix=$(git rev-parse --show-prefix)
git worktree prune # of runs that were killed
git worktree add --quiet --detach "$work/tree" "$base"
cd "$work/tree/$prefix"
if [ $# -eq 0 ]; then
  clientsmith check --fast --json > "$work/providers.json" || true
  python3 -c '
import json, sys
with open(sys.argv[1], encoding="utf-8") as file:
    print(*(row["provider"] for row in json.load(file)["providers"]))
' "$work/providers.json" > "$work/providers"
  # shellcheck disable=SC2046 # names of providers are identifiers
  set -- $(cat "$work/providers")
fi

worst=0
for name in "$@"; do
  set +e
  (
    set -e
    take "$name"
  )
  status=$?
  set -e
  if [ "$status" -gt "$worst" ]; then worst=$status; fi
done
exit "$worst"
