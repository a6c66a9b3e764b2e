#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The golden runner itself: a wrong case fails, -u mends it, and the surroundings of a case are what the runner promises.
set -eu

runner=$(cd "$(dirname "$0")/.." && pwd)/testdata/run
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
trap 'exit 1' HUP INT TERM
mkdir "$tmp/testdata"
cp "$runner" "$tmp/testdata/run"
cd "$tmp"
number=0

# check NAME COMMAND...: one case, good when COMMAND succeeds
check() {
	number=$((number + 1))
	name=$1
	shift
	if "$@" >"$tmp/said" 2>&1; then
		echo "ok $number - $name"
	else
		echo "not ok $number - $name"
		sed 's/^/#   /' "$tmp/said" "$tmp/output" 2>/dev/null || :
	fi
}

# run STATUS ARGUMENT...: the runner ends with STATUS; what it says is in $tmp/output
run() {
	wanted=$1
	shift
	status=0
	sh testdata/run "$@" >"$tmp/output" 2>&1 || status=$?
	[ "$status" = "$wanted" ] || { echo "exit status $status, wanted $wanted"; return 1; }
}

says() {
	grep -qxF -- "$1" "$tmp/output" || { echo "does not say: $1"; return 1; }
}

# make CASE: its cmd from standard input
make() {
	mkdir -p "testdata/$1"
	cat >"testdata/$1/cmd"
}

# The program of these cases prints its input, then its arguments one to a line.
cat >program <<'END'
#!/bin/sh
cat
[ $# = 0 ] || printf '%s\n' "$@"
END
chmod +x program

right() {
	echo 'wbrender one; echo two >&2; exit 3' | make good/all
	echo one >testdata/good/all/out
	echo two >testdata/good/all/err
	echo 3 >testdata/good/all/code
	echo 'wbrender <in' | make good/nothing-wanted
	: >testdata/good/nothing-wanted/in
	run 0 program good && says '1..2' && says 'ok 1 - good/all' && says 'ok 2 - good/nothing-wanted'
}

# wrong NAME COMMANDS: fails, shows the difference, is mended by -u and by nothing else
wrong() {
	echo "$2" | make "bad/$1"
	run 1 -n "$1" program bad && says "not ok 1 - bad/$1" && grep -q '^#   +' "$tmp/output" && run 1 -n "$1" program bad &&
		run 0 -u -n "$1" program bad && run 0 -n "$1" program bad && says "ok 1 - bad/$1"
}

unwanted() {
	echo true | make "bad/$1"
	echo 7 >"testdata/bad/$1/$1"
	run 1 -n "$1" program bad && run 0 -u -n "$1" program bad && [ ! -e "testdata/bad/$1/$1" ] && run 0 -n "$1" program bad
}

last_newline() {
	echo 'printf x' | make bad/newline
	echo x >testdata/bad/newline/out
	run 1 -n newline program bad && says '#   \ No newline at end of file'
}

no_case() {
	mkdir -p testdata/none
	run 1 program none && says 'not ok 1 - none' && says '#   no case in testdata/none' &&
		run 1 program missing && says 'not ok 1 - missing' &&
		run 2 -n missing program good
}

no_command() {
	mkdir -p testdata/commandless/case
	run 1 program commandless && says 'not ok 1 - commandless/case'
}

whole_suite() {
	mkdir -p testdata/suite/a testdata/suite/b
	echo 'wbrender <in; cat common' >testdata/suite/cmd
	echo common >testdata/suite/common
	printf 'a\n' | tee testdata/suite/a/in >testdata/suite/a/out
	echo common >>testdata/suite/a/out
	echo 'cat common in' >testdata/suite/b/cmd
	echo b >testdata/suite/b/in
	echo own >testdata/suite/b/common
	printf 'own\nb\n' >testdata/suite/b/out
	run 0 program suite && says '1..2'
}

identity() {
	mkdir -p testdata/identity/same testdata/identity/other
	echo 'wbrender <in.yaml' >testdata/identity/cmd
	printf 'a: 1 \r\n' | tee testdata/identity/same/in.yaml >testdata/identity/other/in.yaml
	run 0 program identity && rm -rf testdata/identity/same
	echo 'wbrender b <in.yaml' >testdata/identity/other/cmd
	run 1 program identity && run 1 -u program identity && [ ! -e testdata/identity/other/out ] &&
		[ "$(cat testdata/identity/other/in.yaml)" = "$(printf 'a: 1 \r')" ]
}

surroundings() {
	# shellcheck disable=SC2016,SC2028 # for the case's own shell
	echo 'env | sed "s/=.*//" | sort | tr "\n" " "; wc -c; ls; ls "$HOME"; [ "$ROOT" = "$(cat root)" ] && echo "$LC_ALL"; echo x >made' |
		make surroundings/case
	pwd >testdata/surroundings/case/root
	echo 'HOME LC_ALL PATH PWD ROOT TMPDIR 0
root
C.UTF-8' >testdata/surroundings/case/out
	echo left | WBRENDER_PROFILE=x HELM_PLUGIN_NAME=x NO_COLOR=1 run 0 program surroundings && [ ! -e testdata/surroundings/case/made ]
}

many() {
	for i in 1 2 3 4 5 6 7 8 9 10 11 12; do
		echo "wbrender $i; exit $((i % 2))" | make "many/$i"
		echo "$i" >"testdata/many/$i/out"
	done
	run 1 program many good && says '1..14' && [ "$(grep -c '^not ok' "$tmp/output")" = 6 ] && says 'ok 13 - good/all'
}

echo 1..13
check 'right cases pass' right
check 'wrong standard output fails, -u mends it' wrong output 'wbrender x'
check 'wrong standard error fails, -u mends it' wrong error 'wbrender x >&2'
check 'wrong exit status fails, -u mends it' wrong status 'exit 1'
check 'standard output that is wanted and missing fails, -u mends it' unwanted out
check 'an exit status that is wanted and missing fails, -u mends it' unwanted code
check 'a missing last newline is a difference' last_newline
check 'a suite without cases fails' no_case
check 'a case without commands fails' no_command
check 'a suite has files and commands of its own, a case its own in their place' whole_suite
check 'the suite identity wants its input, and -u leaves it alone' identity
check 'the surroundings are clean' surroundings
check 'many cases run side by side and are told in order' many
