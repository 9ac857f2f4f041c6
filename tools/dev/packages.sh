# shellcheck shell=bash
# Debian packages: need_packages GROUP... makes sure that those of tools/dev/packages.txt are there.

packages_of() {
  local group package
  while read -r group package _; do
    case " $* " in *" $group "*) echo "$package" ;; esac
  done < <(grep -v '^#' tools/dev/packages.txt)
}

missing_packages() {
  local package
  for package in "$@"; do
    # The status is read per package: dpkg-query knows packages that were removed, too.
    case $(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) in
      installed*) ;;
      *) echo "$package" ;;
    esac
  done
}

need_packages() {
  if ! command -v dpkg-query >/dev/null; then
    note "not a Debian system: trusting that what tools/dev/packages.txt lists is installed"
    return
  fi
  local wanted missing
  mapfile -t wanted < <(packages_of "$@")
  # One query for the usual case, in which nothing is missing.
  if [ "$(dpkg-query -W -f '${db:Status-Status}\n' "${wanted[@]}" 2>/dev/null |
    grep -c '^installed')" -ge "${#wanted[@]}" ]; then
    return
  fi
  mapfile -t missing < <(missing_packages "${wanted[@]}")
  [ "${#missing[@]}" -eq 0 ] || install_packages "${missing[@]}"
}

install_packages() {
  local as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    if command -v sudo >/dev/null && { sudo -n true 2>/dev/null || [ -t 0 ]; }; then
      as_root=(sudo)
    else
      echo "These Debian packages are missing and installing them needs root:" >&2
      echo "  apt-get install -y --no-install-recommends $*" >&2
      exit 3
    fi
  fi
  note "missing Debian packages: $*"
  run_step "apt-get update" apt-update "${as_root[@]}" apt-get update -q || exit 3
  run_step "apt-get install ($# packages)" apt-install \
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -q --no-install-recommends "$@" || exit 3
}
