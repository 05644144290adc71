#!/bin/bash
# What bash offers: completes each line of standard input with the script $1, and writes for each a
# line `> LINE` and then what is offered, one to a line.
# shellcheck source=/dev/null
source "$1" || exit 70

while IFS= read -r line; do
    echo "> $line"
    # readline cuts words at '=' and '@', too; a last blank begins an empty word.
    cut=${line//=/ = }
    # shellcheck disable=SC2162 # a backslash holds a word together
    read -a COMP_WORDS <<< "${cut//@/ @ }"
    [[ $line == *[\ =@] ]] && COMP_WORDS+=('')
    COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
    COMPREPLY=()
    _paritet
    ((${#COMPREPLY[@]} == 0)) || printf '%s\n' "${COMPREPLY[@]}"
done
