# Sourced by the scripts beside it, which define `missing`. need_python PACKAGES IMPORTS sets PYTHON to a Python that has
# the packages, given as pip and as Python's import name them: that of PYTHON, or else one made in .build.
need_python() {
  local packages=$1 imports=$2 venv=.build/bench-venv
  if [ -z "${PYTHON:-}" ]; then
    PYTHON=$venv/bin/python
    if ! "$PYTHON" -c "import $imports" 2>/dev/null; then
      command -v python3 >/dev/null || missing "python3; install with: sudo apt-get install python3 python3-venv"
      python3 -c 'import ensurepip, venv' 2>/dev/null ||
        missing "the venv module of python3; install with: sudo apt-get install python3-venv"
      echo "installing $packages into $venv" >&2
      python3 -m venv "$venv"
      # Unquoted: each package is a word.
      "$PYTHON" -m pip install --quiet --disable-pip-version-check $packages ||
        missing "$packages, which pip could not install; PYTHON=file names a Python that has them"
    fi
  fi
  "$PYTHON" -c "import $imports" 2>/dev/null || missing "one of $packages in $PYTHON; install with: pip install $packages"
}
