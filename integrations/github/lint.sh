#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What the action runs: FILES, OPTIONS and SARIF are its inputs.
set -eu

if [ -n "${SARIF:-}" ]; then
	set -- "--format=sarif=$SARIF"
fi
# blanks separate, and patterns are expanded
# shellcheck disable=SC2086
exec wbrender lint --format=github "$@" ${OPTIONS:-} -- $FILES
